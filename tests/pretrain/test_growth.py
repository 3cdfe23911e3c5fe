"""A small growth from the command line, its record, and the card that is rendered from records."""

import json
import math
import shutil
from dataclasses import replace

import pytest

from helpers.cli import main as command_line
from helpers.core import paths, runs
from helpers.core.markdown import insert
from helpers.corpora import base_text
from helpers.pretrain import card, growth, tiny_base
from helpers.pretrain.tiny_base import Recipe

TINY = Recipe(steps=2, rows=2, length=32, warmup=1, checkpoint_every=1)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Measure little."""
    patch = pytest.MonkeyPatch()
    patch.setattr(growth, "DOCUMENTS", 300)
    measured = growth.measured
    patch.setattr(growth, "measured", lambda *given: measured(*given, 2, 4, 30_000))
    made = growth.tokenizer_of
    patch.setattr(growth, "tokenizer_of", lambda m, f=None: made(m, f, 300))
    yield tmp_path_factory.mktemp("growth")
    patch.undo()


@pytest.fixture(scope="module")
def grown(small):
    """A base of the smallest size, grown for two steps."""
    out, work = small / "1m", small / "work"
    return out, work, growth.grow("1m", out, work, TINY, amount=300)


@pytest.mark.parametrize("size", ["2m", "3m"])  # the 1m is too shallow, and says so
def test_the_bundled_bases_are_what_their_card_promises(size):
    record = runs.read(paths.root() / "data" / "tiny_base" / size)
    assert all(record["probes"][name]["exact"] >= 0.9 for name in ("copying", "casing"))
    assert all(bits["model"] < bits["n_gram"] for bits in record["bits_per_byte"].values())


def test_a_growth_leaves_a_folder_that_says_what_it_is(grown):
    out, _, record = grown
    names = {path.name for path in out.iterdir()}
    assert {"config.json", "model.safetensors", "tokenizer.json", "curve.csv"} <= names
    assert runs.read(out) == json.loads(json.dumps(record))
    assert record["weights"] == sum(p.numel() for p in tiny_base.new_model("1m").parameters())
    assert record["bytes"] == (out / "model.safetensors").stat().st_size
    assert record["tokens"] == 2 * 2 * 32 and record["seconds"] > 0
    assert {"commit", "versions", "hardware"} <= record.keys()
    assert all(scores["n"] == 4 for scores in record["probes"].values())
    assert all(math.isfinite(bits["n_gram"]) for bits in record["bits_per_byte"].values())


def test_a_growth_that_has_ended_is_measured_again_and_not_repeated(grown, small):
    out, work, record = grown
    again = growth.grow("1m", small / "again", work, TINY, out, report=pytest.fail, amount=300)
    assert runs.without_times(again) == runs.without_times(record)
    weights = [(folder / "model.safetensors").read_bytes() for folder in (out, small / "again")]
    assert weights[0] == weights[1]


def test_a_tokenizer_that_is_not_there_is_named(small):
    with pytest.raises(FileNotFoundError, match="name another base's folder"):
        growth.tokenizer_of(base_text.gather(10), small)


def test_the_command_line_grows(small, runs_dir, monkeypatch, capsys):
    out = small / "by_command"
    monkeypatch.setattr(
        tiny_base, "Recipe", lambda steps, seed: replace(TINY, steps=steps, seed=seed)
    )
    monkeypatch.setattr(tiny_base.Recipe, "steps", 2, raising=False)
    assert command_line.main(["grow", "1m", str(out), "--steps", "2", "--amount", "300"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == runs.read(out)
    assert '"step": 2' in printed.err
    assert len(list(runs_dir.glob("grow-*/checkpoint.safetensors"))) == 1


def test_another_tokenizer_is_another_growth(grown, runs_dir, tmp_path, monkeypatch, capsys):
    """By its content: a copy of a folder goes on where the folder's growth stopped."""
    import transformers

    works = []
    monkeypatch.setattr(growth, "grow", lambda size, out, work, *rest: works.append(work))
    copy, other = tmp_path / "copy", tmp_path / "other"
    shutil.copytree(grown[0], copy)
    transformers.PreTrainedTokenizerFast(
        tokenizer_object=tiny_base.train_tokenizer(["ls"]).backend_tokenizer
    ).save_pretrained(other)
    for told in ([], ["--tokenizer", grown[0]], ["--tokenizer", copy], ["--tokenizer", other]):
        assert command_line.main(["grow", "1m", str(tmp_path / "out"), *map(str, told)]) == 0
    own, first, again, another = works
    assert first == again and len({own, first, another}) == 3


def test_an_unknown_size_ends_with_one_line(capsys, tmp_path):
    assert command_line.main(["grow", "9m", str(tmp_path)]) == 2
    assert "choose one of 1m, 2m, 3m" in capsys.readouterr().err


def test_the_card_shows_the_committed_records():
    """A table that was right before the last growth is worse than none."""
    page = (card.folder() / "README.md").read_text(encoding="utf-8")
    assert insert(page, card.MARKS, card.markdown(card.committed(), card.beside())) == page


def test_another_base_is_measured_on_the_same_bytes():
    """Of a tiny base, which then has the bits that its own record has of the first rows."""
    folder = paths.data("tiny_base") / "1m"
    found = growth.measure_beside(str(folder), rows=3)
    assert found["weights"] == runs.read(folder)["weights"]
    assert all(0.5 < bits["model"] < 4 for bits in found["bits_per_byte"].values())


def test_the_pretrained_base_knows_english_and_no_dictations():
    (record,) = card.beside()
    own = runs.read(paths.data("tiny_base") / "2m")["bits_per_byte"]
    bits = {kind: found["model"] for kind, found in record["bits_per_byte"].items()}
    assert bits["dictated_bash, targets"] > own["dictated_bash, targets"]["model"]
    assert bits.keys() == own.keys()


def test_the_card_says_the_shares_of_the_stream():
    page = (card.folder() / "README.md").read_text(encoding="utf-8")
    total = sum(share for _, share in base_text.KINDS)
    for kind, share in base_text.KINDS:
        assert f"| `{kind.__name__}` | {100 * share / total:.1f} |" in page, kind.__name__


def test_committed_bases_share_one_tokenizer():
    found = {path.read_bytes() for path in paths.data("tiny_base").glob("*/tokenizer.json")}
    assert len(found) <= 1


def test_tables_are_rendered_from_records(grown):
    text = card.markdown([grown[2], grown[2] | {"size": "2m"}])
    assert "5-gram" in text and "| 1m |" in text and "| 2m |" in text
    widths = {line.count("|") for line in text.splitlines() if line.startswith("| held-out")}
    assert widths == {6}
    assert card.markdown([]) == "No base has been grown yet."
