"""The bundled support messages: made by their seed, leak-free, balanced, as hard as they say."""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from helpers.core.examples import SPLITS, Example, read_split
from helpers.core.labels import read_labels
from helpers.corpora.support_messages import LABELS, SEED, make_splits, stream, write_data
from helpers.corpora.support_messages.card import TRAITS, counts
from helpers.corpora.support_messages.compose import compose, timed
from helpers.corpora.support_messages.dataset import key
from helpers.corpora.support_messages.distractors import distractors
from helpers.corpora.support_messages.framing import framing
from helpers.corpora.support_messages.slots import SLOTS, fill
from helpers.corpora.support_messages.wordings import wordings
from helpers.tasks.labels.task import SYSTEM

FOLDER = Path(__file__).parents[2] / "data" / "support_label"
FILES = ("train.jsonl", "valid.jsonl", "test.jsonl", "labels.json", "README.md")


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Example]]:
    return {split: read_split(FOLDER, split) for split in SPLITS}


def wording_of(example: Example) -> str:
    return example.group.rpartition("/")[0]


def test_the_committed_files_are_what_the_seed_makes(tmp_path):
    """Data edited by hand would no longer follow from the code that explains it."""
    write_data(tmp_path, SEED)
    for name in FILES:
        assert (FOLDER / name).read_bytes() == (tmp_path / name).read_bytes(), name


def test_another_seed_makes_other_rows(rows):
    other = make_splits(SEED + 1)
    assert {len(other[s]) for s in ("valid", "test")} == {600}
    assert [e.prompt for e in other["test"]] != [e.prompt for e in rows["test"]]


def test_sizes_and_the_system_turn(rows):
    assert {split: len(found) for split, found in rows.items()} == {
        "train": 4000, "valid": 600, "test": 600}  # fmt: skip
    assert {e.system for found in rows.values() for e in found} == {SYSTEM}
    for split in ("valid", "test"):
        assert len({e.group for e in rows[split]}) >= 120
        assert max(Counter(e.group for e in rows[split]).values()) <= 4


def test_every_split_uses_all_eleven_labels_and_none_is_rare(rows):
    assert read_labels(FOLDER) == list(LABELS)
    assert len(LABELS) == 11
    assert tuple(dict.fromkeys(wording.label for wording in wordings())) == LABELS
    for found in rows.values():
        shares = Counter(e.target for e in found)
        assert set(shares) == set(LABELS)
        assert min(shares.values()) >= 0.05 * len(found)


def test_no_prompt_group_or_wording_crosses_splits(rows):
    """A wording in train and test would turn the test into a memory test."""
    for name in (lambda e: e.group, wording_of, lambda e: key(e.prompt)):
        seen = [{name(e) for e in found} for found in rows.values()]
        assert sum(map(len, seen)) == len(set.union(*seen))
    prompts = [key(e.prompt) for found in rows.values() for e in found]
    assert len(prompts) == len(set(prompts))


def test_the_same_words_are_never_a_wording_of_two_labels_or_splits():
    """Two labels for one sentence would be label noise; a twin in another split would be a leak."""
    texts = Counter(key(w.text) for w in wordings())
    assert [text for text, n in texts.items() if n > 1] == []


def test_every_label_has_eight_intents_with_several_wordings():
    intents = Counter((w.label, w.intent) for w in wordings())
    assert min(Counter(label for label, _ in intents).values()) >= 8
    assert min(intents.values()) >= 6


def test_the_hard_traits_are_common_enough_to_measure(rows):
    for found in rows.values():
        share = {t: sum(t in e.extra["traits"] for e in found) / len(found) for t in TRAITS}
        assert share["two_topics"] > 0.18
        assert share["contrast"] > 0.15
        assert share["typo"] > 0.18
        assert min(share.values()) > 0.04
        assert all(e.extra["intent"] == e.group.split("/")[1].split(".")[0] for e in found)


def test_lengths_run_from_a_few_words_to_eighty(rows):
    lengths = [len(e.prompt.split()) for found in rows.values() for e in found]
    assert min(lengths) >= 3
    assert 70 <= max(lengths) <= 100


