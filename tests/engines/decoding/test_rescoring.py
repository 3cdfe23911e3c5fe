"""Rescoring: what is computed together equals what is computed one by one."""

import math
from dataclasses import replace

import pytest

from helpers import tasks
from helpers.core.examples import EngineError, Example
from helpers.engines.decoding import prefix_tree
from helpers.engines.decoding.rescoring import ScoredCandidate, best_of, choose_mix, ranked
from helpers.engines.torch import climbing
from helpers.engines.torch import engine as engine_of
from helpers.engines.torch.engine import Torch
from helpers.engines.torch.parity import parity
from helpers.tasks.desktop.task import VoiceCommand


def one_by_one(engine: Torch, example: Example, text: str) -> float:
    """Return log P(text, end | prompt) by one plain pass over prompt and answer."""
    import torch

    loaded = engine.loaded
    prompt = engine.prompts([example])[0]
    answer = [*loaded.encode([text])[0], loaded.end]
    with torch.no_grad():
        logits = loaded.model(input_ids=torch.tensor([prompt + answer])).logits[0]
    shares = logits[len(prompt) - 1 : -1, : loaded.width].log_softmax(-1)
    return float(shares.gather(1, torch.tensor(answer)[:, None]).sum())


@pytest.fixture
def bash(bash_folder, runs_dir):
    return tasks.get("dictated_bash", bash_folder).fitted_on()


def check(engine: Torch, rows: list[Example]) -> None:
    for example, candidates in zip(rows, engine.scored(rows), strict=True):
        assert candidates
        for candidate in candidates:
            wanted = one_by_one(engine, example, candidate.text)
            assert candidate.model == pytest.approx(wanted, abs=2e-3)


def test_scores_of_labels_equal_those_of_plain_passes(loaded):
    task = tasks.get("support_label")
    check(Torch(task, loaded, "rescore"), task.load("valid")[:40:10])


def test_labels_without_the_models_weight_are_the_linear_classifiers(loaded, runs_dir):
    plain = tasks.get("support_label")
    train, rows = plain.load("train")[:80], plain.load("valid")[:30]
    fitted = plain.fitted_on(train)
    answer = plain.fit_baseline(train)
    alone = Torch(fitted, loaded, "rescore", mix=0.0)
    assert [p.text for p in alone.answer(rows)] == [answer(row).text for row in rows]
    assert fitted.fingerprint() != plain.fingerprint()
    one_label = [row for row in train if row.target == train[0].target]
    assert plain.fitted_on(one_label) is plain


def test_scores_of_calls_equal_those_of_plain_passes(loaded):
    task = tasks.get("voice_command")
    check(Torch(task, loaded, "rescore"), sorted(task.load("valid"), key=len_of)[:2])


def len_of(row: Example) -> int:
    return len(row.prompt)


def test_scores_of_lattice_texts_equal_those_of_plain_passes(bash, loaded, monkeypatch):
    monkeypatch.setattr(prefix_tree, "NODES", 30)  # several trees a row
    monkeypatch.setattr(prefix_tree, "READ", 100)  # several steps a batch
    check(Torch(bash, loaded, "rescore", listed=6), bash.load("test")[:4])


def test_a_sliding_window_is_kept_or_refused(bash, loaded):
    """Inside it scores are those of plain passes; beyond it the nodes would see too much."""
    import torch
    from transformers import MistralConfig, MistralForCausalLM

    shape = {"hidden_size": 32, "intermediate_size": 32, "num_hidden_layers": 1}
    row = bash.load("test")[0]
    engine = Torch(bash, loaded, "rescore", listed=3)
    answers = loaded.encode([c.text for c in bash.candidates(row, 3)])
    reach = len(engine.prompts([row])[0]) + max(map(len, answers))
    for window, fits in ((reach, True), (reach - 1, False)):
        torch.manual_seed(0)
        config = MistralConfig(
            vocab_size=loaded.vocabulary, num_attention_heads=2, num_key_value_heads=1,
            sliding_window=window, **shape,
        )  # fmt: skip
        sliding = replace(engine, loaded=replace(loaded, model=MistralForCausalLM(config)))
        if fits:
            check(sliding, [row])
        else:
            short = replace(row, id="short", prompt="git")
            with pytest.raises(EngineError, match=f"row '{row.id}': .* beyond the model's window"):
                sliding.scored([short, row])


def test_the_best_mixed_candidate_is_the_answer(bash, loaded):
    rows = bash.load("test")
    for mix in (0.0, 0.5, 1.0):
        engine = Torch(bash, loaded, "rescore", mix=mix, listed=8)
        listed = engine.scored(rows)
        for found, candidates in zip(engine.answer(rows), listed, strict=True):
            best = max(candidates, key=lambda c: c.mixed(mix))
            assert found.text == best.text
            assert found.details["candidates"] == len(candidates)
            assert found.margin >= 0
    alone = Torch(bash, loaded, "rescore", mix=0.0).answer(rows)
    assert [p.text for p in alone] == [bash.candidates(row, 40)[0].text for row in rows]


