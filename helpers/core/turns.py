"""The turns of a row: who said what, and that nothing a row needs is missing from it."""

from __future__ import annotations

from typing import Any

from helpers.core import forms, thoughts

NO_ANSWER = "no_answer"  # the key of a row whose right answer is nothing


def turns_of(row: dict[str, Any]) -> tuple[str, str, str]:
    """Return the system, user and assistant turn of a row; the first is empty where there is none.

    Raises `ValueError` that says what is wrong and how to mend it.

    >>> turns_of({"instruction": "say hi", "response": "hi"})
    ('', 'say hi', 'hi')
    """
    forms.refuse(row)
    if "messages" in row:
        messages = row["messages"]
        roles = [m.get("role") if isinstance(m, dict) else None for m in _as_list(messages)]
        if roles not in (["system", "user", "assistant"], ["user", "assistant"]):
            raise ValueError(
                f"'messages' has the roles {roles}; write a system, a user and an assistant turn"
            )
        named = {m["role"]: m.get("content") for m in messages}
        system = named.get("system")
        turns = ("" if system is None else system, named["user"], named["assistant"])
    elif "instruction" in row:
        forms.refuse_several(row)
        turns = ("", row["instruction"], row.get("response"))
    else:
        raise ValueError("has no 'messages'; add them, or 'instruction' and 'response'")
    for name, content in zip(("system", "user", "assistant"), turns, strict=True):
        if not isinstance(content, str):
            raise ValueError(f"the {name} turn is not a text; write its content as a string")
    if not turns[1].strip():
        raise ValueError("the user turn is empty; remove the row or fill it")
    check_answer(turns[2], row)
    if thoughts.present(turns[2]):
        raise ValueError("the answer holds a think block; import-rows strips it")
    forms.refuse_lost(row, turns)
    return turns


def check_answer(answer: str, row: dict[str, Any]) -> None:
    """Raise `ValueError` unless a row has an answer, or says by `no_answer` that it has none.

    >>> check_answer("", {"no_answer": True})
    >>> check_answer("ls", {"no_answer": True})
    Traceback (most recent call last):
    ...
    ValueError: says 'no_answer' and has an answer; take one of them out
    """
    nothing = row.get(NO_ANSWER, False)
    if not isinstance(nothing, bool):
        raise ValueError(f"'{NO_ANSWER}' is {nothing!r}; write true, or leave the key out")
    if nothing and answer.strip():
        raise ValueError(f"says '{NO_ANSWER}' and has an answer; take one of them out")
    if not nothing and not answer.strip():
        raise ValueError(
            "the assistant turn is empty; remove the row or fill it, or say "
            f'"{NO_ANSWER}": true where nothing is the right answer'
        )


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
