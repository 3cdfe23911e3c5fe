"""Where a rope stands in a model's configuration: mlx-lm looks where it used to stand.

transformers 5 writes `rope_theta` below `rope_parameters`. Families of mlx-lm that look for it at
the top take a default of 10,000 and say nothing: every token but the first is then read wrongly.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any


def flat(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return a configuration with its rope at the top, too, where it stood before transformers 5.

    One that has a rope for each kind of layer stays as it is.

    >>> flat({"rope_parameters": {"rope_theta": 1e5, "rope_type": "default"}})["rope_theta"]
    100000.0
    """
    nested = config.get("rope_parameters") or {}
    if "rope_theta" not in nested:
        return dict(config)
    top = {"rope_theta": nested["rope_theta"]}
    if nested.get("rope_type", "default") != "default":
        top["rope_scaling"] = nested
    return top | {name: value for name, value in config.items() if value is not None}


@cache
def mend() -> None:
    """Have mlx-lm read configurations so, whoever loads: the engine, or a page's own `load`."""
    from mlx_lm import utils

    read = utils.load_config
    utils.load_config = lambda path: flat(read(path))
