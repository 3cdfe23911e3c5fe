"""Rows as others write them: what their form is called, and which of their keys hold the prompt."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

CONVERSATIONS = (
    "messages", "conversations", "conversation", "dialogue", "dialog", "turns", "contents",
)  # fmt: skip
SYSTEMS = ("system", "system_prompt", "system_message")
PROMPTS = (
    "prompt", "question", "query", "user", "input", "instruction", "text", "message", "utterance",
    "transcript", "transcription", "dictation", "sentence", "request", "said",
)  # fmt: skip
ANSWERS = (
    "completion", "response", "output", "answer", "target", "label_text", "label_name", "label",
    "command", "assistant", "intent", "reply",
)  # fmt: skip
TOPICS = ("category", "class", "topic")  # the answer, of rows that have no other
MORE_PROMPT = (
    "context", "history", "passage", "document", "documents", "article", "background", "knowledge",
    "examples", "demonstrations", "content", "body", "image", "images", "audio",
)  # fmt: skip
DECLARATIONS = ("tools", "functions")
CALLS = ("tool_calls", "function_call")
THOUGHTS = ("reasoning_content", "reasoning", "thinking", "thought")
ROLES = {
    "user": "user", "human": "user", "customer": "user", "prompter": "user",
    "assistant": "assistant", "gpt": "assistant", "model": "assistant", "bot": "assistant",
    "chatgpt": "assistant", "ai": "assistant", "agent": "assistant",
    "system": "system", "developer": "system",
}  # fmt: skip
FLAT = {  # what is well known by a name
    ("prompt", "completion"): "mlx-lm's and TRL's",
    ("instruction", "output"): "Alpaca's",
    ("instruction", "response"): "Alpaca's or Dolly's",
}


KNOWN = {*CONVERSATIONS, *SYSTEMS, *PROMPTS, *ANSWERS, *TOPICS, *MORE_PROMPT, "id", "group"}


def plain_keys(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with the keys that are known in small letters, as "Prompt " in a table's head.

    >>> plain_keys({"Prompt ": "ls", "System Prompt": "Write.", "Speaker": 3})
    {'prompt': 'ls', 'system_prompt': 'Write.', 'Speaker': 3}
    """
    plain = {key: "_".join(key.lower().split()) for key in row}
    twice = Counter([*plain.values(), *(key for key in row if key != plain[key])])
    return {
        plain[key] if plain[key] in KNOWN and twice[plain[key]] == 1 else key: value
        for key, value in row.items()
    }


class OtherForm(ValueError):
    """A row in a form that `import-rows` reads and a data folder does not hold."""


def refuse(row: Mapping[str, Any]) -> None:
    """Raise `OtherForm` for a row in another form.

    >>> refuse({"prompt": "wc dash L", "completion": "wc -l"})
    Traceback (most recent call last):
    helpers.core.forms.OtherForm: holds 'prompt' and 'completion' in place of 'messages': ...
    """
    if "messages" in row:
        _refuse_turns(row["messages"])
        return
    row = plain_keys(row)
    for key in CONVERSATIONS[1:]:
        if isinstance(row.get(key), list):
            raise OtherForm(f"holds '{key}' in place of 'messages': the form is ShareGPT's")
    prompts = [key for key in PROMPTS if key in row]
    answers = [key for key in ANSWERS if key in row] or [key for key in TOPICS if key in row]
    if not prompts or not answers or ("instruction" in row and "response" in row):
        return
    name = next((name for pair, name in FLAT.items() if row.keys() >= set(pair)), "")
    known = f": the form is {name}" if name else ""
    held = " and ".join(repr(key) for key in [*prompts, *answers])
    raise OtherForm(f"holds {held} in place of 'messages'{known}")


def refuse_lost(row: Mapping[str, Any], turns: tuple[str, ...]) -> None:
    """Raise `OtherForm` for a key with text of the prompt that is in none of the turns."""
    flat, row = "messages" not in row, plain_keys(row)
    keys = {*SYSTEMS, *PROMPTS, *MORE_PROMPT, *DECLARATIONS} - ({"instruction"} if flat else set())
    for key in sorted(keys & row.keys()):
        if not lost(key, row[key], turns):
            continue
        name = ": the form is Alpaca's or Dolly's" if flat and key in ("input", "context") else ""
        raise OtherForm(f"{key!r} holds text of the prompt{name}")