def test_no_trace_of_the_machinery_is_left_in_a_prompt(rows):
    for found in rows.values():
        for e in found:
            assert not re.search(r"[{}\[\]|\\%~^]|\s\s|\b(an?|the) (an?|the)\b", e.prompt), e.prompt
            assert not re.search(r"\b[Aa] (air|office|electric|e-reader)", e.prompt), e.prompt
            assert not re.search(r"\d{9}", e.prompt), e.prompt  # nothing like a card number


def test_no_message_begins_with_and(rows):
    """ "Hi there, And please note …": an addition needs something that it is added to."""
    greeted = "|".join(re.escape(g.split("[")[0].strip(" ,!.")) for g in framing("greetings"))
    opener = re.compile(rf"(?:(?:{greeted})\W+)?(?:and|but) (?!your \w+ was)", re.IGNORECASE)
    for found in rows.values():
        assert not [e.prompt for e in found if opener.match(e.prompt)]


def test_what_names_a_time_stands_in_a_frame_without_one():
    """ "Over a month ago I wrote: three weeks ago …" contradicts itself."""
    for kind in ("quoted_before", "quoted_after", "resolved_before"):
        frames = distractors(kind)
        assert any("{ago}" in line for line in timed(frames, "my broken kettle"))
        for topic in ("I cancelled three weeks ago", "the delay in March", "since Monday"):
            assert not any("go}" in line for line in timed(frames, topic))


def test_paired_slots_differ_and_one_slot_keeps_its_value():
    for seed in range(200):
        values: dict[str, str] = {}
        text = fill("{other}|{item}|{item}|{tier2}|{tier}".replace("|", "; "),
                    random.Random(seed), values)  # fmt: skip
        other, item, again, tier2, tier = text.split("; ")
        assert item == again and other != item and tier2 != tier
    used = {name for w in wordings() for name in re.findall(r"\{(\w+)\}", w.text)}
    assert used <= set(SLOTS)


def test_more_sentences_can_be_reached_than_anyone_reads():
    """Sentences of requests alone, digits not counted, before anything is put around them."""

    def ways(text: str) -> int:
        choices = [len(c.split("|")) for c in re.findall(r"\[([^\]]*)\]", text)]
        slots = [len(SLOTS[slot].split("|")) - 1 for slot in set(re.findall(r"\{(\w+)\}", text))]
        return math.prod(choices + slots)

    assert sum(ways(w.text) for w in wordings()) > 25_000


def test_the_stream_is_repeatable_and_leaves_out_what_is_excluded(rows):
    """A base grown on test wordings would have seen the test; quotes are wordings, too."""
    banned = frozenset(e.group for split in ("valid", "test") for e in rows[split])
    first = [e.prompt for e in islice(stream(5, banned), 1500)]
    assert first == [e.prompt for e in islice(stream(5, banned), 1500)]
    held_out = {wording_of(e) for split in ("valid", "test") for e in rows[split]}
    assert not held_out & {wording_of(e) for e in islice(stream(6, banned), 1500)}
    said = [re.split(r"[\[{]", w.text)[0] for w in wordings() if w.id in held_out]
    streamed = "\n".join(first).lower()
    learnt = "\n".join(e.prompt for e in rows["train"]).lower()
    shared = "\n".join(w.text for w in wordings() if w.id not in held_out).lower()
    for start in (s.lower() for s in said if len(s) > 24):
        assert start in shared or (start not in streamed and start not in learnt), start


def test_the_stream_refuses_to_run_dry():
    with pytest.raises(ValueError, match="leave some groups out"):
        next(stream(1, frozenset(f"{w.id}/plain" for w in wordings())))


def test_a_settled_topic_keeps_the_label_of_what_is_asked():
    asked = next(w for w in wordings() if w.id == "account_login_problem/locked.0")
    made = compose(asked, "settled_first", random.Random(2), wordings())
    assert made.wording.label == "account_login_problem"
    assert "two_topics" in made.traits


def test_the_card_counts_what_the_files_hold(rows):
    card = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert counts(rows) in card
    assert f"{len(wordings())} wordings" in card
    assert f"--seed {SEED}" in card
    assert "license: apache-2.0" in card
    assert "still on its way" in card and "missing from a box that was opened" in card
