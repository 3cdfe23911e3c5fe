"""Machines, and what each implies: base, rank, precision, batch, steps — all with reasons.

`get` returns a profile by name, `detect` the one for this machine, `choices` explains it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from helpers.models.bases import BASES, Base, UnsuitableBase, base_of, multimodal_reason
from helpers.profiles.machine import TRITON_CAPABILITY, Machine, precision_of, this_machine
from helpers.profiles.profile import NAMES, Profile, changed, get
from helpers.profiles.reasons import choices

__all__ = [
    "BASES", "NAMES", "Base", "Detected", "Machine", "Profile", "UnsuitableBase", "base_of",
    "changed", "choices", "detect", "get", "multimodal_reason",
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
    profile = get("workstation" if precision == "bf16" else "t4", task, precision=precision)
    if machine.capability < TRITON_CAPABILITY:
        profile = replace(profile, engine="transformers")
        reasons.append("Unsloth's kernels need compute capability 7.0, so plain transformers")
    return Detected(profile, tuple(reasons))
