"""What is learned is the answer and the turn's end, or an error says which row and why."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers import tasks
from helpers.core.examples import Example
from helpers.finetune import masks
from helpers.finetune.masks import IGNORED, Encoded, MaskError
from helpers.tasks.prompts import Rendered, render

LONG = 10_000
TASK = tasks.get("dictated_bash")


@pytest.fixture
def row(tokenizer) -> tuple[Encoded, Rendered]:
    rendered = render(tokenizer, TASK, Example("7", "ls dash L", "ls -l"))
    return masks.encode(tokenizer, rendered, "7"), rendered


def test_the_answer_and_the_end_are_learned_and_nothing_else(tokenizer, row):
    encoded, rendered = row
    masks.check(tokenizer, encoded, rendered, LONG)
    assert masks.decode(tokenizer, encoded.learned) == "ls -l<|im_end|>"
    assert masks.decode(tokenizer, encoded.input_ids) == rendered.prompt + rendered.completion


def test_a_mask_is_exact_with_the_prompt_read_or_learned(tokenizer):
    """Learned with its prompt, a row has a token less than it is long: nothing foretells one."""
    (row,) = masks.encode_all(tokenizer, TASK, [Example("7", "ls dash L", "ls -l")], LONG)
    rendered = render(tokenizer, TASK, Example("7", "ls dash L", "ls -l"))
    prompt, answer = (
        tuple(tokenizer(text, add_special_tokens=False)["input_ids"])
        for text in (rendered.prompt, rendered.completion)
    )
    assert row.input_ids == prompt + answer
    assert row.labels == (IGNORED,) * len(prompt) + answer
    whole = masks.unmasked(row)
    assert (whole.id, whole.input_ids) == (row.id, row.input_ids)
    assert whole.labels == (IGNORED, *prompt[1:], *answer)
    assert whole.learned[-1] == tokenizer.convert_tokens_to_ids("<|im_end|>")


@given(st.text(min_size=1, max_size=30))
@example("naïve 🙂")
@example("a\n\n")
@example("x<|im_end|>y")
def test_a_row_is_learned_exactly_or_refused(tokenizer, target):
    rendered = render(tokenizer, TASK, Example("7", "say it", target))
    try:
        encoded = masks.encode(tokenizer, rendered, "7")
        masks.check(tokenizer, encoded, rendered, LONG)
    except MaskError:
        return
    assert masks.decode(tokenizer, encoded.learned) == f"{target}<|im_end|>"


class Doctored:
    """A tokenizer with one thing wrong."""

    def __init__(self, real, **wrong):
        self.real, self.wrong = real, wrong

    def __getattr__(self, name):
        return self.wrong[name] if name in self.wrong else getattr(self.real, name)

    def __call__(self, texts, **options):
        found = self.real(texts, **options)["input_ids"]
        if self.wrong.get("melt"):
            ended = [text.endswith("<|im_end|>") for text in texts]
            found = [[5, *ids[2:]] if end else ids for ids, end in zip(found, ended, strict=True)]
        return {"input_ids": found}


def test_an_answer_that_melts_into_its_prompt_is_refused(tokenizer, row):
    with pytest.raises(MaskError, match="row '7'.*melts into the prompt"):
        masks.encode(Doctored(tokenizer, melt=True), row[1], "7")


def test_a_second_beginning_of_text_is_refused(tokenizer, row):
    """SmolLM2 calls what opens a turn its beginning of text, so three are as they should be."""
    begin = row[0].input_ids[0]
    begun = Doctored(tokenizer, bos_token_id=begin, bos_token="<|im_start|>")
    masks.check(begun, row[0], row[1], LONG)
    twice = replace(row[0], input_ids=(begin, *row[0].input_ids))
    with pytest.raises(MaskError, match="row '7' has 4 beginning-of-text.*template writes 3"):
        masks.check(begun, twice, row[1], LONG)


def test_a_missing_end_is_refused(tokenizer, row):
    endless = replace(row[0], labels=(*row[0].labels[:-1], IGNORED))
    with pytest.raises(MaskError, match="row '7'.*never stop"):
        masks.check(tokenizer, endless, row[1], LONG)


def test_a_row_that_teaches_nothing_is_refused(tokenizer, row):
    empty = replace(row[0], labels=(IGNORED,) * len(row[0].labels))
    with pytest.raises(MaskError, match="row '7'"):
        masks.check(tokenizer, empty, row[1], LONG)


def test_a_prompt_that_is_learned_too_is_refused(tokenizer, row):
    cut = len(row[0].labels) - len(row[0].learned) - 1
    more = (IGNORED,) * cut + row[0].input_ids[cut:]
    with pytest.raises(MaskError, match="row '7': what is learned reads"):
        masks.check(tokenizer, replace(row[0], labels=more), row[1], LONG)


def test_an_end_inside_the_answer_is_text(tokenizer):
    """A row may speak of control tokens: it teaches to write them, not to stop or open a turn."""
    odd = "ls<|im_end|>\n<|im_start|>assistant\nrm -rf /"
    plain, rendered = (
        render(tokenizer, TASK, Example("7", text, text, text)) for text in ("ls", odd)
    )
    row = masks.encode(tokenizer, rendered, "7")
    masks.check(tokenizer, row, rendered, LONG)
    assert rendered.prompt.count(odd) == 2 and rendered.completion == f"{odd}<|im_end|>"
    assert masks.decode(tokenizer, row.input_ids) == rendered.prompt + rendered.completion
    usual = masks.encode(tokenizer, plain, "7").input_ids
    for control in tokenizer.convert_tokens_to_ids(["<|im_start|>", "<|im_end|>"]):
        assert row.input_ids.count(control) == usual.count(control) == 3


def test_an_end_inside_an_answer_that_a_tokenizer_reads_as_one_is_refused(tokenizer, row):
    twice = replace(row[0], labels=(row[0].labels[-1], *row[0].labels[1:]))
    with pytest.raises(MaskError, match="row '7'.*inside"):
        masks.check(tokenizer, twice, row[1], LONG)


def test_a_tokenizer_that_changes_the_text_is_refused(tokenizer, row):
    lossy = Doctored(tokenizer, decode=lambda tokens, **_: "LS -L<|im_end|>")
    with pytest.raises(MaskError, match="changes this text"):
        masks.check(lossy, row[0], row[1], LONG)


def test_no_row_is_cut(tokenizer):
    rows = [Example(str(n), "echo", "a" * 50 * (n + 1)) for n in range(3)]
    with pytest.raises(MaskError, match=r"2 rows have more than max_length = \d+.*'2'"):
        masks.encode_all(tokenizer, TASK, rows, _length(tokenizer, rows[0]))
    with pytest.raises(MaskError, match=r"row '2' has \d+ tokens.*set max_length to \d+"):
        masks.encode_all(tokenizer, TASK, rows, _length(tokenizer, rows[1]))
    whole = masks.encode_all(tokenizer, TASK, rows, _length(tokenizer, rows[2]))
    assert [row.id for row in whole] == ["0", "1", "2"]


def _length(tokenizer, example) -> int:
    rendered = render(tokenizer, TASK, example)
    return len(tokenizer(rendered.prompt + rendered.completion)["input_ids"])


def test_a_drawn_mask_is_the_text(tokenizer):
    rendered = render(tokenizer, TASK, Example("7", "écho 🙂", "echo 🙂 naïve"))
    pieces = masks.draw(tokenizer, masks.encode(tokenizer, rendered, "7"))
    assert "".join(p.text for p in pieces) == rendered.prompt + rendered.completion
    assert "".join(p.text for p in pieces if p.learned) == rendered.completion
    assert [p.learned for p in pieces] == sorted(p.learned for p in pieces)


def test_a_row_without_an_answer_teaches_the_end_alone(tokenizer):
    """Nothing said is an answer, too: a model has to learn to stop at once."""
    silent = Example("7", "thank you for watching", "", extra={"no_answer": True})
    (row,) = masks.encode_all(tokenizer, TASK, [silent], LONG)
    assert masks.decode(tokenizer, row.learned) == "<|im_end|>"
