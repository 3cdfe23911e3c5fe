"""The same-text baselines: fitted on what a base has read, no more and no less."""

from __future__ import annotations

import json

import pytest

from helpers import engines, scoring, tasks
from helpers.core import paths
from helpers.core.examples import EngineError, Example
from helpers.corpora import base_text, same_text
from helpers.corpora.generate import held_out
from helpers.engines import baseline
from helpers.tasks.dictation import large_text, likelihood, ngram


@pytest.fixture(scope="module")
def material():
    return base_text.gather(60, seed=0)


def test_the_rows_are_what_the_base_was_given(material, runs_dir):
    """The n-gram once had 5,044 commands, and the base beside it 120,000."""
    commands = same_text.rows(tasks.get("dictated_bash"), 60)
    assert tuple(row.target for row in commands) == material.commands
    messages = same_text.rows(tasks.get("support_label"), 30)
    by_label: dict[str, list[str]] = {}
    for row in messages:
        by_label.setdefault(row.target, []).append(row.prompt)
    assert {label: tuple(texts) for label, texts in by_label.items()} == material.messages
    assert same_text.rows(tasks.get("voice_command")) == []


def test_all_of_it_is_as_much_as_the_bundled_bases_have_read():
    for record in (paths.root() / "data" / "tiny_base").glob("*/record.json"):
        grown = json.loads(record.read_text(encoding="utf-8"))
        assert grown["commands"] == same_text.SOURCES["dictated_bash"].whole
        assert grown["commands"] // 2 == same_text.SOURCES["support_label"].whole
        assert grown["recipe"]["seed"] == 0


def test_no_held_out_group_is_read(runs_dir):
    """Of the stream itself some rows are of held-out groups: they must be missing here."""
    from itertools import islice

    from helpers.corpora import bash_commands, support_messages

    left_out = held_out("dictated_bash")
    drawn = list(islice(bash_commands.stream(0, frozenset()), 400))
    of_groups = {one.text for one in drawn if one.skeleton in left_out}
    read = {row.target for row in same_text.rows(tasks.get("dictated_bash"), 400)}
    kept = {one.text for one in drawn} - of_groups
    assert of_groups and not of_groups & read and kept & read
    groups = {row.group for row in base_text.messages(400)}
    everything = {row.group for row in islice(support_messages.stream(0, frozenset()), 400)}
    assert not groups & held_out("support_label") and everything & held_out("support_label")


def test_the_engine_reads_what_it_is_handed_and_only_when_asked(runs_dir):
    task = tasks.get("dictated_bash")
    train = task.load("train")[:40]
    text = [Example("", "", "zork -Q ./plugh")] * 9
    engine = baseline.same_text(task, train, text)
    assert not list((runs_dir / "cache").glob("ngram-*"))
    row = Example("1", "zork dash Q dot slash plugh", "zork -Q ./plugh")
    assert engine.answer([row])[0].text == row.target
    assert baseline.fitted(task, train).answer([row])[0].text != row.target
    assert engine.settings["text_rows"] == 9 and engine.settings["train_rows"] == 40
    other = baseline.same_text(task, train, text[1:])
    assert other.fingerprint != engine.fingerprint


def test_labels_of_the_text_are_learned_and_marked_as_more_than_the_base_was_told(runs_dir):
    task = tasks.get("support_label")
    train, label = task.load("train")[:60], task.labels[-1]
    text = [Example("", f"flummox {n} wibble", label) for n in range(12)]
    found = task.same_text(train, text)
    assert found.answer(Example("1", "wibble flummox", "")).text == label
    assert "more than the base was told" in found.about
    assert found.candidates(Example("1", "wibble flummox", ""), 2)[0] == label


def test_a_task_whose_rules_read_nothing_says_so(runs_dir):
    with pytest.raises(EngineError, match="voice_command: the tiny base has read no text"):
        engines.create("same_text", tasks.get("voice_command"))


def test_a_pruned_ngram_still_adds_up_and_forgets_the_rare(runs_dir):
    texts = ["ls -la /srv/app", "ls -la /srv/www", "grep -rn needle ."] * 3 + ["tar -xzf odd.tgz"]
    whole, pruned = ngram.fit(texts, 7), ngram.fit(texts, 7, cutoff=1)
    assert len(pruned.log_probability) < len(whole.log_probability)
    assert "-xzf od" in whole.log_probability and "-xzf od" not in pruned.log_probability
    alphabet = [*map(chr, range(32, 127)), ngram.END]
    for context in (pruned.start, "ls -la", "tar -x", "zzzzzz"):
        chances = [2.718281828459045 ** pruned.extend(context, c)[0] for c in alphabet]
        assert sum(chances) == pytest.approx(1, abs=0.02)  # one unknown character has the rest
    shapes = ngram.fit(map(likelihood.shape, texts), likelihood.ORDER, cutoff=1)
    kept = large_text.fit(texts, 7, cutoff=1)
    again = large_text.fit(texts, 7, cutoff=1)
    assert kept == again
    expected = likelihood.of(pruned, shapes).score_of(texts[0])
    assert kept.score_of(texts[0]) == pytest.approx(expected)


def test_a_score_of_it_is_a_record_like_any_other(runs_dir):
    task = tasks.get("dictated_bash")
    engine = baseline.same_text(task, task.load("train")[:60], same_text.rows(task, 60))
    scored = scoring.score(task, engine, task.load("test")[:4], "test")
    assert scored.record["engine"] == "same_text" and scored.record["n"] == 4
