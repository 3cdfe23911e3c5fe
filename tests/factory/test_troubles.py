"""A server that is slow, busy, broken, or writes what nobody asked for: counted, and none of it
in the data.
"""

import json
import stat
from pathlib import Path

import pytest
import stamina
from some_cases import KEY, write_cases
from speaker import FINE, GERMAN, TEXTS

from helpers import factory
from helpers.core.examples import EngineError, read_rows
from helpers.engines.api.endpoint import Endpoint
from helpers.factory import report
from helpers.tasks.base import Task

IN_TEXTS = {  # a case's trouble, and how the report counts it
    "german": ("check", "another language"),
    "empty": ("check", "empty"),
    "babble": ("check", "goes on and on"),
    "code": ("check", "not speech"),
    "two lines": ("check", "not speech"),
    "leak": ("check", "gives the answer away"),
    "prompt": ("check", "repeats the prompt"),
    "shot": ("check", "repeats the prompt"),
    "plain": ("check", "repeats the prompt"),
    "wrong": ("judge", "another meaning"),
    "never": ("judge", "rewritten too often"),
    "spoil": ("judge", "rewrite: another language"),
}
IN_REQUESTS = {"broken": ("generate", "broken JSON"), "down": ("generate", "no answer")}


def made(task: Task, speaker, ledger, batch_size: int = 1, **options) -> factory.Factory:
    """A factory at the server, its generator and judge two models."""
    endpoint = Endpoint(speaker.url, tries=options.pop("tries", 2), timeout=2.0, ledger=ledger)
    writer, judge = factory.Model("writer", endpoint, 0.8), factory.Model("judge", endpoint)
    return factory.Factory(
        factory.Generator(task, writer), [factory.ModelJudge(task, judge)], batch_size, **options
    )


def run(tmp_path: Path, task: Task, speaker, troubles: list[str], **options):
    """Run the factory on cases in trouble, and on as many that are in none."""
    cases = factory.read(write_cases(tmp_path / "cases.jsonl", troubles), task)
    ledger = factory.PrivateLedger(tmp_path / "asked.txt", options.pop("budget", None))
    one, known = made(task, speaker, ledger, **options), factory.Known.of(task)
    output = one.run(cases, known)
    return output, report.build(one, output, known, ledger)


def test_every_trouble_is_counted_and_none_is_in_the_data(
    tmp_path, labels, speaker, runs_dir, capfd
):
    """The slow and the busy are asked again; what is broken twice, or stays down, is lost."""
    troubles = [*IN_TEXTS, *IN_REQUESTS, "slow", "busy", "broken once"]
    output, told = run(tmp_path, labels, speaker, troubles)
    fates = {d.case.said.rpartition("trouble: ")[2]: d.fate for d in output.drafts[:14]}
    assert fates == IN_TEXTS | IN_REQUESTS
    counted = {(s["stage"], name): n for s in told["stages"] for name, n in s["reasons"].items()}
    assert counted == {
        fate: list((IN_TEXTS | IN_REQUESTS).values()).count(fate)
        for fate in (IN_TEXTS | IN_REQUESTS).values()
    }
    assert [draft.lost for draft in output.drafts[14:]] == [False] * 4
    assert told["accepted"] == len(output.rows) == 4 and told["cases"] == 18
    tries = told["start"]["tries"]
    assert (tries["too slow"], tries["rate limit"], tries["server error"]) == (1, 1, 2)
    assert tries["sent"] == len(speaker.seen)
    assert "asks again in 1 s" in capfd.readouterr().err  # as Retry-After says
    texts = " ".join(row.prompt for row in output.rows)
    assert not any(trouble in texts for trouble in [*TEXTS.values(), GERMAN, "```", "delivery_"])
    assert all(row.prompt == FINE.format(d.case.said) for row, d in _paired(output))
    page = report.page(told)
    assert all(reason in page for _, reason in IN_TEXTS.values()) and "4 of 18 cases" in page


