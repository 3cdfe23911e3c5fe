"""Which language a text is in, as far as a few words tell: by py3langid's bundled model."""

from __future__ import annotations

from functools import cache
from typing import Any

UNLIKELY = 0.005  # the probability of its language, below which a text is in another one
LEAST = 3  # words; of fewer nothing is said, unless it is all but sure
SURE = 1e-6


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def check(language: str) -> None:
    """Raise `ValueError` for a language that texts cannot be told to be in.

    >>> check("de")
    >>> check("english")
    Traceback (most recent call last):
    ValueError: there is no language 'english'; write a code of ISO 639 such as en, de or fr
    """
    if language not in _identifier().labels:
        raise ValueError(
            f"there is no language {language!r}; write a code of ISO 639 such as en, de or fr"
        )


def guess(text: str) -> str:
    """Return a text's language: English, unless it is clearly in another.

    >>> guess("zeige mir alle Dateien in diesem Ordner"), guess("ls dash la")
    ('de', 'en')
    """
    return _identifier().rank(text)[0][0] if is_other(text, "en") else "en"


def is_other(text: str, language: str) -> bool:
    """Say whether a text is clearly in another language.

    >>> is_other("zeige mir alle Dateien in diesem Ordner", "en")
    True
    >>> is_other("show all files in this folder", "en"), is_other("ls dash la", "en")
    (False, False)
    """
    share = dict(_identifier().rank(text))[language]
    return bool(share < (UNLIKELY if len(text.split()) >= LEAST else SURE))
