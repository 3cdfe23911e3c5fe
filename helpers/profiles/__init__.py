"""Machines, and what each implies: base, rank, precision, batch, steps — all with reasons.

`get` returns a profile by name, `detect` the one for this machine, `resolve` the one that is meant,
`choices` explains it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from helpers.models.bases import BASES, Base, UnsuitableBase, base_of, multimodal_reason
from helpers.profiles.machine import (
    TRITON_CAPABILITY,
    Machine,
    on_apple_chip,
    precision_of,
    this_machine,
)
from helpers.profiles.profile import BACKENDS, NAMES, TORCH, Profile, changed, get
from helpers.profiles.reasons import choices

__all__ = [
    "BACKENDS", "BASES", "NAMES", "TORCH", "Base", "Detected", "Machine", "Profile",
    "UnsuitableBase", "base_of", "choices", "detect", "get", "multimodal_reason", "resolve",
]  # fmt: skip


@dataclass(frozen=True)
class Detected:
    """The profile of a machine, and why it is this one."""

    profile: Profile
    reasons: tuple[str, ...]


def detect(task: str = "", look: Callable[[], Machine] = this_machine) -> Detected:
    """Return the profile for this machine with the reasons for it.

    >>> found = detect(look=lambda: Machine(card="Tesla T4", capability=(7, 5)))
    >>> found.profile.name, found.profile.precision
    ('t4', 'fp16')
    """
    machine = look()
    if machine.apple:
        return Detected(get("mac", task), ("an Apple chip: MLX trains in its unified memory",))
    precision, reason = precision_of(machine.capability)
    if not machine.card:
        return Detected(get("cpu", task), (reason, "the tiny base trains here in minutes"))
    shown = ".".join(map(str, machine.capability))
    reasons = [f"{machine.card}, compute capability {shown}", reason]
    fast = precision == "bf16"
    name = "workstation" if fast and machine.roomy else "t4"
    profile = get(name, task, precision=precision)
    if fast and not machine.roomy:
        reasons.append(f"{machine.memory / 1e9:.0f} GB on the card: the smaller base, fewer rows")
    if machine.capability < TRITON_CAPABILITY:
        profile = replace(profile, backend="transformers")
        reasons.append("Unsloth's kernels need compute capability 7.0, so plain transformers")
    return Detected(profile, tuple(reasons))


def resolve(
    profile: str | Profile = "",
    task: str = "",
    size: str = "",
    backends: Collection[str] = BACKENDS,
    **changes: Any,
) -> Profile:
    """Return the profile that is meant, with changes.

    `profile` is a profile, its name, or empty for this machine's; `size` names a tiny base. Where
    torch is to train on an Apple chip, it does so on the CPU, without Unsloth, which is MLX there.
    Raises `ValueError` for one that none of `backends` trains.

    >>> resolve("cpu", "support_label", size="1m", steps=3).base
    'data/tiny_base/1m'
    >>> resolve("mac", backends=TORCH)
    Traceback (most recent call last):
    ValueError: profile 'mac' trains with mlx (notebook 05); take another, or backend=transformers
    """
    if isinstance(profile, str):
        named = bool(profile)
        profile = get(profile, task) if named else detect(task).profile
        if profile.name == "mac" and not named and "mlx" not in backends:
            profile = get("cpu", task)
    if profile.backend == "unsloth" and on_apple_chip():
        profile = replace(profile, backend="transformers")
    profile = changed(profile, size, **changes)
    if profile.backend not in backends:
        page = "04" if profile.backend in TORCH else "05"
        raise ValueError(
            f"profile {profile.name!r} trains with {profile.backend} (notebook {page}); "
            f"take another, or backend={'mlx' if 'mlx' in backends else 'transformers'}"
        )
    return profile
