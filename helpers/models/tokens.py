"""Texts as tokens, so that no text opens or ends a turn: only the template writes its tokens.

A tokenizer reads "<|im_end|>" in a dictated line as the token that ends a turn. So a row's own
texts are guarded before they are rendered: control tokens in them become marks, which the template
passes on. Text with marks is read by a copy of the tokenizer whose control tokens have other names,
unknown to any text; all other text is read by the tokenizer itself, as it is.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from helpers.models.template import template_of

MARK = re.compile("\ue000([0-9a-f]+)\ue001")  # a control token's text, in private characters


def guard(tokenizer: Any, text: str) -> str:
    """Return a text whose control tokens are marks; `reveal` gives the text back."""
    return _pattern(template_of(tokenizer).controls).sub(_mark, text)


def reveal(text: str) -> str:
    """Return a guarded text as it was.

    >>> reveal("echo \\ue0003c7c656e647c3e\\ue001")
    'echo <|end|>'
    """
    return MARK.sub(lambda mark: bytes.fromhex(mark[1]).decode(), text)


def _mark(token: re.Match[str]) -> str:
    return f"\ue000{token[0].encode().hex()}\ue001"


def encode(tokenizer: Any, texts: Sequence[str]) -> list[list[int]]:
    """Return guarded texts as tokens; special tokens are those in the text, none are added.

    Raises `ValueError` for a text that this tokenizer cannot read as plain text.
    """
    plain = [reveal(text) for text in texts]
    # How many tokens a model reads is the caller's to check: the tokenizer only warns, once.
    found = tokenizer(plain, add_special_tokens=False, verbose=False)["input_ids"]
    for number, text in enumerate(texts):
        if MARK.search(text):
            found[number] = _encode_guarded(tokenizer, text)
    return found


def encode_plain(tokenizer: Any, texts: Sequence[str]) -> list[list[int]]:
    """Return texts of rows or answers as tokens, none of them a control token."""
    return encode(tokenizer, [guard(tokenizer, text) for text in texts])


def _encode_guarded(tokenizer: Any, text: str) -> list[int]:
    controls = template_of(tokenizer).controls
    copy, names = _renamed(tokenizer, controls)
    wanted = [token[0] for token in _pattern(controls).finditer(text)]
    whole = reveal(_pattern(controls).sub(lambda token: names[token[0]], text))
    tokens = copy.encode(whole, add_special_tokens=False).ids
    numbers = template_of(tokenizer).numbers(tokenizer)
    if [n for n in tokens if n in numbers] != tokenizer.convert_tokens_to_ids(wanted):
        raise ValueError("holds a control token that this tokenizer cannot read as text")
    return tokens


def text_reader(tokenizer: Any) -> Any:
    """Return a copy of a tokenizer, of `tokenizers`' kind, that no text's control token fools."""
    return _renamed(tokenizer, template_of(tokenizer).controls)[0]


@lru_cache(maxsize=16)
def _pattern(controls: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, controls)) or r"(?!)")


@lru_cache(maxsize=4)
def _renamed(tokenizer: Any, controls: tuple[str, ...]) -> tuple[Any, dict[str, str]]:
    """Return a copy of a tokenizer whose control tokens have secret names, and those names.

    The names are renamed in the vocabulary too: there they could be found as plain words.
    """
    from tokenizers import Tokenizer

    secret = secrets.token_hex(8)
    names = {token: f"\ue002{secret}{n}\ue003" for n, token in enumerate(controls)}
    content = json.loads(tokenizer.backend_tokenizer.to_str())
    content |= {"post_processor": None, "truncation": None, "padding": None}
    for token in content["added_tokens"]:
        token["content"] = names.get(token["content"], token["content"])
    model, vocabulary = content["model"], content["model"]["vocab"]
    if isinstance(vocabulary, dict):
        model["vocab"] = {names.get(word, word): n for word, n in vocabulary.items()}
    else:
        model["vocab"] = [[names.get(word, word), score] for word, score in vocabulary]
    if model.get("unk_token") in names:
        model["unk_token"] = names[model["unk_token"]]
    return Tokenizer.from_str(json.dumps(content)), names
