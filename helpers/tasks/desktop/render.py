"""A call as a command line, for people to read."""

from __future__ import annotations

import re
import shlex

from helpers.tasks.desktop.surface import ACTIONS, Answer, check

PLAIN = re.compile(r"[A-Za-z0-9_@%+=:,./-]+")


def quote(text: str) -> str:
    r"""Quote a word for a shell, with double quotes where nothing in it could be expanded.

    >>> print(quote("Slack"), quote("Google Chrome"), quote('the "big" one'), quote("my $HOME"))
    Slack "Google Chrome" "the \"big\" one" 'my $HOME'
    """
    if PLAIN.fullmatch(text):
        return text
    if re.search(r"[!$`]", text):  # variables, commands and history expand in double quotes
        return shlex.quote(text)
    return '"' + re.sub(r'([\\"])', r"\\\1", text) + '"'


def command_line(answer: Answer, transcript: str = "") -> str:
    """Return a call as `bentoctl` text, a note as a comment.

    >>> command_line(Answer("command", "app.activate", {"app": "Google Chrome"}))
    'bentoctl app activate --app "Google Chrome"'
    >>> command_line(Answer("note"), "buy oat milk")
    '# note: buy oat milk'
    """
    check(answer)
    if answer.kind == "note":
        return f"# note: {' '.join(transcript.split())}".removesuffix(": ")
    words = ["bentoctl", *answer.action.split(".")]
    for argument in ACTIONS[answer.action].arguments:
        if argument.name in answer.arguments:
            words += [f"--{argument.name}", quote(answer.arguments[argument.name])]
    return " ".join(words)
