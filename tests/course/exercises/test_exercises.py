"""Every exercise can be solved, and typical wrong answers get the hint that helps."""

from __future__ import annotations

import itertools
import math
import random
import re
from collections import Counter

import pytest
import solutions
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from helpers.course import exercises
from helpers.pretrain.tiny_base import Recipe
from helpers.tasks.dictation import lattice
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.numbers import DIGITS

NAMES = sorted(name.removeprefix("check_") for name in vars(exercises) if name.startswith("check_"))


def _text_replace(dictation):
    for word, digit in DIGITS.items():
        dictation = dictation.replace(word, digit)
    return re.sub(r"(?<=\d) (?=\d)", "", dictation)


def _as_int(dictation):
    words = solutions.expand_digits(dictation).split()
    return " ".join(str(int(word)) if word.isdigit() else word for word in words)


def _half_of_the_rows(groups, share, seed):
    return random.Random(seed).sample(range(len(groups)), int(share * len(groups)))


def _same_for_all_seeds(groups, share, seed):
    return solutions.hold_out(groups, share, 0)


def _unseeded(groups, share, seed):
    return solutions.hold_out(groups, share, random.randrange(10**9))


def _share_of_groups(groups, share, seed):
    names = sorted(set(groups))
    held = set(random.Random(seed).sample(names, round(share * len(names))))
    return [row for row, group in enumerate(groups) if group in held]


def _unstable(groups, share, seed):
    names = list(set(groups))
    random.Random(seed).shuffle(names)
    rows = []
    for name in names:
        if len(rows) < share * len(groups):
            rows += [row for row, group in enumerate(groups) if group == name]
    return rows


def _dearest_of_equals(sure, right, wrong, asked):
    def cost(least):
        typed = zip(sure, right, strict=True)
        return sum(asked if one < least else wrong * (not hit) for one, hit in typed)

    return min([1.1, *sorted(sure, reverse=True), 0.0], key=cost)


def _patient(asked, seconds):
    return solutions.waits(asked, seconds, len(asked) + 1)


def _joined_with_numbers(dictation):
    text = " ".join(DIGITS.get(word, word) for word in dictation.split())
    return re.sub(r"(?<=\d) (?=\d)", "", text)


def _leaked_by(clean):
    return lambda train, held: sorted({clean(p) for p in train} & {clean(p) for p in held})


def _too_many(groups, share, seed):
    return list(range(len(groups)))


def _spaces_around_pipes_only(pieces):
    return "".join(f" {piece} " if piece == "|" else piece for piece in pieces)


def _tight_dots(pieces):
    text = " ".join(pieces)
    return text.replace("- ", "-").replace(" . ", ".").replace(" / ", "/").replace("* .", "*.")


def _all_gaps_open(one):
    total = 1
    for arcs in one.arcs:
        total *= 2 * len(arcs)
    return total // 2


def _rows_of(ids, length):
    return [ids[at : at + length] for at in range(0, len(ids), length)]


def _cut_one_by_one(documents, length):
    return [row for document in documents for row in _rows_of(document, length)]


def _linear(step, warmup, steps):
    if step < warmup:
        return (step + 1) / warmup
    return 1 - 0.98 * (step + 1 - warmup) / (steps - warmup)


def _one_step_late(step, warmup, steps):
    return solutions.warmth(step if step < warmup else step - 1, warmup, steps)


def _turning(one, other):
    model, counter = one[0] - other[0], one[1] - other[1]
    return counter / (counter - model)


