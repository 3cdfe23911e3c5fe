"""List the answers to a transcript, few enough for a model to read all of them.

The schema allows every stretch of the speech as a new name, and every position. This list leaves
out what is hardly ever meant: a name that begins or ends with a word such as "the", a side that
was not said.
"""

from __future__ import annotations

import re
from itertools import product

from helpers.tasks.desktop.context import Desktop
from helpers.tasks.desktop.rules import answer
from helpers.tasks.desktop.schema import names
from helpers.tasks.desktop.surface import ACTIONS, NOTE, POSITIONS, answer_json

LONGEST = 4  # words of a new name
MOST = 20  # new names; of a long speech the first ones
EDGES = (
    "a an and app apps as at back bento called can could current day for from get give go hey hide "
    "i i'd in instead into is it it's just know like me mind move my named new no now of off ok "
    "okay on onto open or out over please put quit save see send setup should show so something "
    "switch take thank thanks that the then there this to uh um up wait want we window windows "
    "with workspace would yeah you"
)
NO_EDGE = frozenset(EDGES.split())  # words that no name begins or ends with
SAID = {"top": "top|upper", "bottom": "bottom|lower", "left": "left", "right": "right"}


def possible(transcript: str, desktop: Desktop | None) -> list[str]:
    """Return a note, what the rules answer, and every call that may have been meant.

    >>> possible("mail", None)[:2]
    ['{"kind":"note"}', '{"kind":"command","action":"app.activate","arguments":{"app":"mail"}}']
    """
    allowed = names(desktop, transcript) | {"position": positions(transcript)}
    allowed = {kind: worthy(values, kind, desktop) for kind, values in allowed.items()}
    found = dict.fromkeys([NOTE, answer(transcript, desktop)])
    for action in ACTIONS.values():
        choices = [allowed[a.kind] + [""] * a.optional for a in action.arguments]
        for values in product(*choices):
            pairs = zip(action.arguments, values, strict=True)
            arguments = {argument.name: value for argument, value in pairs if value}
            found[answer_json("command", action.name, arguments)] = None
    return list(found)


def worthy(values: list[str], kind: str, desktop: Desktop | None) -> list[str]:
    """Return the values that may be meant; only stretches of the speech are sifted."""
    if kind in ("position", "layout") or (kind != "new" and desktop is not None):
        return values
    words = {value: value.lower().split() for value in values}
    kept = [v for v, w in words.items() if len(w) <= LONGEST and not NO_EDGE & {w[0], w[-1]}]
    return kept[:MOST]


def positions(transcript: str) -> list[str]:
    """Return the positions whose sides are all said, and those that need none.

    >>> positions("put it at the upper left")
    ['left', 'top', 'full', 'center', 'top-left']
    """
    text = transcript.lower()
    sides = {side for side, words in SAID.items() if re.search(rf"\b(?:{words})", text)}
    return [p for p in POSITIONS if p in ("full", "center") or set(p.split("-")) <= sides]
