"""Cases: drawn for each task's scenarios, or read from a file of one's own."""

import json
from dataclasses import replace

import pytest
from some_cases import write_cases

from helpers import factory, tasks
from helpers.core.examples import DataError, Example
from helpers.factory import checks, languages, preview, structured, templates
from helpers.factory.cases import SCHEMA, batches
from helpers.tasks.scenarios import gives_away

SCENARIOS = {
    "dictated_bash": ["heard", "natural", "chaotic"],
    "support_label": ["rant", "two_topics", "typos"],
    "voice_command": [
        "app", "workspace", "layout", "display", "notes", "filler", "wrong_names",
    ],
}  # fmt: skip


@pytest.fixture(scope="module", params=SCENARIOS)
def drawn(request):
    """A task, all its rows, and cases of every scenario."""
    task = tasks.get(request.param)
    known = factory.Known.of(task)
    return task, known, factory.make(task, 21, seed=5, known=known)


def test_every_scenario_has_cases_and_none_is_near_a_row_held_out(drawn):
    task, known, cases = drawn
    names = [case.scenario.name for case in cases]
    assert sorted(set(names)) == sorted(SCENARIOS[task.name])
    assert len({case.id for case in cases}) == len(cases) == 21
    assert max(map(names.count, names)) - min(map(names.count, names)) == 0
    held = {row.group for split in ("valid", "test") for row in task.load(split)}
    assert not held & {case.group for case in cases} and all(case.category for case in cases)
    if task.open_targets:
        rows = [case.example(task, f"text {n}") for n, case in enumerate(cases)]
        assert known.near_held_out(rows) == {}
    assert cases == factory.make(task, 21, seed=5, known=known)
    for case in cases:
        task.check(case.example(task, "x"))


def test_prompts_show_rows_and_cases_and_what_is_plainly_said_passes_no_check(drawn):
    task, _, cases = drawn
    generator = factory.Generator(task, factory.Model("m"))
    for batch in batches(cases, 3):
        turns = generator.request(batch)["messages"]
        assert [turn["role"] for turn in turns] == ["system", *["user", "assistant"] * 3, "user"]
        assert all(f"answer: {case.answer}" in turns[-1]["content"] for case in batch)
        assert turns[0]["content"].count(batch[0].scenario.how) == 1
        for case in batch:
            draft = factory.Draft(case, case.said)
            assert checks.reason(draft, task) in ("repeats the prompt", "gives the answer away")
            assert checks.reason(replace(draft, text=case.answer), task) != "" or (
                not task.secrets(case.answer)
            )


def test_rows_of_train_are_seldom_taken_for_another_language(drawn):
    task, known, _ = drawn
    rows = known.rows["train"][::13]
    assert sum(languages.is_other(row.prompt, "en") for row in rows) / len(rows) < 0.01


def test_rows_of_train_give_no_answer_away(drawn):
    """Short commands are said as they are written; longer ones with a mark hardly ever."""
    task, known, _ = drawn
    rows = [row for row in known.rows["train"][::29] if not row.no_answer]
    given = [row for row in rows if gives_away(row.prompt, task.secrets(row.target))]
    assert len(given) / len(rows) < 0.05


def test_a_dry_run_knows_what_may_be_asked_and_what_it_costs(drawn):
    task, _, cases = drawn
    judge = factory.ModelJudge(task, factory.Model("j"))
    one = factory.Factory(factory.Generator(task, factory.Model("g")), [judge], 7)
    prices = {"g": factory.Price(1.0, 2.0), "j": factory.Price(0.0, 1.0)}
    told = preview.cost(one, cases, factory.Budget(prices=prices))
    assert told["requests"] == len(batches(cases, 7)) + 21
    # 80 tokens a text at 2 dollars and 250 a verdict at 1, a million of each
    answers = (21 * 80 * 2 + 21 * 250) / 1e6
    assert answers < told["dollars_at_most"] < 10 * answers
    assert preview.cost(one, cases, factory.Budget())["dollars_at_most"] is None
    assert cases[0].answer in preview.text(one, cases, factory.Budget())


def test_own_cases_are_read_in_any_language_and_shown_no_rows_in_another(tmp_path, labels):
    path = tmp_path / "cases.jsonl"
    path.write_text(
        '{"answer": "delivery_late", "said": "wo bleibt mein Paket", "language": "de"}\n'
        '{"answer": "product_defect", "category": "broken", "context": {"a": 1}, "id": "x"}\n'
    )
    german, other = factory.read(path, labels)
    assert (german.language, german.category) == ("de", "delivery_late")
    assert (other.id, other.category, other.context) == ("x", "broken", {"a": 1})
    system, *rest = templates.generate([german], labels)
    assert 'the code "de"' in system["content"] and len(rest) == 1
    said = factory.Draft(german, "seit Wochen warte ich auf mein Paket und niemand antwortet")
    assert checks.reason(said, labels) == ""
    english = replace(said, text="I have been waiting for my parcel for several weeks")
    assert checks.reason(english, labels) == "another language"
    assert len(batches([german, other], 20)) == 2


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"said": "hi"}', "must contain"),
        ('{"answer": ""}', "answer must be longer than or equal to 1 characters; mend it"),
        ('{"answer": " "}', "has an empty answer; write what is to be answered"),
        ('{"answer": 7}', "answer must be string; mend it"),
        ('{"answer": "delivery_late", "text": "hi"}', "must not contain {'text'} properties"),
        ('{"answer": "delivery_lat"}', "'delivery_lat' is not in labels.json"),
        ('{"answer": "delivery_late", "language": "xx"}', "there is no language 'xx'"),
        ('{"answer": "delivery_late"', "is not JSON"),
        ("[]", "must be object"),
    ],
)
def test_a_bad_case_is_named_with_its_line(tmp_path, labels, line, why):
    path = write_cases(tmp_path / "cases.jsonl", count=2)
    path.write_text(f"{path.read_text()}{line}\n")
    with pytest.raises(DataError) as error:
        factory.read(path, labels)
    assert f"{path} line 3: " in str(error.value) and why in str(error.value)