def _paired(output):
    by_id = {f"made-{draft.case.id}": draft for draft in output.drafts}
    return [(row, by_id[row.id]) for row in output.rows]


def test_a_rewrite_is_judged_again_and_every_row_says_where_it_comes_from(
    tmp_path, labels, speaker
):
    output, told = run(tmp_path, labels, speaker, ["mend"])
    draft = output.drafts[0]
    assert [(s.stage, s.outcome) for s in draft.steps] == [
        ("generate", "kept"), ("check", "kept"), ("judge", "rewritten"), ("judge", "kept"),
        ("deduplicate", "kept"),
    ]  # fmt: skip
    assert draft.text.endswith(", mended") and told["rewritten"] == 1
    assert {row.extra["made_by"]["generator"] for row in output.rows} == {"writer"}
    by_id = {row.id: row for row in output.rows}
    own = by_id["made-c0"].extra["made_by"]
    assert own["judge"] == ["judge"] and own["rewrites"] == 1 and own["template"] and own["commit"]
    assert not {row.group for row in output.train} & {row.group for row in output.evaluation}
    assert output.train and output.evaluation


def test_near_duplicates_of_test_are_none_in_what_is_written(tmp_path, labels, speaker):
    """Two cases say the same, one what a test row says, one what train says: each is lost."""
    path = write_cases(tmp_path / "cases.jsonl", count=3)
    more = {"twin": "the vase had a crack", "other": "my shelf bent", "same": "my shelf bent"}
    lines = [{"id": i, "answer": "product_defect", "said": said} for i, said in more.items()]
    path.write_text(path.read_text() + "".join(json.dumps(line) + "\n" for line in lines))
    ledger, known = factory.PrivateLedger(tmp_path / "asked.txt"), factory.Known.of(labels)
    cases = factory.read(path, labels)
    one = made(labels, speaker, ledger)
    output = one.run(cases, known)
    assert {d.case.id: d.fate[1] for d in output.drafts if d.lost} == {
        "twin": "near a row of test", "same": "equal to another draft",
    }  # fmt: skip
    assert report.build(one, output, known, ledger)["near_duplicates_of_test"] == 0
    assert known.near_held_out(output.rows) == {}


def test_the_key_is_sent_and_nowhere_else(tmp_path, labels, speaker, runs_dir, capfd):
    """Not where the server repeats it: in a text, and in an error."""
    speaker.echo = KEY
    output, told = run(tmp_path, labels, speaker, ["key", "down"])
    report.write(told, tmp_path / "report.json")
    assert speaker.keys == {f"Bearer {KEY}"}
    assert any("(the key)" in row.prompt for row in output.rows)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    said = [file.read_text() for file in files] + [*capfd.readouterr()]
    assert len(files) > 20 and not any(KEY[:12] in text for text in said)


