"""The text a tiny base model grows on: shell, speech and letters of this project's own making.

A base model should know the *materials* of the three jobs (commands, dictations, messages,
desktops, JSON) and simple skills (copying, spelling, casing), yet none of the jobs: it never sees
a question of a job with its answer. Groups of validation and test rows are left out of all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random

from helpers.core.examples import Example
from helpers.corpora import bash_commands, support_messages, voice_requests
from helpers.corpora.generate import held_out
from helpers.corpora.voice_requests.sounds import mishear
from helpers.tasks.desktop import context
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.verbalize import Unspeakable, verbalize

END = "<|endoftext|>"


@dataclass(frozen=True)
class Material:
    """What documents are composed from: commands, messages by label, transcripts with desktops."""

    commands: tuple[str, ...]
    messages: dict[str, tuple[str, ...]]
    requests: tuple[Example, ...]


AMOUNT = 120_000  # commands gathered for a base; half as many messages, and as many requests


def gather(amount: int = AMOUNT, seed: int = 0) -> Material:
    """Draw `amount` commands, and in proportion messages and requests, without held-out groups."""
    requests = voice_requests.stream(seed, held_out("voice_command"))
    by_label: dict[str, list[str]] = {}
    for message in messages(amount // 2, seed):
        by_label.setdefault(message.target, []).append(message.prompt)
    return Material(
        tuple(commands(amount, seed)),
        {label: tuple(texts) for label, texts in by_label.items()},
        tuple(islice(requests, amount // 2)),
    )


def commands(count: int, seed: int = 0) -> Iterator[str]:
    """Draw the commands that a base reads; none is of a held-out group."""
    stream = bash_commands.stream(seed, held_out("dictated_bash"))
    return (command.text for command in islice(stream, count))


def messages(count: int, seed: int = 0) -> Iterator[Example]:
    """Draw the messages that a base reads, with labels that it is never told."""
    return islice(support_messages.stream(seed, held_out("support_label")), count)


def chat(system: str, question: str, answer: str) -> str:
    """Return one exchange in the form that `prompts.CHATML` gives to questions later.

    >>> print(chat("Repeat.", "ls", "ls"), end="")
    <|im_start|>system
    Repeat.<|im_end|>
    <|im_start|>user
    ls<|im_end|>
    <|im_start|>assistant
    ls<|im_end|>
    """
    turns = (("system", system), ("user", question), ("assistant", answer))
    return "".join(f"<|im_start|>{role}\n{text}<|im_end|>\n" for role, text in turns)


def document(material: Material, rng: Random, practice: bool = True) -> str:
    """Compose one document; without `practice` none that drills a skill."""
    usable = KINDS if practice else [kind for kind in KINDS if kind[0] not in PRACTICE]
    kinds, weights = zip(*usable, strict=True)
    return rng.choices(kinds, weights)[0](material, rng)


def shell(material: Material, rng: Random) -> str:
    """Commands, line by line."""
    return "\n".join(rng.choices(material.commands, k=rng.randint(1, 8))) + END


def dictations(material: Material, rng: Random) -> str:
    """Dictations, line by line: spoken words without what they write."""
    pairs = (command_and_dictation(material, rng) for _ in range(rng.randint(1, 4)))
    return "\n".join(spoken for _, spoken in pairs) + END


def aloud(material: Material, rng: Random) -> str:
    """A command and how it is said: the direction that no job asks for."""
    command, spoken = command_and_dictation(material, rng)
    return chat("Say the command aloud.", command, spoken)


def command_and_dictation(material: Material, rng: Random) -> tuple[str, str]:
    """Draw a command and its dictation."""
    while True:
        command = rng.choice(material.commands)
        try:
            return command, verbalize(command, BASH)
        except Unspeakable:  # a few one-liners hold signs without a spoken form
            continue


def letters(material: Material, rng: Random) -> str:
    """Messages of one kind, one after the other, so that what they share can be noticed."""
    label = rng.choice(sorted(material.messages))
    return "\n\n".join(rng.choices(material.messages[label], k=rng.randint(1, 5))) + END


def pairs(material: Material, rng: Random) -> str:
    """Two messages, and whether they are of one kind, which is not told."""
    one, other = rng.sample(sorted(material.messages), 2)
    same = rng.random() < 0.5
    first = rng.choice(material.messages[one])
    second = rng.choice(material.messages[one if same else other])
    answer = "yes" if same else "no"
    return chat("Do both ask for the same?", f"{first}\n\n{second}", answer)


def requests(material: Material, rng: Random) -> str:
    """What people say to their desktops, line by line."""
    return "\n".join(r.prompt for r in rng.choices(material.requests, k=rng.randint(2, 8))) + END


def calls(material: Material, rng: Random) -> str:
    """Tool calls as JSON, line by line, without what was said."""
    return "\n".join(r.target for r in rng.choices(material.requests, k=rng.randint(2, 6))) + END


def desktops(material: Material, rng: Random) -> str:
    """A desktop and questions about its names."""
    row = rng.choice([r for r in rng.choices(material.requests, k=8) if r.context] or [None])
    if row is None:
        return requests(material, rng)
    desktop = context.from_json(row.context)
    shown = context.render(desktop)
    names = [app.name for app in desktop.apps] + [w.name for w in desktop.workspaces]
    if not names or rng.random() < 0.2:
        return shown + END
    name = rng.choice(names)
    skill = rng.random()
    if skill < 0.6:
        return chat("Find the name.", f"{shown}\nname: {mishear(rng, name)}", name)
    if skill < 0.8:
        return chat("Find the name.", f"{shown}\nname: {name.lower()}", name)
    listed = "; ".join(app.name for app in desktop.apps) or "none"
    return chat("List the apps.", shown, listed)


def exercise(material: Material, rng: Random) -> str:
    """Copy, change case, spell, join, leave spaces out."""
    name, change, single = rng.choice(SKILLS)
    text = words(material, rng, 1 if single else rng.randint(1, 7))
    if name == "Repeat the text." and rng.random() < 0.5:
        text = rng.choice((rng.choice(material.commands), command_and_dictation(material, rng)[1]))
    question, answer = change(text, rng)
    return chat(name, question, answer)


def drill(material: Material, rng: Random) -> str:
    """Copying and letter case once more, of texts too odd to be guessed.

    A model that may guess the next word never learns to look it up: half of these words are
    invented, so that looking back is all that helps.
    """
    name, change, _ = rng.choice(DRILLED)
    question, answer = change(jumble(material, rng, rng.randint(2, 14)), rng)
    return chat(name, question, answer)


def again(material: Material, rng: Random) -> str:
    """One odd line, written two or three times."""
    line = jumble(material, rng, rng.randint(3, 16))
    return "\n".join([line] * rng.randint(2, 3)) + END


def jumble(material: Material, rng: Random, count: int) -> str:
    """Draw words of which about half are random letters, digits and signs."""
    drawn = words(material, rng, count).split()
    return " ".join(
        "".join(rng.choices(LETTERS, k=rng.randint(1, 8))) if rng.random() < 0.5 else word
        for word in drawn
    )


def capitalized(text: str) -> str:
    """Return a text whose words begin with capitals.

    >>> capitalized("google chrome and a.txt")
    'Google Chrome And A.txt'
    """
    return " ".join(word[:1].upper() + word[1:] for word in text.split(" "))


def words(material: Material, rng: Random, count: int) -> str:
    """Draw words from anywhere, so that skills do not depend on what is written."""
    sources: tuple[Callable[[], str], ...] = (
        lambda: rng.choice(material.commands),
        lambda: rng.choice(material.messages[rng.choice(sorted(material.messages))]),
        lambda: rng.choice(material.requests).prompt,
    )
    drawn = [rng.choice(rng.choice(sources)().split()) for _ in range(count)]
    if rng.random() < 0.2:  # invented words: a skill is not a memory
        drawn = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 9)))] + drawn
    return " ".join(drawn[:count])


LETTERS = "abcdefghijklmnopqrstuvwxyz" * 2 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./_"

SKILLS: tuple[tuple[str, Callable[[str, Random], tuple[str, str]], bool], ...] = (
    ("Repeat the text.", lambda text, rng: (text, text), False),
    ("Repeat the text.", lambda text, rng: (text, text), False),
    ("Begin words with capitals.", lambda text, rng: (text, capitalized(text)), False),
    ("Write it in small letters.", lambda text, rng: (capitalized(text), text.lower()), False),
    ("Write it in capitals.", lambda text, rng: (text, text.upper()), False),
    ("Do not shout.", lambda text, rng: (text.upper(), text.lower()), False),
    ("Leave out the spaces.", lambda text, rng: (text, text.replace(" ", "")), False),
    ("Spell it.", lambda text, rng: (text, " ".join(text)), True),
    ("Join the letters.", lambda text, rng: (" ".join(text.upper()), text.lower()), True),
    ("Give the last word.", lambda text, rng: (text, text.split()[-1]), False),
)

DRILLED = SKILLS[:4]  # copying, and capitals at the beginning of words

KINDS: tuple[tuple[Callable[[Material, Random], str], float], ...] = (
    (shell, 0.16),
    (aloud, 0.10),
    (dictations, 0.03),
    (exercise, 0.10),
    (drill, 0.26),
    (again, 0.06),
    (letters, 0.10),
    (pairs, 0.05),
    (requests, 0.04),
    (calls, 0.02),
    (desktops, 0.08),
)

PRACTICE = (exercise, drill, again)  # odd texts, capitals throughout
