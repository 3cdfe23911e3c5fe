"""Lattice, scorer and beam together: what is written, what it costs, and how it is fitted."""

from collections.abc import Hashable
from itertools import islice, pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.core.examples import Candidate
from helpers.tasks.dictation import lattice, ngram
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.decode import best
from helpers.tasks.dictation.lattice import Arc
from helpers.tasks.dictation.settings import ORDERS, WIDTHS, choose
from helpers.tasks.dictation.spacing import Rules
from helpers.tasks.dictation.verbalize import verbalize
from helpers.tasks.dictation.writer import Settings, by_rules, fit
from helpers.tasks.splits import folds

PIECES = st.lists(
    st.sampled_from(["ls", "-", "l", ".", "42", "127", "at", "|", "2>", " ", " ", "/"]),
    min_size=1,
    max_size=7,
).map("".join)


class Counting:
    """A scorer that counts how often it is asked."""

    def __init__(self, scorer):
        self.scorer, self.start, self.calls = scorer, scorer.start, 0

    def extend(self, state: Hashable, text: str) -> tuple[float, Hashable]:
        self.calls += 1
        return self.scorer.extend(state, text)

    def finish(self, state: Hashable) -> float:
        return self.scorer.finish(state)


@pytest.fixture(scope="module")
def model(commands):
    return ngram.fit(commands, 6)


@given(command=PIECES.filter(str.strip), k=st.integers(1, 5))
def test_a_wide_beam_finds_the_best_of_all_texts(model, command, k):
    """Merging partial texts that end alike must not lose any of the best `k`."""
    literals = lattice.literals_in([command], BASH)
    found = lattice.build(verbalize(command, BASH), BASH, literals)
    texts = list(islice(found.paths(), 3_000))
    if len(texts) == 3_000:
        return
    scores = sorted({text: model.log_probability_of(text) for text in texts}.values())
    candidates = best(found, model, width=10_000, k=k)
    assert [c.score for c in candidates] == pytest.approx(scores[::-1][:k])
    for candidate in candidates:
        assert candidate.text in texts
        assert candidate.score == pytest.approx(model.log_probability_of(candidate.text))


@given(command=PIECES.filter(str.strip), width=st.integers(1, 8))
def test_no_beam_does_better_than_one_that_drops_nothing(model, command, width):
    found = lattice.build(verbalize(command, BASH), BASH)
    assert best(found, model, width)[0].score <= best(found, model, 10_000)[0].score + 1e-9


def test_greedy_never_scores_better_than_a_beam_of_eight_and_sometimes_worse(commands):
    model, worse = ngram.fit(commands[::2]), 0
    for command in commands:
        found = lattice.build(verbalize(command, BASH), BASH)
        greedy, wide = best(found, model, width=1)[0], best(found, model, width=8)[0]
        assert greedy.score <= wide.score + 1e-9
        worse += greedy.score < wide.score - 1e-9
    assert worse > 0


@pytest.mark.parametrize("scorer", ["ngram", "rules"])
def test_candidates_are_distinct_and_best_first(commands, model, scorer):
    writer = fit(commands, BASH) if scorer == "ngram" else by_rules(BASH)
    for command in commands:
        possible = set(islice(writer.lattice(verbalize(command, BASH)).paths(), 500))
        found = writer.candidates(verbalize(command, BASH), k=6)
        assert len({candidate.text for candidate in found}) == len(found) == min(6, len(possible))
        assert all(first.score >= second.score for first, second in pairwise(found))


def test_ways_to_write_the_same_crowd_nothing_out():
    """A text that could be cut into pieces in many ways stood for all that was kept."""
    arcs = [[Arc("z" * (end - at), end, 0.1) for end in range(at + 1, 7)] for at in range(6)]
    arcs[0].append(Arc("y" * 6, 6, 9.0))
    cut = SimpleNamespace(
        words=["z"] * 6,
        arcs=arcs,
        gaps=lambda tail, arc: [("", "", 0.0)],
        unfinished=lambda tail: 0.0,
    )
    even = SimpleNamespace(
        start=0, extend=lambda state, text: (0.0, state), finish=lambda state: 0.0
    )
    assert best(cut, even, width=8, k=2) == [Candidate(-0.1, "z" * 6), Candidate(-9.0, "y" * 6)]


def test_an_empty_dictation_is_written_as_nothing():
    assert [c.text for c in by_rules(BASH).candidates("")] == [""]


