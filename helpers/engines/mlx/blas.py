"""Matrix products for MLX on Linux: those of torch, which lie beside it.

MLX's wheel for Linux brings the reference BLAS: 6 billion operations a second on a core that does
96 with the BLAS inside torch. The dynamic linker takes a function from whatever library is global
first, so torch's, made global, serves MLX too. (Preloading OpenBLAS does the same.) All else of
torch's is then global as well, which llama.cpp does not survive: so only a process that trains
with MLX borrows, and none that answers with llama.cpp.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def borrow() -> bool:
    """Let MLX use torch's matrix products, where it would use the reference's; return whether.

    It has to be called before MLX is imported, which is when its functions are looked up.
    """
    spec = find_spec("torch")
    late = {"mlx.core", "xllamacpp"} & set(sys.modules)
    if sys.platform != "linux" or late or not (spec and spec.submodule_search_locations):
        return False
    library = Path(spec.submodule_search_locations[0]) / "lib" / "libtorch_cpu.so"
    if not library.exists():
        return False
    return hasattr(ctypes.CDLL(str(library), mode=ctypes.RTLD_GLOBAL), "sgemm_")


def borrowed() -> bool:
    """Return whether this process has borrowed them."""
    return borrow.cache_info().currsize > 0 and borrow()
