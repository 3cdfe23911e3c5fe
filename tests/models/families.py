"""Families of chat models: their templates written down from their published form, in brief.

A family's tokenizer is small and cuts text as Qwen2's does; what matters are its special tokens,
its template, and which token is called bos and eos.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers import tasks
from helpers.core import paths
from helpers.engines.torch.loading import load
from helpers.pretrain.tiny_base import train_tokenizer


@dataclass(frozen=True)
class Family:
    """A family: its template, special tokens, what they are called, and what ends a turn."""

    name: str
    template: str
    tokens: tuple[str, ...]
    bos: str | None
    eos: str
    end: str
    model: str  # transformers' model_type
    opened: str  # how a prompt of "S" and "Q" reads


CHATML_LOOP = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
)
ASK = "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
CHATML = "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nQ<|im_end|>\n<|im_start|>assistant\n"
TURNS = ("<|im_start|>", "<|im_end|>")

FAMILIES = (
    Family(
        "qwen3",
        "{% for m in messages %}<|im_start|>{{ m.role }}\n"
        "{% if m.role == 'assistant' and loop.last %}<think>\n\n</think>\n\n{% endif %}"
        "{{ m.content }}<|im_end|>\n{% endfor %}" + ASK[:-len("{% endif %}")] +
        "{% if enable_thinking is defined and enable_thinking is false %}"
        "<think>\n\n</think>\n\n{% endif %}{% endif %}",
        ("<|endoftext|>", *TURNS), None, "<|im_end|>", "<|im_end|>", "qwen3",
        CHATML + "<think>\n\n</think>\n\n",
    ),
    Family(
        "smollm2",
        "{% for m in messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
        "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face"
        "<|im_end|>\n{% endif %}{{'<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>'"
        " + '\n'}}{% endfor %}" + ASK,
        ("<|endoftext|>", *TURNS), "<|im_start|>", "<|im_end|>", "<|im_end|>", "llama", CHATML,
    ),
    Family(
        "gemma3",
        "{{ bos_token }}{% if messages[0]['role'] == 'system' %}"
        "{% set first = messages[0]['content'] + '\n\n' %}{% set turns = messages[1:] %}"
        "{% else %}{% set first = '' %}{% set turns = messages %}{% endif %}"
        "{% for m in turns %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}"
        "{{ raise_exception('Conversation roles must alternate') }}{% endif %}"
        "{{ '<start_of_turn>' + ('model' if m['role'] == 'assistant' else m['role']) + '\n' +"
        " (first if loop.first else '') + m['content'] | trim + '<end_of_turn>\n' }}{% endfor %}"
        "{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}",
        ("<pad>", "<eos>", "<bos>", "<unk>", "<start_of_turn>", "<end_of_turn>"),
        "<bos>", "<eos>", "<end_of_turn>", "gemma3_text",
        "<bos><start_of_turn>user\nS\n\nQ<end_of_turn>\n<start_of_turn>model\n",
    ),
    Family(
        "gemma2",
        "{{ bos_token }}{% if messages[0]['role'] == 'system' %}"
        "{{ raise_exception('System role not supported') }}{% endif %}{% for m in messages %}"
        "<start_of_turn>{{ 'model' if m['role'] == 'assistant' else m['role'] }}\n"
        "{{ m['content'] | trim }}<end_of_turn>\n{% endfor %}"
        "{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}",
        ("<pad>", "<eos>", "<bos>", "<unk>", "<start_of_turn>", "<end_of_turn>"),
        "<bos>", "<eos>", "<end_of_turn>", "gemma2",
        "<bos><start_of_turn>user\nS\n\nQ<end_of_turn>\n<start_of_turn>model\n",
    ),
    Family(
        "llama3",
        "{% for m in messages %}{% set text = '<|start_header_id|>' + m['role'] +"
        " '<|end_header_id|>\n\n' + m['content'] | trim + '<|eot_id|>' %}"
        "{{ bos_token + text if loop.first else text }}{% endfor %}"
        "{% if add_generation_prompt %}<|start_header_id|>assistant<|end_header_id|>\n\n"
        "{% endif %}",
        ("<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>",
         "<|eot_id|>"),
        "<|begin_of_text|>", "<|end_of_text|>", "<|eot_id|>", "llama",
        "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nS<|eot_id|>"
        "<|start_header_id|>user<|end_header_id|>\n\nQ<|eot_id|>"
        "<|start_header_id|>assistant<|end_header_id|>\n\n",
    ),
    Family(
        "lfm2", "{{- bos_token -}}" + CHATML_LOOP + ASK,
        ("<|pad|>", "<|startoftext|>", "<|endoftext|>", *TURNS),
        "<|startoftext|>", "<|im_end|>", "<|im_end|>", "lfm2", "<|startoftext|>" + CHATML,
    ),
    Family(
        "granite4",
        "{% for m in messages %}<|start_of_role|>{{ m.role }}<|end_of_role|>{{ m.content }}"
        "<|end_of_text|>\n{% endfor %}"
        "{% if add_generation_prompt %}<|start_of_role|>assistant<|end_of_role|>{% endif %}",
        ("<|pad|>", "<|end_of_text|>", "<|start_of_role|>", "<|end_of_role|>"),
        "<|end_of_text|>", "<|end_of_text|>", "<|end_of_text|>", "granitemoehybrid",
        "<|start_of_role|>system<|end_of_role|>S<|end_of_text|>\n"
        "<|start_of_role|>user<|end_of_role|>Q<|end_of_text|>\n"
        "<|start_of_role|>assistant<|end_of_role|>",
    ),
    Family(
        "mistral",
        "{{ bos_token }}{% for m in messages %}{% if m['role'] == 'user' %}"
        "{{ '[INST] ' + m['content'] + ' [/INST]' }}{% elif m['role'] == 'assistant' %}"
        "{{ ' ' + m['content'] + eos_token }}{% else %}"
        "{{ raise_exception('Only user and assistant roles are supported!') }}{% endif %}"
        "{% endfor %}",
        ("<unk>", "<s>", "</s>"), "<s>", "</s>", "</s>", "mistral",
        "<s>[INST] S\n\nQ [/INST]",
    ),
    Family(
        "marked",  # ChatML with TRL's marks of what the assistant writes
        "{% for m in messages %}<|im_start|>{{ m.role }}\n{% if m.role == 'assistant' %}"
        "{% generation %}{{ m.content }}<|im_end|>{% endgeneration %}\n"
        "{% else %}{{ m.content }}<|im_end|>\n{% endif %}{% endfor %}" + ASK,
        ("<|endoftext|>", *TURNS), None, "<|endoftext|>", "<|im_end|>", "qwen3", CHATML,
    ),
)  # fmt: skip


LAYERS = {"gemma3_text": 6}  # every sixth sees all of a text


def tokenizer_of(family: Family) -> Any:
    """Return a small tokenizer with the family's special tokens, template and names."""
    from tokenizers import AddedToken
    from transformers import PreTrainedTokenizerFast

    rows = [row for name in tasks.names() for row in tasks.get(name).load("valid")[:100]]
    own = train_tokenizer((text for row in rows for text in (row.prompt, row.target)), 500)
    backend = own.backend_tokenizer
    backend.add_special_tokens([AddedToken(token, special=True) for token in family.tokens])
    return PreTrainedTokenizerFast(
        tokenizer_object=backend,
        bos_token=family.bos,
        eos_token=family.eos,
        pad_token=family.tokens[0],
        chat_template=family.template,
    )