def test_a_fitted_writer_writes_what_it_was_fitted_on(commands):
    writer = fit(commands, BASH)
    written = [writer.candidates(verbalize(c, BASH))[0].text for c in commands]
    assert sum(w == c for w, c in zip(written, commands, strict=True)) >= 0.9 * len(commands)


def test_a_fitted_writer_knows_which_reserved_words_were_meant_as_words():
    plain, fitted = fit(["ls -l"], BASH), fit(["ping star"], BASH)
    assert plain.candidates("ping star")[0].text.endswith("*")
    assert fitted.candidates("ping star")[0].text == "ping star"


@pytest.mark.parametrize("name", ["ngram", "rules"])
def test_cost_grows_with_length_and_no_faster(commands, model, name):
    words = " ".join(verbalize(c, BASH) for c in commands * 20).split()

    def calls(length: int) -> int:
        scorer = Counting(model if name == "ngram" else Rules(BASH))
        best(lattice.build(" ".join(words[:length]), BASH), scorer)
        return scorer.calls

    assert 1_000 < calls(1_000) < calls(2_000) <= 2.2 * calls(1_000)


def rows(commands: list[str]) -> tuple[list[str], list[str], list[str]]:
    return [verbalize(c, BASH) for c in commands], commands, [c.split()[0] for c in commands]


@pytest.fixture(scope="module")
def chosen(commands):
    return choose(*rows(commands), BASH)


def test_the_chosen_settings_are_the_best_that_were_tried(chosen):
    settings, trials = chosen
    tried = {trial.settings: trial.exact for trial in trials}
    assert len(tried) == len(trials) == len(ORDERS) + len(WIDTHS) - 1
    assert {s.order for s in tried if s.width == Settings().width} == set(ORDERS)
    assert {s.width for s in tried if s.order == settings.order} == set(WIDTHS)
    assert tried[settings] == max(tried.values())


def test_trials_are_shares_of_rows_that_were_held_out(chosen, commands):
    _, trials = chosen
    held_out = sum(map(len, folds(rows(commands)[2])[:2]))
    for trial in trials:
        assert trial.n == held_out < len(commands)
        assert trial.exact * trial.n == pytest.approx(round(trial.exact * trial.n))


def test_of_equally_good_settings_the_smaller_is_chosen(chosen):
    settings, trials = chosen
    equals = [t.settings for t in trials if t.exact == max(t.exact for t in trials)]
    assert settings.width == min(s.width for s in equals if s.order == settings.order)
    orders = [t for t in trials if t.settings.width == Settings().width]
    top = max(t.exact for t in orders)
    assert settings.order == min(t.settings.order for t in orders if t.exact == top)


def test_choosing_again_chooses_the_same(chosen, commands):
    assert choose(*rows(commands), BASH) == chosen


@given(st.lists(st.sampled_from("abcdefgh"), max_size=30), st.integers(1, 6))
def test_folds_hold_every_row_once_and_keep_groups_together(groups, count):
    dealt = folds(groups, count)
    assert sorted(row for fold in dealt for row in fold) == list(range(len(groups)))
    for group in set(groups):
        assert sum(any(groups[row] == group for row in fold) for fold in dealt) == 1
    used = [len({groups[row] for row in fold}) for fold in dealt]
    assert max(used) - min(used) <= 1


def test_no_row_of_a_held_out_group_is_fitted_on(monkeypatch, commands):
    """The same command said in two ways must not be known when one of them is judged."""
    from helpers.tasks.dictation import settings

    prompts, targets, _ = rows(commands)
    groups = [str(number // 3) for number in range(len(commands))]
    fitted = []
    monkeypatch.setattr(
        settings, "fit", lambda texts, *rest: fitted.append(set(texts)) or fit(texts, *rest)
    )
    choose(prompts, targets, groups, BASH)
    held_out = [{targets[row] for row in fold} for fold in folds(groups)[:2]]
    assert len(fitted) == 2 * (len(ORDERS) + 1)
    for texts in fitted:
        assert set(targets) - texts in held_out


def test_with_fewer_than_five_groups_the_defaults_are_taken(commands):
    prompts, targets, _ = rows(commands)
    few = [str(number % 4) for number in range(len(commands))]
    assert choose(prompts, targets, few, BASH) == (Settings(), [])
    enough = [str(number % 5) for number in range(len(commands))]
    assert choose(prompts, targets, enough, BASH)[1]
