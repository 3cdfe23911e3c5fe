"""Why a profile is as it is: a row for every choice, with its value and its reason."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.models import folders, hub
from helpers.models.bases import base_of, fp16_reason
from helpers.profiles.machine import precision_of, precision_of_cpu
from helpers.profiles.profile import SMALL, SMALL_BASES, Profile

CAPABILITIES = {"bf16": (8, 0), "fp16": (7, 5), "fp32": (0, 0)}
ADAPTED = "attention and feed-forward, as all articles did"
IN_16_BITS = 2.0  # billions of weights that a 16 GB card holds in 16 bits with room to spare

OF_THE_SMALL = {
    "base": "pretrained by Hugging Face, 135 M weights in a 4-bit copy from the package index",
    "rank": "as the labels' article; a base that knows English has less to learn than a tiny one",
    "rows a step": "16, as the voice commands' article; sorted by length, so little is padding",
    "steps": "a quarter of an hour on two quiet cores; the loss still falls: take 900 if you can",
    "learning rate": "after 100 steps the loss was 0.283 at 1e-3, 0.235 at 2e-3, 0.232 at 4e-3",
}


def choices(profile: Profile) -> list[dict[str, str]]:
    """Return every choice of a profile as rows for a table: choice, value, reason."""
    rows = [
        ("base", profile.base, _base(profile)),
        ("model from", profile.backend, _backend(profile)),
        ("precision", profile.precision, _precision(profile)),
        ("base in 4 bits", _yes(profile.load_in_4bit), quantization(profile)),
        ("rank", str(profile.rank), _rank(profile)),
        ("alpha", str(profile.alpha), _alpha(profile)),
        ("dropout", str(profile.dropout), _dropout(profile)),
        ("adapted", ", ".join(profile.target_modules), ADAPTED),
        ("rows a step", _rows_a_step(profile), _batch(profile)),
        ("steps", str(profile.steps), _steps(profile)),
        ("learning rate", f"{profile.learning_rate:g}", _learning_rate(profile)),
        ("max length", str(profile.max_length), "a longer row is an error: nothing is cut"),
        ("activations twice", _yes(profile.gradient_checkpointing), _checkpointing(profile)),
    ]
    small = OF_THE_SMALL if profile.base in SMALL_BASES else {}
    return [
        {"choice": choice, "value": value, "reason": _own(small, profile, choice, value) or why}
        for choice, value, why in rows
    ]


def _own(small: Mapping[str, str], profile: Profile, choice: str, value: str) -> str:
    """Return the small base's own reason, as long as the value is its own, too."""
    usual = {"rows a step": "16"} | {
        name.replace("_", " "): f"{number:g}" for name, number in SMALL.items()
    }
    return small.get(choice, "") if value == usual.get(choice, value) else ""


def quantization(profile: Profile) -> str:
    """Return why the base is, or is not, held in 4 bits."""
    base = base_of(profile.base)
    if profile.load_in_4bit:
        return "QLoRA: the base would not fit otherwise"
    if profile.base in SMALL_BASES:
        return "a quarter of a gigabyte in 16 bits needs no saving"
    if _tiny(profile):
        return "a few million weights need no saving [measured here]"
    if profile.precision == "fp16" and base and base.billions <= IN_16_BITS:
        return (
            f"{base.billions} B weights take {2 * base.billions:.1f} GB of 16; and over a "
            "quantized base TRL makes adapters bf16, which fp16's loss scaler cannot handle"
        )
    return "the base fits in 16 bits, and a merged adapter then loses nothing [notebook 06]"


def _tiny(profile: Profile) -> bool:
    """Return whether a profile trains a tiny base: the project's, or one grown from it."""
    pretrained = profile.base in SMALL_BASES or hub.is_name(profile.base)
    return folders.is_tiny(profile.base) or (profile.name == "cpu" and not pretrained)


def _base(profile: Profile) -> str:
    base = base_of(profile.base)
    if folders.is_tiny(profile.base):
        return "trained by this project, ships with it: no download, minutes on two cores"
    if not base:
        return "your own choice"
    part = "text-only" if base.kind == "text" else "its text part alone (Unsloth's text_only)"
    return f"{part}; {base.about} [articles]"


def _backend(profile: Profile) -> str:
    return {
        "unsloth": "its kernels on CUDA; on a CPU the same calls upon plain PyTorch [Unsloth]",
        "transformers": "PyTorch alone: nothing else to install [TRL, PEFT]",
        "mlx": "Apple's own array library: unified memory, no CUDA [mlx-lm]",
    }[profile.backend]


def _precision(profile: Profile) -> str:
    if profile.precision == "fp32" and (why := fp16_reason(profile.base)):
        return f"fp16 would not do: {why} [Unsloth]"
    if profile.backend == "mlx" and profile.precision == "bf16":
        return "what the base is published in, and mlx-lm trains it as it is [mlx-lm]"
    if profile.name == "cpu" and not _tiny(profile) and profile.backend != "mlx":
        return precision_of_cpu(profile.precision == "bf16")[1]
    return precision_of(CAPABILITIES[profile.precision])[1]


def _rank(profile: Profile) -> str:
    if _tiny(profile):
        return "a base with little knowledge has much to learn; notebook 08 compares ranks"
    if profile.rank >= 64:
        return "the voice commands' article: 64, for a whole surface of actions"
    return "the articles: 8 and 16 for bash, 16 for labels"


def _alpha(profile: Profile) -> str:
    scale = f"scale {profile.alpha / profile.rank:g}"
    if profile.backend == "mlx" and profile.alpha > 2 * profile.rank:
        return f"{scale}: the bash article's, and mlx-lm's default"
    return f"{scale}: alpha of twice the rank, as the voice commands' article"


def _dropout(profile: Profile) -> str:
    if profile.dropout:
        return "the voice commands' article; it slows Unsloth's kernels a little"
    return "none, as the bash article; early stopping guards against overfitting"


def _rows_a_step(profile: Profile) -> str:
    batches = profile.gradient_accumulation_steps
    return str(profile.batch) if batches == 1 else f"{profile.batch} × {batches}"


def _batch(profile: Profile) -> str:
    if _tiny(profile) and profile.batch < 32:
        return "long rows: 32 took twice the time, and was not shown to be better [notebook 08]"
    if _tiny(profile):
        return "short rows fill two cores; batch sizes were not compared [measured here]"
    if profile.name == "mac":
        return "the bash articles: 4"
    return "16 rows a step, the voice commands' article's 4 × 4, in what the memory holds"


def _steps(profile: Profile) -> str:
    rows = profile.steps * profile.rows_a_step
    seen = f"{rows:,} rows seen at most; the best checkpoint is kept"
    return f"{seen} [articles: 1,000 steps of 4]" if profile.name == "mac" else seen


def _learning_rate(profile: Profile) -> str:
    if _tiny(profile):
        return "tiny weights bear higher rates; 1e-3 did as well in 40 steps [measured here]"
    if profile.learning_rate <= 1e-4:
        return "the bash and voice commands' articles: 1e-4"
    return "Unsloth's notebooks: 2e-4 at rank 16"


def _checkpointing(profile: Profile) -> str:
    if profile.gradient_checkpointing:
        return "memory for a larger batch, for time [Unsloth]"
    return "activations fit; computing them once is faster [PyTorch]"


def _yes(value: bool) -> str:
    return "yes" if value else "no"