def test_own_cases_go_to_scenarios_that_they_suit(tmp_path):
    voice, path = tasks.get("voice_command"), tmp_path / "cases.jsonl"
    call = '{"kind":"command","action":"app.quit","arguments":{"app":"Zoom%d"}}'
    listed = '{"kind":"command","action":"workspace.list","arguments":{}}'
    answers = [*(call % n for n in range(6)), listed, '{"kind":"note"}']
    path.write_text("".join(json.dumps({"answer": one}) + "\n" for one in answers))
    cases = factory.read(path, voice)
    assert all(case.scenario.wants(case.example(voice, "")) for case in cases)
    assert {case.scenario.name for case in cases[:6]} == {"app", "filler", "wrong_names"}


def test_one_answer_in_two_languages_or_groups_is_several_cases(tmp_path, labels):
    path = tmp_path / "cases.jsonl"
    rows = [{"language": "en"}, {"language": "de"}, {"language": "de", "group": "g"}]
    lines = (json.dumps({"answer": "delivery_late"} | row) + "\n" for row in rows)
    path.write_text("".join(lines))
    assert len({case.id for case in factory.read(path, labels, "rant")}) == 3


def test_a_label_that_is_a_plain_word_may_be_said(tmp_path):
    (tmp_path / "labels.json").write_text('["other", "refund_late"]', encoding="utf-8")
    own = tasks.get("support_label", tmp_path)
    honest = factory.Draft(factory.Case("1", "other"), "I have a question about another matter")
    assert checks.reason(honest, own) == ""
    told = factory.Draft(factory.Case("2", "refund_late"), "this is about refund_late I think")
    assert checks.reason(told, own) == "gives the answer away"


def test_a_repeated_case_and_an_empty_file_are_errors(tmp_path, labels):
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps({"answer": "delivery_late", "id": "a"}) + "\n")
    path.write_text(path.read_text() * 2)
    with pytest.raises(DataError, match="line 2: repeats the case 'a'"):
        factory.read(path, labels)
    path.write_text("")
    with pytest.raises(DataError, match="holds no cases"):
        factory.read(path, labels)
    with pytest.raises(DataError, match="cannot be read"):
        factory.read(tmp_path / "none.jsonl", labels)


def test_a_wrong_scenario_lists_the_right_ones(labels):
    with pytest.raises(ValueError, match="no scenario 'angry'; choose one of mixed, rant, two"):
        factory.make(labels, 3, "angry")
    with pytest.raises(ValueError, match="48 answers too few suit the scenario 'rant'"):
        factory.make(labels, 150)
    assert len(factory.make(labels, 6)) == 6  # a reader's rows suit any scenario, each one


def test_openrouter_is_told_to_take_no_model_that_forbids_it(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    from helpers.engines.api.endpoint import Endpoint

    there = Endpoint("https://openrouter.ai/api/v1")
    turns = [{"role": "user", "content": "hi"}]
    body = factory.Model("m", there).request(turns, structured.said(1), 10)
    assert body["extra_body"] == {"provider": {"enforce_distillable_text": True}}
    assert "enforced by OpenRouter" in factory.Model("m", there).settings["distillable"]
    free = factory.Model("m", there, distillable=False)
    assert "extra_body" not in free.request(turns, structured.said(1), 10)
    assert "switched off" in free.terms
    here = factory.Model("m", Endpoint("http://127.0.0.1:1/openrouter.ai"))
    assert "extra_body" not in here.request(turns, structured.said(1), 10)
    assert "not checked" in here.terms


def test_the_documented_schema_is_the_one_that_is_checked(labels, tmp_path):
    """README shows a case with every key."""
    from helpers.core import paths

    page = (paths.root() / "helpers" / "factory" / "README.md").read_text()
    shown = json.loads(page.partition("my_cases.jsonl")[2].partition("```json\n")[2].split("\n")[0])
    structured.check(shown, SCHEMA)
    assert shown.keys() == SCHEMA["properties"].keys()


def test_a_folder_without_rows_shows_none(tmp_path, labels):
    """A reader may begin with labels and cases alone."""
    (labels.folder / "train.jsonl").unlink()
    (case,) = factory.read(write_cases(tmp_path / "cases.jsonl", count=1), labels)
    assert len(templates.generate([case], labels)) == 2
    assert factory.Known.of(labels).rows["train"] == []


def test_a_row_has_no_group_of_its_own_where_the_case_names_none(labels):
    assert factory.Case("c", "delivery_late").example(labels, "hi") == Example(
        "c", "hi", "delivery_late", labels.system, "c"
    )
