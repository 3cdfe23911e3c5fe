"""What a machine trains with: one frozen `Profile` a machine, fitted to a task."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from helpers.models import folders, hub
from helpers.models.bases import base_of, fp16_reason
from helpers.profiles.machine import precision_of_cpu

MODULES = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
PRECISIONS = ("fp32", "fp16", "bf16")
TORCH = ("unsloth", "transformers")
BACKENDS = (*TORCH, "mlx")
COUNTS = ("rank", "alpha", "batch", "steps", "gradient_accumulation_steps", "max_length")


@dataclass(frozen=True)
class Profile:
    """What a machine trains with."""

    name: str
    base: str  # a folder (below the project, or absolute) or a name on the hub
    backend: str  # one of BACKENDS: what trains, and where the model comes from
    precision: str  # one of PRECISIONS
    rank: int
    alpha: int  # the adapter's output is scaled by alpha / rank
    batch: int
    steps: int  # at most; early stopping may take fewer
    learning_rate: float
    dropout: float = 0.0
    gradient_accumulation_steps: int = 1
    warmup: float = 0.05  # share of the steps
    weight_decay: float = 0.01
    max_length: int = 512  # tokens; a longer row is an error, never cut
    load_in_4bit: bool = False  # hold the base in 4 bits (QLoRA)
    gradient_checkpointing: bool = False  # compute activations twice instead of keeping them
    target_modules: tuple[str, ...] = MODULES

    def __post_init__(self) -> None:
        """Raise `ValueError` for a value that cannot be trained with; set modules in one order."""
        for value, known in ((self.backend, BACKENDS), (self.precision, PRECISIONS)):
            if value not in known:
                raise ValueError(f"{value!r} is not one of {', '.join(known)}")
        for name in COUNTS:
            count = getattr(self, name)
            if type(count) is not int or count < 1:  # True is an int, too
                raise ValueError(f"{name} is {count!r}; it must be 1 or more, and whole")
        for name in ("learning_rate", "dropout", "warmup", "weight_decay"):
            share = getattr(self, name)
            if isinstance(share, bool) or not isinstance(share, int | float):
                raise ValueError(f"{name} is {share!r}; it must be a number")
        for name, right, meaning in (
            ("learning_rate", 0 < self.learning_rate < math.inf, "above 0, and finite"),
            ("dropout", 0 <= self.dropout < 1, "0 or more, and below 1"),
            ("warmup", 0 <= self.warmup <= 1, "a share of the steps, from 0 to 1"),
            ("weight_decay", 0 <= self.weight_decay < math.inf, "0 or more, and finite"),
        ):
            if not right:
                raise ValueError(f"{name} is {getattr(self, name)}; it must be {meaning}")
        if not self.target_modules or isinstance(self.target_modules, str):
            raise ValueError(
                f"target_modules is {self.target_modules!r}; name the modules to adapt, in a list"
            )
        places = {module: place for place, module in enumerate(MODULES)}
        modules = sorted(set(self.target_modules), key=lambda m: (places.get(m, len(MODULES)), m))
        object.__setattr__(self, "target_modules", tuple(modules))  # their order says nothing

    @property
    def rows_a_step(self) -> int:
        """How many rows make one optimizer step."""
        return self.batch * self.gradient_accumulation_steps


CPU = Profile(
    "cpu", "data/tiny_base/2m", "unsloth", "fp32", 32, 64, batch=32, steps=600, learning_rate=3e-3
)
T4 = Profile(
    "t4", "Qwen/Qwen3-0.6B", "unsloth", "fp16", 16, 32, batch=8, steps=500, learning_rate=2e-4,
    gradient_accumulation_steps=2, gradient_checkpointing=True,
)  # fmt: skip
MAC = Profile(
    "mac", "Qwen/Qwen3-0.6B", "mlx", "bf16", 16, 320, batch=4, steps=1000, learning_rate=1e-4,
    warmup=0.0, weight_decay=0.0,
)  # fmt: skip
WORKSTATION = Profile(
    "workstation", "Qwen/Qwen3-1.7B", "unsloth", "bf16", 16, 32, batch=16, steps=500,
    learning_rate=2e-4, gradient_checkpointing=True,
)  # fmt: skip
PROFILES = {profile.name: profile for profile in (CPU, T4, MAC, WORKSTATION)}
NAMES = tuple(PROFILES)

# What the tiny bases are trained with on any machine, and a larger pretrained one on a CPU.
BY_BASE = (
    "rank", "alpha", "batch", "steps", "learning_rate", "gradient_accumulation_steps",
    "gradient_checkpointing",
)  # fmt: skip
TINY = {name: getattr(CPU, name) for name in BY_BASE}
LARGER = {name: getattr(T4, name) for name in BY_BASE}
# What the pretrained 135 M is trained with on any machine: it fits everywhere.
SMALL_BASES = ("smollm2-135m", "HuggingFaceTB/SmolLM2-135M-Instruct")
SMALL = {
    "rank": 16, "alpha": 32, "batch": 16, "steps": 300, "learning_rate": 2e-3,
    "gradient_accumulation_steps": 1, "gradient_checkpointing": False,
}  # fmt: skip

# What the voice commands' article trained with; the other two jobs used a rank of 8 to 16.
VOICE = {"rank": 64, "alpha": 128, "dropout": 0.05, "learning_rate": 1e-4, "max_length": 1024}


def get(name: str, task: str = "", size: str = "", **changes: Any) -> Profile:
    """Return a profile by name, fitted to a task, with what the caller changes.

    `size` names another of the tiny bases. Raises `ValueError` for an unknown name or value.

    >>> get("t4", "voice_command").rank, get("t4", "support_label", rank=4).rank
    (64, 4)
    >>> get("cpu", size="1m").base
    'data/tiny_base/1m'
    """
    if name not in PROFILES:
        raise ValueError(f"there is no profile {name!r}; choose one of {', '.join(NAMES)}")
    return changed(for_task(PROFILES[name], task), size, **changes)


def changed(profile: Profile, size: str = "", **changes: Any) -> Profile:
    """Return a profile with changes.

    Raises `ValueError` that lists what a profile has, or for a size beside another base.

    A base of another kind than the profile's brings its own rank, rate and batch; one that fp16 is
    too narrow for is computed in fp32, and one whose modules have other names gets its adapter on
    those, unless the changes say otherwise.
    """
    unknown = sorted(changes.keys() - vars(profile).keys())
    if unknown:
        known = ", ".join(vars(profile))
        raise ValueError(f"a profile has no {unknown[0]!r}; it has {known}")
    if size:
        tiny = f"data/tiny_base/{size}"
        if changes.setdefault("base", tiny) != tiny:
            raise ValueError(
                f"size {size!r} is {tiny}, and base is {changes['base']!r}; leave one of them out"
            )
    base = changes.get("base", profile.base)
    if base != profile.base:
        changes = of_base(profile, base, changes.get("backend", "")) | changes
    if "base" in changes and (known := base_of(base)) and known.target_modules:
        changes.setdefault("target_modules", known.target_modules)
    if profile.precision == "fp16" and fp16_reason(base):
        changes.setdefault("precision", "fp32")
    return replace(profile, **changes)


def of_base(profile: Profile, base: str, backend: str = "") -> dict[str, Any]:
    """Return what a profile changes for a base that is tiny, small or larger where its own is not.

    >>> of_base(T4, "tiny-2m")["learning_rate"], of_base(CPU, "tiny-1m")
    (0.003, {})
    >>> of_base(CPU, "google/gemma-3-270m-it")["learning_rate"], of_base(T4, "Qwen/Qwen3-1.7B")
    (0.0002, {})
    """
    if folders.is_tiny(base):
        return {} if folders.is_tiny(profile.base) else TINY
    small = base in SMALL_BASES
    if profile.name != "cpu":
        return SMALL if small else {}
    if not small and not hub.is_name(base):
        return {}  # a folder of one's own, most likely a tiny base grown further
    backend = backend or "transformers"
    precision = precision_of_cpu()[0] if backend in TORCH else "fp32"
    return (SMALL if small else LARGER) | {"backend": backend, "precision": precision}


def for_task(profile: Profile, task: str) -> Profile:
    """Return a profile with the task's own settings.

    A voice command's prompt lists a desktop's names: it is the longest, and its job the widest.
    The tiny base keeps its rank: 32 of its widths of 256 already is more than 64 of 2560; it takes
    half as many rows a step.
    """
    if task != "voice_command":
        return profile
    if profile.name == "cpu":
        return replace(profile, max_length=VOICE["max_length"], batch=16)
    scale = profile.alpha // profile.rank
    alpha = VOICE["rank"] * scale if profile.backend == "mlx" else VOICE["alpha"]
    return replace(profile, **VOICE | {"alpha": alpha})