def save_model(family: Family, folder: Path) -> Path:
    """Write a random model of the family's architecture, two layers deep, with its tokenizer."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    tokenizer = tokenizer_of(family)
    more = {
        "lfm2": {"layer_types": ["conv", "full_attention"], "block_auto_adjust_ff_dim": False},
        "granitemoehybrid": {
            "layer_types": ["attention", "attention"], "num_local_experts": 0,
            "num_experts_per_tok": 0,
            "shared_intermediate_size": 64, "position_embedding_type": "rope",
        },
        "gemma3_text": {"sliding_window": 512, "query_pre_attn_scalar": 16},
        "gemma2": {"sliding_window": 512, "query_pre_attn_scalar": 16},
    }.get(family.model, {})  # fmt: skip
    head = {} if family.model in ("lfm2", "granitemoehybrid") else {"head_dim": 16}
    config = AutoConfig.for_model(
        family.model,
        vocab_size=len(tokenizer),
        hidden_size=64,
        intermediate_size=64,
        num_hidden_layers=LAYERS.get(family.model, 2),
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=1024,
        initializer_range=0.3,
        tie_word_embeddings=True,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        **head,
        **more,
    )
    torch.manual_seed(7)
    AutoModelForCausalLM.from_config(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    _as_published(folder / "config.json", family.model)
    return folder


def save_run(base: Path, run: Path, modules: Sequence[str], **record: Any) -> Path:
    """Write a run of fine-tuning for support labels: a record, an adapter of random weights."""
    import torch
    from peft import LoraConfig, get_peft_model

    model = load(base).model
    model.name_or_path = str(base)  # or PEFT looks for a text part's on the hub
    torch.manual_seed(8)
    config = LoraConfig(r=4, target_modules=list(modules), task_type="CAUSAL_LM")
    adapted = get_peft_model(model, config)
    for name, weights in adapted.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(weights, std=0.5)
    adapted.save_pretrained(run / "adapter")
    known = {"base": paths.shown(base), "task": "support_label", "variant": "raw"}
    (run / "record.json").write_text(json.dumps(known | record), encoding="utf-8")
    return run


def _as_published(file: Path, model: str) -> None:
    """Write what transformers leaves out of a configuration, or writes in another way."""
    config = json.loads(file.read_text(encoding="utf-8"))
    if model == "lfm2":
        config |= {"block_dim": 64, "block_ff_dim": 64, "block_ffn_dim_multiplier": 1.0}
    if model == "granitemoehybrid":
        config["layer_types"] = ["attention"] * len(config["layer_types"])
    file.write_text(json.dumps(config), encoding="utf-8")
