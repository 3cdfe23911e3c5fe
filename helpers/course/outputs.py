"""What of a cell's outputs is committed, and how: no widgets, no colours, no absolute paths."""

from __future__ import annotations

import base64
import io
import re
from typing import Any

from helpers.core import paths

WIDGET = "application/vnd.jupyter.widget-view+json"
ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def shows(output: Any) -> bool:
    """Return whether an output shows something on a page: no widget, no bar, no warning."""
    if output.output_type == "stream":
        return output.name == "stdout"
    return WIDGET not in output.get("data", {})


def tidy(output: Any, number: int) -> Any:
    """Return an output of the cell with this number, without colours and absolute paths."""
    if "execution_count" in output:
        output.execution_count = number
    if "text" in output:
        output.text = _clean(output.text)
    data = output.get("data", {})
    for kind in ("text/plain", "text/html", "text/markdown"):
        if kind in data:
            data[kind] = _clean(data[kind])
    if "image/png" in data:
        data.pop("text/plain", None)  # "<Figure size …>" says nothing
        data["image/png"] = _smaller(data["image/png"])
    return output


def _smaller(png: str) -> str:
    """Write a plot with a palette of 128 colours: less than half the bytes, and looks the same."""
    from PIL import Image

    picture = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    file = io.BytesIO()
    picture.quantize(128, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return base64.b64encode(file.getvalue()).decode("ascii")


def _clean(text: str) -> str:
    text = ANSI.sub("", text).replace(f"{paths.root()}/", "")
    return re.sub(rf"{re.escape(str(paths.root()))}(?![\w.-])", ".", text)
