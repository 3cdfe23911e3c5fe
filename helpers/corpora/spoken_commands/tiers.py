"""The tiers of speech: how one command is dictated, heard, asked for, or lost in talk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from helpers.core.examples import Example
from helpers.core.tables import table
from helpers.corpora import support_messages, voice_requests
from helpers.corpora.bash_commands.grammar import SLOT, expand
from helpers.corpora.spoken_commands.commands import (
    ROOM,
    Drawn,
    choose,
    dealt,
    draw_bare,
    draw_command,
    fill,
)
from helpers.speech.channel import LISTENERS, rates, transcribe
from helpers.speech.saying import PAUSE, say, say_cardinal
from helpers.tasks.dictation import protocol
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.numbers import spoken_number
from helpers.tasks.dictation.verbalize import CASED, Unspeakable, scan, speak_cased, verbalize

TALK = table(ROOM, "talk")
NATURAL = table(ROOM, "natural")
PROSE = table(ROOM, "prose")
ANNOUNCED = 0.7  # of names with capitals inside, said by the case they are in
BORROWED = 0.35  # of what is no command: messages and notes of the other jobs
LONGEST_MESSAGE = 35  # words
SYNONYMS = 0.12  # of symbols said in another way than the first of the table
COUNTED = 0.4  # of the longer numbers said as one counts


def plain(drawn: Drawn, rng: Random) -> str:
    """Dictate a command by the plain convention; raises `Unspeakable`."""
    return verbalize(drawn.text, BASH, literals=())


def by_protocol(drawn: Drawn, rng: Random) -> str:
    """Dictate a command with its spaces and capitals; raises `Unspeakable`.

    >>> by_protocol(Drawn("ls getUserName", "", "", {}), Random(1))
    'ls space camel case get user name'
    """
    tokens = drawn.text.split()
    words = [word for token in tokens for word in [BASH.space_word, *_protocol(token, rng)]][1:]
    said = " ".join(words)
    if protocol.write(said, BASH) != drawn.text or not protocol.follows_protocol(said, BASH):
        said = verbalize(drawn.text, BASH, convention="protocol")
    if protocol.write(said, BASH) != drawn.text:
        raise Unspeakable(f"{drawn.text!r} is not written as the protocol says it; leave it out")
    return said


def _protocol(token: str, rng: Random) -> list[str]:
    """Say what stands between two spaces; names and numbers as people say them."""
    words: list[str] = []
    pieces = scan(token, BASH)
    for at, piece in enumerate(pieces):
        parts = CASED.findall(piece)
        if piece.isdigit():
            counted = rng.random() < COUNTED and piece[0] != "0" and len(piece) in (3, 4, 5)
            words += say_cardinal(int(piece)) if counted else spoken_number(piece)
        elif not piece.isalpha():
            symbol = BASH.by_written[piece]
            other = symbol.synonyms and rng.random() < SYNONYMS
            words += (rng.choice(symbol.synonyms) if other else symbol.spoken).split()
        elif len(parts) > 1 and piece[0].islower() and rng.random() < ANNOUNCED:
            words += ["camel", "case", *(part.lower() for part in parts)]
        else:
            words += speak_cased(piece, pieces[0] if at == 1 else "", BASH)
    return words


def heard(drawn: Drawn, rng: Random) -> str:
    """Say a command as people do, and write down what a transcriber hears."""
    return listen(say(drawn.text, rng), rng)


def listen(words: Sequence[str], rng: Random) -> str:
    """Return what one of the listeners hears."""
    (listener,) = rng.choices([*LISTENERS], [*LISTENERS.values()])
    return transcribe(words, rng, rates(listener))


def natural(rng: Random) -> tuple[str, Drawn]:
    """Ask for a command in a sentence, or wrap a dictation in one; return what is heard."""
    kind = rng.random()
    if kind < 0.08:
        drawn = draw_bare(rng)
        return listen(_wrapped(say(drawn.text, rng), rng, drawn.program), rng), drawn
    if kind < 0.32:
        drawn = draw_command(rng)
        return listen(_wrapped(say(drawn.text, rng), rng, "before"), rng), drawn
    template = rng.choice([*NATURAL])
    flat = expand(template, {}, rng)
    drawn = fill(flat, rng, tied=True)
    phrase = choose("¦".join(NATURAL[template]), rng)
    words: list[str] = []
    for part in re.split(f"({SLOT.pattern})", phrase):
        value = drawn.values.get(part)
        words += say(value, rng) if value is not None else _spoken(part)
    return listen(_wrapped(words, rng, "ask", 0.4), rng), drawn


def _spoken(text: str) -> list[str]:
    return text.split()


def _wrapped(words: Sequence[str], rng: Random, lead: str, share: float = 1.0) -> list[str]:
    """Put a lead-in of a kind before what is said, thanks after it, or both."""
    before = _spoken(rng.choice(TALK[lead])) if rng.random() < 0.85 * share else []
    after = _spoken(rng.choice(TALK["after"])) if rng.random() < 0.35 * share else []
    return [*before, *words, *after]


def chaotic(rng: Random) -> tuple[str, Drawn]:
    """Say a command with fillers, stutters and corrections, and talk around it."""
    bare = rng.random() < 0.15
    drawn = draw_bare(rng) if bare else draw_command(rng)
    words = say(drawn.text, rng)
    kind = rng.random()
    if kind < 0.35:
        words = _mended(drawn, rng) or words
    elif kind < 0.6:
        words = _begun_again(drawn, rng)
    if rng.random() < 0.6:
        words = _hesitant(words, rng)
    if rng.random() < 0.45:
        words = _wrapped(words, rng, drawn.program if bare else "before")
    if rng.random() < 0.35:
        words = [*_spoken(rng.choice(TALK["aside"])), *words]
    if rng.random() < 0.3:
        words = [*words, *_spoken(rng.choice(TALK["outro"]))]
    return listen(words, rng), drawn


def around(words: Sequence[str], rng: Random, lead: str = "") -> list[str]:
    """Put a lead-in of a kind before some words, and now and then other talk around them."""
    said = _wrapped(words, rng, lead) if lead else [*words]
    if rng.random() < 0.25:
        said = _hesitant(said, rng)
    if rng.random() < 0.2:
        said = [*_spoken(rng.choice(TALK["aside"])), *said]
    if rng.random() < 0.15:
        said = [*said, *_spoken(rng.choice(TALK["outro"]))]
    return said


def _mended(drawn: Drawn, rng: Random) -> list[str]:
    """Say a word of a command wrong, and then right; nothing for a command without values."""
    other = fill(drawn.flat, rng)
    said, meant = other.text.split(), drawn.text.split()
    places = [n for n, pair in enumerate(zip(said, meant, strict=False)) if pair[0] != pair[1]]
    if len(said) != len(meant) or not places:
        return []
    at = rng.choice(places)
    wrong = [*meant[:at], said[at]]
    again = rng.choice([at, at, at, max(0, at - 1)])
    cue = _spoken(rng.choice(TALK["mend"]))
    return [*say(" ".join(wrong), rng), *cue, *say(" ".join(meant[again:]), rng)]


def _begun_again(drawn: Drawn, rng: Random) -> list[str]:
    """Say the beginning of another command, or all of it, take it back, and say the right one."""
    other = fill(drawn.flat, rng) if rng.random() < 0.4 else draw_command(rng)
    wrong = say(other.text, rng)
    if rng.random() < 0.6:
        wrong = wrong[: rng.randint(1, len(wrong))]
    return [*wrong, *_spoken(rng.choice(TALK["again"])), *say(drawn.text, rng)]


def _hesitant(words: Sequence[str], rng: Random) -> list[str]:
    """Put fillers where a command has its spaces, and say a word twice."""
    places = [n for n, word in enumerate(words) if word == PAUSE] or [0]
    said = [*words]
    for at in sorted(rng.sample(places, min(len(places), rng.randint(1, 2))), reverse=True):
        said[at:at] = _spoken(rng.choice(TALK["fillers"]))
    if rng.random() < 0.3:
        at = rng.randrange(len(said))
        said[at:at] = [said[at]] * (len(said[at]) > 1)
    return said


def none(rng: Random) -> tuple[str, str]:
    """Say what is no command; return what is heard, and the pattern that it was made from."""
    if rng.random() < 0.06:
        text = rng.choice(PROSE["silence"])
        return text, f"silence {text.strip('.?!').lower()}"
    if rng.random() < BORROWED:
        message = _borrowed(rng)
        return listen(_spoken(message.prompt), rng), message.group
    patterns = [*PROSE["talk"], *PROSE["work"], *PROSE["more"]]
    pattern = rng.choice(patterns)
    group = _talk(pattern)
    words = _spoken(expand(pattern, {}, rng))
    other = rng.choice(patterns)
    if rng.random() < 0.25 and dealt(_talk(other)) == dealt(group):
        words[-1] += rng.choice(["", ".", "."])
        words += _spoken(expand(other, {}, rng))
    if rng.random() < 0.12:
        words = [*_spoken(rng.choice(TALK["aside"])), *words]
    return listen(words, rng), group


def _borrowed(rng: Random) -> Example:
    """Return a customer's message or a dictated note, as the rows of the other jobs have them."""
    write = rng.choice([support_messages.stream, voice_requests.stream])
    for row in write(rng.getrandbits(32)):
        written = {"typo", "mangled"} & {*row.extra["traits"]}  # nobody says a typing error
        prose = row.extra.get("action", "note") == "note"
        if prose and not written and len(row.prompt.split()) <= LONGEST_MESSAGE:
            return row
    raise AssertionError("a stream has no end")


def _talk(pattern: str) -> str:
    """Return the group of what is said by a pattern of talk."""
    return f"talk {re.sub('[«»]', '', pattern)[:60]}"