def refuse_several(row: Mapping[str, Any]) -> None:
    """Raise `ValueError` for a row with a response and another text that is an answer, too.

    >>> refuse_several({"response": "ls", "output": "ls", "label": 3})
    >>> refuse_several({"response": "ls", "output": "ls -l"})
    Traceback (most recent call last):
    ValueError: has several answers, response and output; leave one of them
    """
    for key, value in plain_keys(row).items():
        other = key in ANSWERS and isinstance(value, str) and value.strip()
        if other and value != row.get("response"):
            raise ValueError(f"has several answers, response and {key}; leave one of them")


def lost(key: str, value: Any, turns: tuple[str, ...]) -> bool:
    """Return whether a key holds what no turn says; a copy of a turn, or of all, is none.

    >>> lost("text", "### ls dash L ### ls -l", ("", "ls dash L", "ls -l"))
    False
    """
    if key == "context" and not isinstance(value, str):
        return False
    if not isinstance(value, str):
        return value not in (None, [], {}, False)
    text = value.strip()
    return bool(text) and text not in turns and not all(turn.strip() in text for turn in turns)


def _refuse_turns(turns: Any) -> None:
    """Raise `OtherForm` for turns whose roles, contents or calls are written in another way."""
    if isinstance(turns, str) and turns.lstrip().startswith("["):
        raise OtherForm("its 'messages' are a text, and a row's are a list")
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        return
    if any(turn.get(key) for turn in turns for key in CALLS):
        raise OtherForm("answers with tool_calls, and a row's answer is its content")
    if any("from" in turn or "value" in turn for turn in turns):
        raise OtherForm("its turns have 'from' and 'value': the form is ShareGPT's")
    if any(isinstance(turn.get("content"), list) for turn in turns):
        raise OtherForm("its contents are lists of parts, and a row's are texts")
    if any(turn.get(key) for turn in turns for key in THOUGHTS):
        raise OtherForm("its answer has thoughts beside it, which nobody would learn")
    for turn in turns:
        role = turn.get("role")
        plain = ROLES.get(role.strip().lower()) if isinstance(role, str) else None
        if plain and plain != role:
            raise OtherForm(f"has the role {role!r}; a row's roles are system, user, assistant")
    last = turns[-1].get("content") if turns else None
    if isinstance(last, int | float):
        raise OtherForm(f"its answer is the number {last}; write the label's name")


def container(text: str) -> str:
    """Return what a text of JSON is that is not one row a line; empty where nothing tells.

    >>> container('[{"a": 1}]'), container('{"a":\\n1}'), container('{"a": 1},\\n{"a": 2},')
    ('a JSON array', 'JSON over several lines', 'JSON with a comma after each row')
    """
    text = text.lstrip("\ufeff \t\r\n")
    first, _, _ = text.partition("\n")
    if text.startswith("["):
        return "a JSON array" if text[1:].lstrip().startswith(("{", "]")) else ""
    if not text.startswith("{"):
        return _table(first)
    try:
        value, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return ""
    if not text[end:].strip() and rows_inside(value):
        return "an object around its rows"
    if "\n" in text[:end]:
        return "JSON over several lines"
    return "JSON with a comma after each row" if first[end:].strip() == "," else ""


def rows_inside(value: Any) -> dict[str, list[dict[str, Any]]]:
    """Return the lists of objects, by key, of an object that is no row but holds some.

    >>> list(rows_inside({"version": 1, "data": [{"a": 1}]})), rows_inside({"messages": [{}]})
    (['data'], {})
    """
    if not isinstance(value, dict) or value.keys() & {*CONVERSATIONS, *DECLARATIONS, "completion"}:
        return {}
    return {
        key: some
        for key, some in value.items()
        if isinstance(some, list) and some and all(isinstance(one, dict) for one in some)
    }


def _table(header: str) -> str:
    for mark, name in ((",", "CSV"), ("\t", "a table with tabs"), (";", "CSV with semicolons")):
        columns = {column.strip(' "\r').lower() for column in header.split(mark)}
        if columns & {*PROMPTS} and columns & {*ANSWERS, *TOPICS}:
            return name
    return ""
