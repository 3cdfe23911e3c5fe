"""What code can see of a text before any judge: that it is speech, and not the prompt again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpers.core.text import CONTROLS
from helpers.evaluation.grading import collapse
from helpers.factory import languages, templates
from helpers.factory.drafts import Draft
from helpers.tasks.base import Task
from helpers.tasks.scenarios import gives_away

LONGEST = 600  # characters
LEAST = 25  # characters of a line of the prompt, so that it is no chance to meet it again
REPEATS = 90  # percent of RapidFuzz's `partial_ratio`
FORM = re.compile(r"```|<\|.*?\|>|^\s*[\[{]|^\s*#|\w+\s*=\s*\{|\\n")  # of code, marks and JSON
BABBLE = re.compile(r"(\b.{2,40}?)(?:\W+\1\b){6,}", re.IGNORECASE | re.DOTALL)


def check(drafts: Sequence[Draft], task: Task) -> list[Draft]:
    """Turn down texts that are no speech, in another language, or the prompt or answer again."""
    return [draft if draft.lost else _checked(draft, task) for draft in drafts]


def _checked(draft: Draft, task: Task) -> Draft:
    why = reason(draft, task)
    return draft.lose("check", why) if why else draft.step("check", "kept")


def reason(draft: Draft, task: Task) -> str:
    """Return why a text cannot be a row, whatever a judge would say; empty if it can."""
    text, case = draft.text, draft.case
    if not any(letter.isalnum() for letter in text):
        return "empty"
    if gives_away(text, task.secrets(case.answer)):
        return "gives the answer away"
    if len(text) > LONGEST or BABBLE.search(text):
        return "goes on and on"
    if len(text.splitlines()) > 1 or FORM.search(text) or CONTROLS.search(text):
        return "not speech"
    plain, said = (collapse(one).casefold() for one in (text, case.said))
    if plain == said or _repeats(plain, templates.shown(case, task)):
        return "repeats the prompt"
    if languages.is_other(text, case.language):
        return "another language"
    return ""


def _repeats(plain: str, prompt: Sequence[str]) -> bool:
    """Say whether a text is a line of the prompt, or has a long one in it."""
    from rapidfuzz import fuzz

    for line in map(str.casefold, prompt):
        if plain == line:
            return True
        long = min(len(plain), len(line)) >= LEAST
        if long and fuzz.partial_ratio(plain, line, score_cutoff=REPEATS):
            return True
    return False
