"""What decides about a profile: the machine's chip or card."""

from __future__ import annotations

import platform
from dataclasses import dataclass

BF16_CAPABILITY = (8, 0)  # Ampere; an older card only imitates bf16, whatever torch says
TRITON_CAPABILITY = (7, 0)  # Unsloth's kernels are written in Triton
ROOMY = 15_000_000_000  # bytes: what a card sold as 16 GB has at least
CPU_BF16 = (
    "this CPU multiplies bf16 twice as fast; the adapter stays in fp32. After 25 steps of one "
    "seed the loss was 1.117, in fp32 1.083 [measured here]"
)


@dataclass(frozen=True)
class Machine:
    """An Apple chip, or an NVIDIA card with its compute capability and memory, or neither."""

    apple: bool = False
    card: str = ""
    capability: tuple[int, int] = (0, 0)
    memory: int = 0  # bytes on the card

    @property
    def roomy(self) -> bool:
        """Whether the card holds the workstation's base and rows; one that says nothing does."""
        return not self.memory or self.memory >= ROOMY


def on_apple_chip() -> bool:
    """Whether this is a Mac with a chip of Apple's own."""
    return platform.system() == "Darwin" and platform.machine() == "arm64"


def this_machine() -> Machine:
    """Look at this machine; torch is asked for a card, and for nothing else."""
    if on_apple_chip():
        return Machine(apple=True)
    import torch

    if not torch.cuda.is_available():
        return Machine()
    card = torch.cuda.get_device_properties(0)
    return Machine(False, card.name, (card.major, card.minor), card.total_memory)


def precision_of(capability: tuple[int, int]) -> tuple[str, str]:
    """Return the precision for a card's compute capability, (0, 0) for no card, and the reason.

    >>> [precision_of(c)[0] for c in ((9, 0), (8, 0), (7, 5), (0, 0))]
    ['bf16', 'bf16', 'fp16', 'fp32']
    """
    if capability >= BF16_CAPABILITY:
        return "bf16", "compute capability 8.0 or more: bf16 in hardware, no loss scaling needed"
    if capability > (0, 0):
        return "fp16", (
            "compute capability below 8.0: bf16 is only imitated (torch still calls it "
            "supported), so fp16 with a loss scaler"
        )
    return "fp32", "no GPU: half precision saves nothing that a tiny model needs"


def precision_of_cpu(fast: bool | None = None) -> tuple[str, str]:
    """Return the precision for a pretrained base on a CPU, and the reason; `None` asks torch.

    >>> precision_of_cpu(True)[0], precision_of_cpu(False)[0]
    ('bf16', 'fp32')
    """
    if fast is None:
        import torch

        fast = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    if fast:
        return "bf16", CPU_BF16
    return "fp32", "a CPU without AMX or AVX-512's bf16 only imitates it, slower than fp32"
