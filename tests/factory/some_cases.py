"""Cases that several tests put through the factory."""

import json
from collections.abc import Sequence
from pathlib import Path

KEY = "sk-nobody-may-see-this"
LABELS = ("delivery_late", "delivery_wrong_item", "product_defect")
SAID = {
    "delivery_late": (
        "nobody has brought the lamp that I ordered weeks ago",
        "two Mondays went by and still no kettle",
        "is my jacket lost, or just slow",
        "the tracking page stopped moving last Tuesday",
        "your courier promised Friday and did not come",
        "I am waiting for a printer since June",
    ),
    "delivery_wrong_item": (
        "my box had no bicycle in it but a rug",
        "I got somebody else's violin",
        "what came is green and I chose blue",
        "this drill belongs to a neighbour of mine, I guess",
        "size nine was ordered, size four arrived",
        "there are plates inside where cups should be",
    ),
    "product_defect": (
        "after two days the stroller fell apart in my hands",
        "half of these keys do nothing when pressed",
        "water drips out of its bottom",
        "a leg of the table is loose",
        "smoke rose from the plug at once",
        "one of its strings was torn on arrival",
    ),
}


def write_cases(path: Path, troubles: Sequence[str] = (), count: int = 18) -> Path:
    """Write cases, of which some are in trouble; every case has a thing of its own."""
    lines = []
    for n in range(count):
        label = LABELS[n % 3]
        said = SAID[label][n // 3]
        trouble = f", trouble: {troubles[n]}" if n < len(troubles) and troubles[n] else ""
        lines.append({"id": f"c{n}", "answer": label, "said": said + trouble, "group": f"g{n}"})
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path