def test_what_cannot_win_is_not_read_and_changes_no_answer(loaded, monkeypatch):
    task = tasks.get("dictated_bash")
    fitted = task.fitted_on(task.load("train")[:200])
    engine = Torch(fitted, loaded, "rescore", mix=0.05)
    rows, nodes, read = task.load("valid")[:12], [], climbing._round
    monkeypatch.setattr(
        climbing, "_round", lambda *args: (nodes.extend(map(len, args[2])), read(*args))[1]
    )
    whole = [best_of(candidates, 0.05) for candidates in engine.scored(rows)]
    all_nodes = sum(nodes)
    nodes.clear()
    pruned = engine.answer(rows)
    assert sum(nodes) < all_nodes * 4 / 5  # a random model spreads its bets
    for found, (text, margin, _) in zip(pruned, whole, strict=True):
        assert found.text == text
        wanted = min(margin, climbing.SURE)
        assert min(found.margin, climbing.SURE) == pytest.approx(wanted, abs=1e-3)


def test_batched_equals_single(bash, loaded):
    engine = Torch(bash, loaded, "rescore", mix=0.5)
    assert parity(engine, bash.load("test"))["differing"] == 0


def test_a_dictation_by_the_protocol_has_one_candidate(bash, loaded):
    row = Example("1", "git space push space dash u", "")
    found = Torch(bash, loaded, "rescore").answer([row])[0]
    assert (found.text, found.margin) == ("git push -u", math.inf)


class Unlisted(VoiceCommand):
    """A task whose answers cannot be listed, as a fourth one may be."""

    def candidates(self, example, k=40):
        return None


def test_what_cannot_be_listed_is_not_rescored(loaded):
    task = Unlisted()
    with pytest.raises(EngineError, match="voice_command lists no candidates; decode with gram"):
        Torch(task, loaded, "rescore").answer(task.load("valid")[:1])


def test_a_runs_own_mix_is_taken_unless_another_is_named(tuned):
    task = tasks.get("support_label")
    assert engine_of.create(task, tuned, "rescore").mix == 0.3
    assert engine_of.create(task, tuned, "rescore", mix=1.0).mix == 1.0
    with pytest.raises(EngineError, match="mix is 2"):
        engine_of.create(task, tuned, "rescore", mix=2)


def test_the_mix_that_gives_right_answers_most_is_chosen():
    task = tasks.get("support_label")
    right, wrong = task.labels[:2]
    rows = [Example(str(n), "?", right) for n in range(4)]
    # right above a weight of 0.2, and right below two thirds
    trusts_model = [ScoredCandidate(wrong, -5.0, -1.0), ScoredCandidate(right, -1.0, -2.0)]
    trusts_own = [ScoredCandidate(wrong, -1.0, -5.0), ScoredCandidate(right, -3.0, -1.0)]
    mix, shares = choose_mix(task, [trusts_model, trusts_own] * 2, rows)
    assert (shares[0.0], shares[0.5], shares[1.0]) == (0.5, 1.0, 0.5)
    assert mix in (0.4, 0.5)


def pair(of_right: tuple[float, float], of_wrong: tuple[float, float]):
    """Return a label's row of a right and a wrong candidate, by (model, own) scores."""
    right, wrong = tasks.get("support_label").labels[:2]
    scores = ((right, of_right), (wrong, of_wrong))
    return [ScoredCandidate(text, *both) for text, both in scores]


def mix_of(*scored):
    """Return the weight chosen on rows of `pair`, and the share right at each."""
    task = tasks.get("support_label")
    rows = [Example(str(n), "?", task.labels[0]) for n in range(len(scored))]
    return choose_mix(task, scored, rows)


def test_a_row_won_by_a_hair_does_not_choose_the_mix():
    """By shares alone one row of 150 chose 0.1, where 0.4 answers more of 630 others."""
    by_a_hair = pair((-5.0, -4.0), (-4.0, -4.05))
    clear = pair((-1.0, -4.0), (-5.0, -4.2))
    mix, shares = mix_of(by_a_hair, *[clear] * 8, pair((-3.0, -2.0), (-1.0, -1.0)))
    assert shares[0.0] == max(shares.values()) > shares[1.0] and mix > 0.5


def test_one_hopeless_row_does_not_choose_the_mix():
    """By log-probabilities one row that the counter finds absurd outweighed all others."""
    absurd = pair((-4.0, -90.0), (-5.0, -1.0))
    rows = [pair((-6.0, -1.0), (-2.0, -3.0))] * 6
    mix, _ = mix_of(absurd, *rows)
    assert mix < 0.3


def test_where_no_right_answer_is_listed_the_middle_is_chosen():
    wrong = tasks.get("support_label").labels[1]
    mix, shares = mix_of([ScoredCandidate(wrong, -1.0, -2.0)])
    assert mix == 0.5 and set(shares.values()) == {0.0}


def test_of_equals_the_first_listed_is_best():
    assert ranked([ScoredCandidate("a", -1, 0), ScoredCandidate("b", -1, 0)], 1.0)[0].text == "a"
