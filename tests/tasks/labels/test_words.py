"""Labels and messages of one's own are words in any script."""

from __future__ import annotations

import json
from pathlib import Path

from helpers import tasks
from helpers.core.examples import Example

SAID = {"Größe": "Die Größe ist falsch", "Доставка": "Где моя доставка", "返品": "返品 したい"}


def test_words_with_other_letters_than_those_of_english_are_whole(tmp_path: Path) -> None:
    (tmp_path / "labels.json").write_text(json.dumps(sorted(SAID)), encoding="utf-8")
    own = tasks.get("support_label", tmp_path)
    rules = own.rules()
    for label, message in SAID.items():
        assert rules(Example("1", message, "")).text == label
    train = [Example(str(n), message, label) for label, message in SAID.items() for n in range(15)]
    (table,) = own.report.tables(train)
    telling = {row["label"]: row["telling words, share of their rows"] for row in table.rows}
    assert "größe 100%" in telling["Größe"] and "доставка 100%" in telling["Доставка"]
