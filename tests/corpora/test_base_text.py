"""What the tiny base reads: each kind of document is what it says."""

import re
from collections import Counter
from random import Random

import pytest

from helpers.corpora import base_text

TURNS = re.compile(
    r"<\|im_start\|>system\n(.*?)<\|im_end\|>\n<\|im_start\|>user\n(.*?)<\|im_end\|>\n"
    r"<\|im_start\|>assistant\n(.*?)<\|im_end\|>\n",
    re.DOTALL,
)


@pytest.fixture(scope="module")
def material():
    return base_text.gather(400, seed=3)


@pytest.mark.parametrize("kind", [kind for kind, _ in base_text.KINDS], ids=lambda k: k.__name__)
def test_a_document_ends_with_its_own_mark_and_is_the_same_for_a_seed(kind, material):
    for seed in range(50):
        text = kind(material, Random(seed))
        assert text == kind(material, Random(seed))
        if text.endswith(base_text.END):
            assert text.count("<|") == 1
        else:
            assert TURNS.fullmatch(text), text


def test_pairs_say_whether_both_ask_for_the_same(material):
    label = {text: name for name, found in material.messages.items() for text in found}
    answers = Counter()
    for seed in range(200):
        system, asked, answer = TURNS.fullmatch(base_text.pairs(material, Random(seed))).groups()
        first, second = asked.split("\n\n")
        assert answer == ("yes" if label[first] == label[second] else "no")
        assert not set(material.messages) & set(asked.split()) and system.startswith("Do both")
        answers[answer] += 1
    assert min(answers.values()) > 60


def test_exercises_are_answered_rightly(material):
    right = {
        "Repeat the text.": lambda text: text,
        "Begin words with capitals.": base_text.capitalized,
        "Write it in capitals.": str.upper,
        "Do not shout.": str.lower,
        "Write it in small letters.": str.lower,
        "Leave out the spaces.": lambda text: text.replace(" ", ""),
        "Spell it.": " ".join,
        "Join the letters.": lambda text: text.replace(" ", "").lower(),
        "Give the last word.": lambda text: text.split()[-1],
    }
    asked = set()
    for seed in range(300):
        text = base_text.exercise(material, Random(seed))
        skill, question, answer = TURNS.fullmatch(text).groups()
        assert right[skill](question) == answer
        asked.add(skill)
    assert asked == right.keys()
