"""How a phrase becomes speech: politeness, fillers, corrections, and what a transcriber writes."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace

from helpers.corpora.voice_requests.mentions import say_any, say_app, say_new, say_workspace
from helpers.corpora.voice_requests.phrases import Phrase
from helpers.corpora.voice_requests.scene import Mention, Scene
from helpers.corpora.voice_requests.screens import say_display

MAX_WORDS = 40
WAKE = ("Bento,", "hey Bento,", "okay Bento,")
STARTS = ("uh,", "um,", "so,", "okay,", "so um,", "okay so,", "alright,", "well,", "hmm,", "like,",
          "uh, yeah,", "oh,", "right,", "hey,", "okay uh,")  # fmt: skip
INNER = ("uh,", "um,", "like,", "you know,", "er,", "uh,", "um,", "hmm,")
OPENERS = ("can you", "could you", "please", "can you please", "could you please", "would you",
           "go ahead and", "I need you to", "I'd like you to", "just", "could you just",
           "can you just", "quickly", "now")  # fmt: skip
CLOSERS = (", please", " for me", " now", " real quick", ", thanks", " when you can",
           " if you can", " right now", ", thank you")  # fmt: skip
AFTER_NAME = (", please", ", thanks", ", thank you")  # nothing that could belong to the name
POLITE = ("can you", "could you", "would you", "please", "thank", "I'd like you")
MARKERS = (", no wait, ", ", sorry, ", ", I mean ", ", sorry, I mean ", ", no, ", ", or rather ",
           ", scratch that, ", ", er, I mean ", ", wait, no, ", ", actually no, ")  # fmt: skip
DETERMINERS = ("the", "my", "that", "old", "open", "front", "saved")
BEFORE_NOUN = (*DETERMINERS, "a", "an", "some", "this", "good", "new", "big", "two", "all", "just")
ASKING = ("can", "could", "would", "what", "what's", "which", "where", "why", "who", "how", "did",
          "mind", "do")  # fmt: skip
AGAIN = {"app": say_app, "workspace": say_workspace, "display": say_display, "any": say_any}

POSITION_WORDS = {  # after a verb ("put it …"), and as a thing ("give it …")
    "left": (("on the left", "on the left side", "on the left half"), ("the left half",)),
    "right": (("on the right", "on the right side", "on the right half"), ("the right half",)),
    "top": (("on the top half", "in the top half", "at the top"), ("the top half",)),
    "bottom": (("on the bottom half", "in the bottom half", "at the bottom"), ("the bottom half",)),
    "center": (("in the center", "in the middle", "dead center"), ("the center", "the middle")),
    "full": (("in full screen", "full screen", "on the full screen"), ("the whole screen",)),
    "top-left": (("in the top left corner", "top left", "in the upper left"),
                 ("the top left corner", "the upper left quarter")),
    "top-right": (("in the top right corner", "top right", "in the upper right"),
                  ("the top right corner", "the upper right quarter")),
    "bottom-left": (("in the bottom left corner", "bottom left", "in the lower left"),
                    ("the bottom left corner", "the lower left quarter")),
    "bottom-right": (("in the bottom right corner", "bottom right", "in the lower right"),
                     ("the bottom right corner", "the lower right quarter")),
}  # fmt: skip
LAYOUT_WORDS = {
    "columns": ("column", "columns"),
    "rows": ("row", "rows"),
    "grid": ("grid", "grid"),
    "stack": ("stack", "stacked"),
    "float": ("floating", "float"),
}


@dataclass(frozen=True)
class Spoken:
    """A transcript and what is particular about how it was said."""

    text: str
    traits: tuple[str, ...]


def say_word(scene: Scene, slot: str) -> Mention | None:
    """Say a position or a layout; returns nothing for any other slot."""
    rng = scene.rng
    if slot in ("on", "spot"):
        position = rng.choice((*POSITION_WORDS, "left", "right", "left", "right", "full"))
        words = POSITION_WORDS[position][slot == "spot"]
        return Mention(rng.choice(words), position, kind="position")
    if slot in ("layout", "a_layout"):
        layout = rng.choice(tuple(LAYOUT_WORDS))
        word = rng.choice(LAYOUT_WORDS[layout])
        return Mention(word, layout, "a" if slot == "a_layout" else "", kind="layout")
    return None


def speak(scene: Scene, phrase: Phrase, filled: dict[str, Mention]) -> Spoken:
    """Say a phrase with its slots filled, the way people talk, as a transcriber writes it."""
    rng, note = scene.rng, phrase.intent.startswith("note.")
    chunks, traits = _chunks(phrase, filled), set[str]()
    corrected = "" if note else _correct(scene, phrase, filled)
    if corrected:
        chunks[-1] = corrected
        traits.add("correction")
    if rng.random() < 0.24 and _hesitate(rng, chunks, phrase):
        traits.add("filler")
    if phrase.intent == "note.half" and rng.random() < 0.5:
        chunks.append(rng.choice(("uh", "um", "er", "hmm", "the uh", "you know")))
        traits.add("filler")
    before = [rng.choice(WAKE)] if rng.random() < (0.05 if note else 0.12) else []
    traits |= {"wake_word"} if before else set()
    if rng.random() < 0.22:
        before.append(rng.choice(STARTS))
        traits.add("filler")
    opener = [rng.choice(OPENERS)] if phrase.opener and rng.random() < 0.4 else []
    asking = (opener + chunks)[0].lower().split()[0] in ASKING
    end = _close(rng, phrase, bool(corrected), asking)
    text = " ".join(before + opener + chunks) + end
    traits |= {"polite"} if not note and any(word in text for word in POLITE) else set()
    return Spoken(_write(text, phrase, asking) if scene.written else _bare(text), tuple(traits))


def twice(text: str) -> bool:
    """Say whether a word stands twice in a row, as in "the notes app app"."""
    return re.search(r"\b([\w']+)[,.]? \1\b", text.lower()) is not None


def _chunks(phrase: Phrase, filled: dict[str, Mention]) -> list[str]:
    """Split a phrase into words and whole names; a determiner gives way to one before it."""
    chunks: list[str] = []
    for word in phrase.text.split():
        if match := re.fullmatch(r"(\W*){(\w+)}(.*)", word):
            mention = filled[match[2]]
            taken = bool(chunks) and chunks[-1] in DETERMINERS
            lead = "" if taken or not mention.lead else mention.lead + " "
            word = match[1] + lead + mention.text + match[3]
        chunks.append(word)
    return chunks


def _hesitate(rng: random.Random, chunks: list[str], phrase: Phrase) -> bool:
    """Put a filler after a comma or before a thing that is named, its determiner included."""
    words = phrase.text.split()
    places = {n + 1 for n, word in enumerate(words[:-1]) if word.endswith(",")}
    places |= {_start(words, n) for n, word in enumerate(words) if "{" in word}
    at, filler = rng.choice(sorted(places | {0})), rng.choice(INNER)
    if at == 0:
        return False
    if chunks[at - 1][-1].isalnum() and (filler == "you know," or rng.random() < 0.5):
        chunks[at - 1] += ","
    chunks.insert(at, filler)
    return True


def _start(words: list[str], noun: int) -> int:
    """Return where the noun phrase of a slot begins; 0 where nobody hesitates before it."""
    if words[noun].strip("{}") in ("on", "layout"):
        return 0
    while noun > 0 and words[noun - 1] in BEFORE_NOUN:
        noun -= 1
    return noun


def _correct(scene: Scene, phrase: Phrase, filled: dict[str, Mention]) -> str:
    """Say a wrong name first where the last word is a name; returns nothing where it is not."""
    slot = phrase.text.rsplit("{", 1)[-1].removesuffix("}")
    if slot not in filled or scene.rng.random() > 0.16 or filled[slot].missing:
        return ""
    right = filled[slot]
    if slot in ("app", "workspace", "any"):
        wrong = AGAIN[slot](_slip(scene), plain=True)
    elif slot == "display":
        wrong = say_display(scene)
    else:
        wrong = say_new(scene) if slot == "name" else say_word(scene, slot)
    if wrong is None or (wrong.target or wrong.text.lower()) == (
        right.target or right.text.lower()
    ):
        return ""
    first, second = (f"{mention.lead} {mention.text}".strip() for mention in (wrong, right))
    taken = phrase.text.split()[-2:-1]
    if taken and taken[0] in DETERMINERS:
        first = wrong.text
    return first + scene.rng.choice(MARKERS) + second


def _slip(scene: Scene) -> Scene:
    """Return the scene with no desktop half of the time: a slip may name anything."""
    return scene if scene.rng.random() < 0.5 else replace(scene, desktop=None)


def _close(rng: random.Random, phrase: Phrase, corrected: bool, asking: bool) -> str:
    """Return a polite ending; nobody thanks for a question before the answer."""
    if phrase.intent.startswith("note.") or rng.random() > 0.25:
        return ""
    if asking and phrase.text.split()[0] in ASKING:
        return ""
    named = "{name}" in phrase.text or phrase.half or not phrase.opener or corrected
    named = named or phrase.text.endswith(("{app}", "{workspace}", "{any}", "now"))
    ends = [end for end in (AFTER_NAME if named else CLOSERS) if not (asking and "thank" in end)]
    return "" if "please" in phrase.text else rng.choice(ends)


def _bare(text: str) -> str:
    """Write without case or punctuation, as small transcribers do."""
    return re.sub(r"[,.?!](?=\s|$)", "", text).lower()


def _write(text: str, phrase: Phrase, asking: bool) -> str:
    """Write as a sentence; what breaks off ends in dots."""
    first = text.split()[0]
    start = text[0].upper() + text[1:] if first.islower() or first.startswith("I") else text
    broken = phrase.intent == "note.half"
    return start + ("..." if broken else "?" if asking else ".")
