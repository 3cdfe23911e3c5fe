"""Call a reader's function on cases and print the first hint that helps; nothing is raised.

An exercise that is not done yet must not stop the notebook it stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Case = tuple[tuple[Any, ...], Any, str]
"""Arguments, the right answer, and the hint for whoever gives another one."""


def run(function: Callable, cases: Sequence[Case]) -> bool:
    """Call `function` on every case; print the first hint that applies, or "correct"."""
    for number, (arguments, right, hint) in enumerate(cases):
        answer, error = call(function, arguments)
        if error:
            return say(f"{shown(function, arguments)} raised {error}. {hint}")
        if answer is None and number == 0 and right is not None:
            return say(f"{function.__name__} returns None: write its body, and end with `return`")
        if not equal(answer, right):
            return say(f"{shown(function, arguments)} is {answer!r}, not {right!r}. {hint}")
    print("correct")
    return True


def say(hint: str) -> bool:
    print(f"not yet: {hint}")
    return False


def call(function: Callable, arguments: tuple[Any, ...]) -> tuple[Any, str]:
    try:
        return function(*arguments), ""
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"


def shown(function: Callable, arguments: tuple[Any, ...]) -> str:
    """Write the call as the reader would; long arguments are cut."""
    inside = ", ".join(text if len(text := repr(a)) < 90 else f"{text[:87]}…" for a in arguments)
    return f"{function.__name__}({inside})"


def equal(answer: Any, right: Any) -> bool:
    if isinstance(right, float):
        is_number = isinstance(answer, int | float) and not isinstance(answer, bool)
        return is_number and abs(answer - right) < 1e-9
    try:
        return type(answer) is type(right) and bool(answer == right)
    except Exception:  # an array, say, that cannot be compared as one
        return False