WRONG = [
    ("certainty", lambda written: max(written.values()), "between 0 and 1"),
    ("certainty", lambda w: 100 * max(w.values()) / w.total(), "between 0 and 1"),
    ("certainty", lambda written: 1 / len(written), "not equally likely"),
    ("certainty", lambda w: next(iter(w.values())) / w.total(), "counted first"),
    ("ceiling", lambda pairs: 1.0, "cannot be right for both"),
    ("ceiling", lambda pairs: 100 * solutions.ceiling(pairs), "between 0 and 1"),
    ("ceiling", lambda pairs: len({p for p, _ in pairs}) / len(pairs), "Count rows"),
    ("ceiling", lambda pairs: sum(dict(pairs)[p] == t for p, t in pairs) / len(pairs), "commonest"),
    ("leaked", lambda train, held_out: sorted(set(train) & set(held_out)), "Two spaces are one"),
    (
        "leaked",
        lambda train, held_out: [
            " ".join(p.split()) for p in held_out if p.split() in [t.split() for t in train]
        ],
        "each prompt once",
    ),
    (
        "leaked",
        lambda train, held_out: sorted(
            {" ".join(p.split()) for p in held_out}
            & {" ".join(t.split()) for t in train}
            | {p for p in held_out if p.lower() in {t.lower() for t in train}}
        ),
        "case stays",
    ),
    ("leaked", _leaked_by(lambda prompt: prompt.replace("  ", " ")), "a tab"),
    ("hold_out", _half_of_the_rows, "Draw groups"),
    ("hold_out", _share_of_groups, "Count rows, not groups"),
    ("hold_out", _unstable, "no order of its own"),
    ("hold_out", lambda groups, share, seed: 1 / 0, "row numbers"),
    ("hold_out", _same_for_all_seeds, "shuffle the groups"),
    ("hold_out", _unseeded, "same seed"),
    ("hold_out", _too_many, "about 80"),
    (
        "expand_digits",
        lambda said: " ".join(DIGITS.get(word, word) for word in said.split()),
        "no space between",
    ),
    ("expand_digits", _as_int, "leading zeros"),
    ("expand_digits", _joined_with_numbers, "stand there already"),
    ("expand_digits", _text_replace, "Only whole words"),
    ("share_within", lambda ranks, k: sum(r is not None and r <= k for r in ranks), "fraction"),
    ("share_within", lambda ranks, k: sum(r == k for r in ranks) / len(ranks), "with <="),
    ("share_within", lambda r, k: sum((n or 99) < k for n in r) / len(r), "compare with <="),
    ("share_within", lambda r, k: 100 * sum((n or 99) <= k for n in r) / len(r), "0 and 1"),
    (
        "share_within",
        lambda ranks, k: sum(r <= k for r in ranks if r) / sum(r is not None for r in ranks),
        "denominator",
    ),
    ("share_within", lambda ranks, k: sum(r <= k for r in ranks) / len(ranks), "TypeError"),
    ("share_within", lambda ranks, k: sum(r <= k for r in ranks) / len(ranks), "a row too"),
    ("with_spaces", lambda pieces: " ".join(pieces), "none after it"),
    ("with_spaces", lambda pieces: "".join(pieces), "before it"),
    ("with_spaces", _spaces_around_pipes_only, "before it"),
    ("with_spaces", _tight_dots, "program"),
    ("count_texts", lambda one: sum(1 for _ in one.paths()), "takes years"),
    ("count_texts", lambda one: len(one.words), "small and capital"),
    ("count_texts", _all_gaps_open, "one.gaps(tail, arc)"),
    ("count_texts", lambda one: one.gap(""), "one.arcs[0]"),
    ("bits_per_byte", lambda nats, text: nats / len(text.encode()), "math.log(2)"),
    ("bits_per_byte", lambda nats, text: nats / math.log(2) / len(text), "not characters"),
    ("bits_per_byte", lambda nats, text: nats / math.log(2), "the cost of one"),
    ("bits_per_byte", lambda nats, text: nats * math.log(2) / len(text.encode()), "divide by"),
    ("packed", _cut_one_by_one, "end to end"),
    ("packed", lambda documents, length: _rows_of(sum(documents, []), length), "do not pad"),
    ("packed", lambda documents, length: [d[:length] for d in documents], "end to end"),
    ("packed", lambda d, length: _rows_of(sum(d, []), length)[:2], "none of its tokens"),
    ("warmth", lambda step, warmup, steps: step / warmup, "must move"),
    ("warmth", lambda step, warmup, steps: min(1.0, (step + 1) / warmup), "half a cosine"),
    ("warmth", _linear, "falls slowly"),
    ("warmth", _one_step_late, "halfway"),
    ("lora_weights", lambda found, rank: sum(m * n for m, n in found), "Two thin matrices"),
    ("lora_weights", lambda found, rank: sum(2 * rank * m for m, _ in found), "may differ"),
    ("lora_weights", lambda found, rank: rank * sum(found[0]), "over all matrices"),
    ("labels_of", lambda prompt, completion: prompt + completion, "only read"),
    ("labels_of", lambda prompt, completion: list(completion), "as many as tokens"),
    ("labels_of", lambda p, c: [-100] * len(p) + c[:-1] + [-100], "as many as tokens"),
    ("labels_of", lambda p, c: [-100 if t in p else t for t in p + c], "not by its value"),
    ("best_checkpoint", lambda points: min(points, key=lambda p: p[2])[0], "score decides first"),
    ("best_checkpoint", lambda points: max(points, key=lambda p: p[1])[0], "lower loss wins"),
    ("best_checkpoint", lambda points: max(points, key=lambda p: (p[1], -p[2]))[0], "earlier"),
    ("mixed_best", lambda found, w: max(found, key=lambda c: c[1])[0], "leaves the model out"),
    ("mixed_best", lambda found, w: max(found, key=lambda c: c[2])[0], "own score out"),
    ("mixed_best", lambda found, w: max(found, key=lambda c: c[1] * w + c[2])[0], "own score out"),
    ("scale_of", lambda alpha, rank: alpha, "alpha over rank"),
    ("scale_of", lambda alpha, rank: rank / alpha, "alpha over rank"),
    ("scale_of", lambda alpha, rank: float(max(1, alpha / rank)), "less than 1"),
    ("rows_dropped", lambda n, batch: n // batch, "left over"),
    ("rows_dropped", lambda n, batch: batch - n % batch, "Where all batches are whole"),
    ("rows_dropped", lambda n, batch: n % batch if n > batch else 0, "Without one whole batch"),
    ("with_padding", lambda loss, tokens, padding, rows: (loss + padding) / 2, "sum over a count"),
    ("with_padding", lambda a, t, p, rows: (a * t + p * rows) / t, "sum over a count"),
    ("with_padding", lambda a, t, p, rows: a, "sum over a count"),
    ("bits_a_weight", lambda size, weights: size / weights, "eight bits"),
    ("bits_a_weight", lambda size, weights: float(8 * size // weights), "need not be whole"),
    ("bits_a_weight", lambda size, weights: weights / size / 8, "eight bits"),
    ("flips", lambda a, b: [n for n in range(len(a)) if a[n] == b[n]], "Compare answers"),
    ("flips", lambda a, b: [n for n in range(len(a)) if a[n] != b[n]][-1:], "All of them"),
    ("flips", lambda a, b: [n for n in range(len(a)) if a[n].lower() != b[n].lower()], "case"),
    ("rounded", lambda weights, bits: [w / 2 for w in weights], "evenly spaced"),
    ("rounded", lambda weights, bits: [round(w, bits) for w in weights], "evenly spaced"),
    (
        "rounded",
        lambda weights, bits: [
            max(weights) * round(w / max(weights) * (2**bits - 1)) / (2**bits - 1) for w in weights
        ],
        "may be negative",
    ),
    ("largest_class", lambda names: names[0], "Count each name"),
    ("largest_class", lambda names: max(names), "Count each name"),
    ("largest_class", lambda names: max(names, key=names.count), "alphabet decides"),
    ("risk_of", lambda margins, right, least: right.count(False) / len(right), "Only rows"),
    (
        "risk_of",
        lambda margins, right, least: solutions.risk_of(margins, right, least + 1e-9),
        "equal counts",
    ),
    ("risk_of", lambda margins, right, least: 1 - solutions.risk_of(margins, right, least), "Only"),
    ("went_and_came", lambda b, a: (sum(a) - sum(b), 0), "row by row"),
    ("went_and_came", lambda b, a: (a.count(True), b.count(True)), "it went"),
    ("went_and_came", lambda b, a: solutions.went_and_came(b, a)[::-1], "it went"),
    ("kind_of", lambda shares, hold_back: max(shares, key=shares.get), "at least `hold_back`"),
    (
        "kind_of",
        lambda shares, hold_back: "none"
        if shares.get("none", 0.0) > hold_back
        else solutions.kind_of(shares, 2.0),
        "equal counts",
    ),
    (
        "kind_of",
        lambda shares, hold_back: "none"
        if shares["none"] >= hold_back
        else max(shares, key=shares.get),
        "among the other kinds",
    ),
    ("words_wrong", lambda said, heard: len({*said.split()} - {*heard.split()}), "nobody said"),
    (
        "words_wrong",
        lambda said, heard: sum(
            a != b for a, b in itertools.zip_longest(said.split(), heard.split())
        ),
        "moves all that follow",
    ),
    (
        "words_wrong",
        lambda said, heard: Levenshtein.distance(said, heard),
        "not letters",
    ),
    ("words_wrong", lambda said, heard: _in_any_order(said, heard), "The order counts"),
    (
        "kind_of",
        lambda shares, hold_back: "none" if shares["none"] >= hold_back else "dictated",
        "the likeliest among",
    ),
    ("rounded", lambda weights, bits: _cut_down(weights, bits), "nearest value"),
    ("turning_point", lambda one, other: _turning_above_one(one, other), "at most 1"),
    ("expand_digits", lambda dictation: _without_three_and_eight(dictation), "All ten words"),
    (
        "mixed_best",
        lambda found, w: min(found, key=lambda c: (-(w * c[1] + (1 - w) * c[2]), c[0]))[0],
        "listed first",
    ),
    ("ask_below", lambda sure, right, wrong, asked: 0.5, "Try each"),
    (
        "ask_below",
        lambda sure, right, wrong, asked: solutions.ask_below(sure, right, wrong, 0.0),
        "Asking costs",
    ),
    ("ask_below", lambda sure, right, wrong, asked: _dearest_of_equals(sure, right, wrong, asked),
     "take the lower"),
    ("to_send", lambda here, there: sorted({*here} - {*there}), "compare the digests"),
    ("to_send", lambda here, there: sorted({*here.items()} ^ {*there.items()}), "not sent"),
    ("to_send", lambda here, there: sorted(here), "What is there already"),
    (
        "to_send",
        lambda here, there: [name for name in here if there.get(name) != here[name]],
        "Sort the names",
    ),
    ("makespan", lambda seconds, nodes: sum(seconds) / nodes, "never divided"),
    (
        "makespan",
        lambda seconds, nodes: max(sum(seconds[n::nodes]) for n in range(nodes)),
        "free first",
    ),
    (
        "makespan",
        lambda seconds, nodes: solutions.makespan(sorted(seconds, reverse=True), nodes),
        "Keep the order",
    ),
    ("price_of", lambda seconds, an_hour, unit: seconds * an_hour, "divide by 3,600"),
    ("price_of", lambda seconds, an_hour, unit: seconds / 3600 * an_hour, "round up"),
    (
        "price_of",
        lambda seconds, an_hour, unit: (seconds // unit + 1) * unit / 3600 * an_hour,
        "not three",
    ),
    ("within", lambda times, share: times[math.ceil(share * len(times)) - 1], "Sort"),
    ("within", lambda times, share: sorted(times)[int(share * len(times))], "not the sixth"),
    ("within", lambda times, share: sum(times) / len(times), "Sort"),
    ("hours_awake", lambda asked, idle: len(asked) * idle, "count that time once"),
    ("hours_awake", lambda asked, idle: asked[-1] - asked[0], "for `idle`"),
    (
        "hours_awake",
        lambda asked, idle: sum(
            min(idle, b - a) for a, b in zip(asked, asked[1:], strict=False)
        ),
        "After the last request",
    ),
    ("waits", lambda asked, seconds, most: [n * seconds for n in range(len(asked))], "free again"),
    ("waits", lambda asked, seconds, most: _patient(asked, seconds), "Count those who wait"),
    ("waits", lambda asked, seconds, most: solutions.waits(asked, seconds, most - 1), "Count"),
    ("cost_of", lambda read, written, a, b: read * a + written * b, "a million tokens: divide"),
    ("cost_of", lambda read, written, a, b: (read + written) * a / 1e6, "add the two"),
    ("cost_of", lambda read, written, a, b: read * a / 1e6, "add the two"),
    ("break_even", lambda month, request: int(month / request), "round up"),
    ("break_even", lambda month, request: int(month / request) + 1, "Divide"),
    ("break_even", lambda month, request: request / month, "Divide"),
    ("holm_of", lambda ps: [min(1.0, p * len(ps)) for p in ps], "the next by one less"),
    (
        "holm_of",
        lambda ps: [max(min(1.0, p * len(ps) if p == min(ps) else p), min(1.0, min(ps) * len(ps)))
                    for p in ps],
        "the next by one less",
    ),
    ("holm_of", lambda ps: sorted(solutions.holm_of(ps)), "Keep the order"),
    (
        "holm_of",
        lambda ps: [min(1.0, p * sum(q >= p for q in ps)) for p in ps],
        "may not come out smaller",
    ),
    ("left_after", lambda fates, stages: [fates.count(stage) for stage in stages], "not what was"),
    (
        "left_after",
        lambda fates, stages: [len(fates) - fates.count(stage) for stage in stages],
        "take it off, too",
    ),
    (
        "left_after",
        lambda fates, stages: [
            n
            for n, stage in zip(solutions.left_after(fates, stages), stages, strict=True)
            if stage in fates
        ],
        "for every stage",
    ),
    ("keep_new", lambda texts, known: [t for t in texts if t not in known], "as well as equal"),
    ("keep_new", lambda texts, known: _all_new(texts, known), "near each other"),
    ("keep_new", lambda texts, known: _new(texts, known, str), "in small letters"),
    ("keep_new", lambda texts, known: _after_each(texts, known), "no reason to drop"),
    ("kappa_of", lambda judge, labels: _same(judge, labels), "how often they agree"),
    ("kappa_of", lambda judge, labels: 2 * _same(judge, labels) - 1, "multiply the two shares"),
    (
        "kappa_of",
        lambda judge, labels: solutions.kappa_of(judge, labels) if judge != labels else 1.0,
        "nothing to agree on",
    ),
    ("smallest_rank", lambda losses, most: min(losses, key=losses.get), "not the best loss"),
    (
        "smallest_rank",
        lambda losses, most: next((r for r in losses if losses[r] <= most), None),
        "need not come in order",
    ),
    (
        "smallest_rank",
        lambda losses, most: min((r for r in losses if losses[r] < most), default=None),
        "smallest rank",
    ),
    ("turning_point", lambda one, other: _turning(one[::-1], other[::-1]), "Which weight is"),
    ("turning_point", lambda one, other: _turning(one, other), "nothing turns"),
    (
        "turning_point",
        lambda one, other: solutions.turning_point(one, other) or None,
        "return 0.0",
    ),
    (
        "gate_errors",
        lambda shares, meant, least: solutions.gate_errors(shares, meant, least)[::-1],
        "First the commands",
    ),
    (
        "gate_errors",
        lambda shares, meant, least: (sum(s >= least for s in shares), 0),
        "First the commands",
    ),
    (
        "gate_errors",
        lambda shares, meant, least: solutions.gate_errors(shares, meant, least + 1e-9),
        "equal to `hold_back`",
    ),
]


def _in_any_order(said, heard):
    first, second = Counter(said.split()), Counter(heard.split())
    return max((first - second).total(), (second - first).total())


def _cut_down(weights, bits):
    low, step = min(weights), (max(weights) - min(weights)) / (2**bits - 1)
    return [low + step * int((w - low) / step) if step else w for w in weights]


def _turning_above_one(one, other):
    model, own = one[0] - other[0], one[1] - other[1]
    weight = own / (own - model) if model != own else -1.0
    return weight if weight >= 0 else None


def _without_three_and_eight(dictation):
    hidden = {"three": "θ", "eight": "η"}
    words = " ".join(hidden.get(word, word) for word in dictation.split())
    found = solutions.expand_digits(words)
    for word, sign in hidden.items():
        found = found.replace(sign, word)
    return found


def _new(texts, known, fold):
    kept = []
    for text in texts:
        if all(fuzz.ratio(fold(text), fold(one)) < 90 for one in (*known, *kept)):
            kept.append(text)
    return kept


def _all_new(texts, known):
    return [text for text in texts if _new([text], known, str.casefold)]


def _after_each(texts, known):
    return [t for n, t in enumerate(texts) if _new([t], [*known, *texts[:n]], str.casefold)]


def _same(judge, labels):
    return sum(a == b for a, b in zip(judge, labels, strict=True)) / len(labels)


@pytest.mark.parametrize("name", NAMES)
def test_the_solution_passes_its_check(name, capsys):
    assert getattr(exercises, f"check_{name}")(getattr(solutions, name)) is True
    assert capsys.readouterr().out == "correct\n"


@pytest.mark.parametrize(("name", "function", "hint"), WRONG)
def test_a_typical_wrong_answer_gets_the_hint_that_helps(name, function, hint, capsys):
    assert getattr(exercises, f"check_{name}")(function) is False
    printed = capsys.readouterr().out
    assert printed.startswith("not yet: ")
    assert hint in printed, printed


@pytest.mark.parametrize("name", NAMES)
def test_three_wrong_answers_are_tried_for_each_exercise(name):
    assert sum(tried == name for tried, *_ in WRONG) >= 3


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "unfinished",
    [lambda *_: ..., lambda *_: None, lambda *_: 1 / 0, lambda *_: "x", lambda: 1, lambda *_: [-1]],
)
def test_a_check_never_raises(name, unfinished, capsys):
    """A stub that is not filled in must not stop the notebook."""
    assert getattr(exercises, f"check_{name}")(unfinished) is False
    assert capsys.readouterr().out.startswith("not yet: ")


def test_the_count_agrees_with_the_list():
    for said in ("dash X Z F", "forty two", "two redirect ampersand one", "A dot dot B"):
        one = lattice.build(said, BASH)
        assert solutions.count_texts(one) == sum(1 for _ in one.paths())


def test_the_warmth_is_that_of_the_recipe():
    recipe = Recipe(steps=60, warmup=7)
    for step in range(recipe.steps):
        assert solutions.warmth(step, recipe.warmup, recipe.steps) == recipe.warmth(step)