def test_what_is_kept_is_for_nobody_else(tmp_path, labels, speaker, runs_dir):
    run(tmp_path, labels, speaker, [])
    folder = runs_dir / "factory-cache"
    modes = {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700 and modes == {0o600}
    kept = [json.loads(file.read_text()) for file in folder.iterdir()]
    assert {one["request"]["model"] for one in kept} == {"writer", "judge"}
    from helpers.factory import ledger

    assert ledger.empty() == len(kept) and not list(folder.iterdir())


def test_no_more_requests_run_than_allowed(tmp_path, labels, speaker):
    speaker.pause = 0.05
    run(tmp_path, labels, speaker, [], concurrency=3)
    assert speaker.most <= 3


@pytest.mark.parametrize("allowed", [1, 7, 20])
def test_a_budget_of_requests_stops_cleanly_and_for_good(tmp_path, labels, speaker, allowed):
    """Started again with the same budget it asks nothing; with a larger one it goes on."""
    budget = factory.Budget(requests=allowed)
    output, told = run(tmp_path, labels, speaker, [], budget=budget)
    assert len(speaker.seen) == allowed and told["stopped"] == "budget spent"
    assert len(output.drafts) == 18 and "stopped" in report.page(told)
    again, _ = run(tmp_path, labels, speaker, [], budget=budget)
    assert len(speaker.seen) == allowed and again.rows == output.rows
    whole, told = run(tmp_path, labels, speaker, [], budget=factory.Budget(requests=100))
    assert len(speaker.seen) == 36 and told["stopped"] == "" and told["accepted"] == 18


def test_tries_that_failed_count_at_the_next_start_too(tmp_path, runs_dir):
    """Whoever starts it again and again at a server that is down sends no more than allowed."""
    request, sent = {"model": "m", "messages": []}, []

    def fails() -> dict:
        for _ in range(4):
            ledger.trying(request)
            sent.append(request)
        raise EngineError("no answer")

    for error in (EngineError, factory.budget.BudgetSpent, factory.budget.BudgetSpent):
        ledger = factory.PrivateLedger(tmp_path / "asked.txt", factory.Budget(requests=5))
        with pytest.raises(error):
            ledger.remember("0123456789abcdef", request, fails)
    assert len(sent) == 5 and ledger.unanswered == 1


def test_a_budget_in_money_is_never_overrun(tmp_path, labels, speaker):
    prices = {"writer": factory.Price(10.0, 100.0), "judge": factory.Price(10.0, 100.0)}
    budget = factory.Budget(dollars=0.05, prices=prices)
    _, told = run(tmp_path, labels, speaker, [], budget=budget)
    assert 0 < told["dollars"] <= 0.05 and told["stopped"] == "budget spent"


def test_a_reply_that_was_paid_and_no_answer_counts_as_spent(tmp_path, speaker, monkeypatch):
    """Each costs 0.3 of a dollar: the fourth would be too much, now and at the next start."""
    paid = {"choices": [{"message": {"content": None}, "finish_reason": "stop"}]}
    told = json.dumps(paid | {"usage": {"prompt_tokens": 0, "completion_tokens": 3}})

    def waste(self, asked) -> None:
        self.send(200, told)

    monkeypatch.setattr(speaker.RequestHandlerClass, "reply", waste)
    budget = factory.Budget(dollars=1.0, prices={"m": factory.Price(0.0, 100_000.0)})
    for _ in range(2):
        ledger = factory.PrivateLedger(tmp_path / "asked.txt", budget)
        endpoint = Endpoint(speaker.url, tries=9, ledger=ledger)
        request = {"model": "m", "messages": [], "max_tokens": 3}
        with stamina.set_testing(True, attempts=9), pytest.raises(factory.budget.BudgetSpent):
            endpoint.ask(request)
        assert len(speaker.seen) == 3


def test_an_endpoint_may_say_what_an_answer_cost(tmp_path, labels, speaker):
    """Without a price the dearest so far stands for the next: a third of it would be too much."""
    speaker.usage = {"cost": 0.5}
    budget = factory.Budget(dollars=1.2)
    _, told = run(tmp_path, labels, speaker, [], budget=budget, concurrency=1)
    assert told["dollars"] == 1.0 and len(speaker.seen) == 2


def test_a_wrong_key_ends_it_at_once(tmp_path, labels, speaker, monkeypatch):
    def refuse(self, asked) -> None:
        self.send(401, '{"error": {"message": "who?"}}')

    monkeypatch.setattr(speaker.RequestHandlerClass, "reply", refuse)
    with pytest.raises(EngineError, match="who.*check the key in OPENAI_API_KEY"):
        run(tmp_path, labels, speaker, [], concurrency=2)
    assert len(speaker.seen) <= 2


def test_rows_that_were_written_can_be_read_and_trained_on(tmp_path, labels, speaker):
    from helpers.core.examples import write_rows

    output, _ = run(tmp_path, labels, speaker, [])
    write_rows(tmp_path / "train.jsonl", output.train)
    assert read_rows(tmp_path / "train.jsonl", labels.check) == list(output.train)
