"""Solutions of the notebooks' exercises; try for yourself before you look."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict

from rapidfuzz import fuzz

from helpers.finetune.masks import IGNORED
from helpers.tasks.dictation.lattice import Lattice
from helpers.tasks.dictation.numbers import DIGITS


def certainty(written: Counter[str]) -> float:
    return max(written.values()) / written.total()


def ceiling(pairs: list[tuple[str, str]]) -> float:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for prompt, target in pairs:
        counts[prompt][target] += 1
    return sum(max(found.values()) for found in counts.values()) / len(pairs)


def leaked(train: list[str], held_out: list[str]) -> list[str]:
    first, second = ({" ".join(prompt.split()) for prompt in part} for part in (train, held_out))
    return sorted(first & second)


def hold_out(groups: list[str], share: float, seed: int) -> list[int]:
    names = sorted(set(groups))
    random.Random(seed).shuffle(names)
    rows: list[int] = []
    for name in names:
        if len(rows) >= share * len(groups):
            break
        rows += [row for row, group in enumerate(groups) if group == name]
    return rows


def expand_digits(dictation: str) -> str:
    words: list[str] = []
    in_number = False
    for word in dictation.split():
        digit = DIGITS.get(word)
        if digit and in_number:
            words[-1] += digit
        else:
            words.append(digit or word)
        in_number = digit is not None
    return " ".join(words)


def share_within(ranks: list[int | None], k: int) -> float:
    return sum(rank is not None and rank <= k for rank in ranks) / len(ranks)


def with_spaces(pieces: list[str]) -> str:
    text = pieces[0]
    tight = {".", "..", "/", "*"}
    in_program = True
    for before, piece in zip(pieces, pieces[1:], strict=False):
        if before == "-":
            space = False
        elif in_program or "|" in (before, piece) or piece == "-":
            space = True
        else:
            after_flag = text.split()[-1].startswith("-")
            space = after_flag or (before not in tight and piece not in tight)
        in_program = before == "|" and piece.isalpha()
        text += " " * space + piece
    return text


def count_texts(one: Lattice) -> int:
    ways: list[Counter[str]] = [Counter() for _ in range(len(one.words) + 1)]
    ways[0][""] = 1
    for at, arcs in enumerate(one.arcs):
        for tail, count in ways[at].items():
            for arc in arcs:
                for _, after, _ in one.gaps(tail, arc):
                    ways[arc.end][after] += count
    return ways[-1].total()


def bits_per_byte(nats: float, text: str) -> float:
    return nats / math.log(2) / len(text.encode("utf-8"))


def packed(documents: list[list[int]], length: int) -> list[list[int]]:
    ids = [token for document in documents for token in document]
    return [ids[at : at + length] for at in range(0, len(ids) - length + 1, length)]


def warmth(step: int, warmup: int, steps: int) -> float:
    if step < warmup:
        return (step + 1) / warmup
    share = (step + 1 - warmup) / (steps - warmup)
    return 0.02 + 0.49 * (1 + math.cos(math.pi * share))


def lora_weights(matrices: list[tuple[int, int]], rank: int) -> int:
    return sum(rank * (rows + columns) for rows, columns in matrices)


def labels_of(prompt: list[int], completion: list[int]) -> list[int]:
    return [IGNORED] * len(prompt) + list(completion)


def best_checkpoint(points: list[tuple[int, float, float]]) -> int:
    return min(points, key=lambda point: (-point[1], point[2], point[0]))[0]


def mixed_best(candidates: list[tuple[str, float, float]], w: float) -> str:
    return max(candidates, key=lambda candidate: w * candidate[1] + (1 - w) * candidate[2])[0]


def scale_of(alpha: float, rank: int) -> float:
    return alpha / rank


def rows_dropped(n: int, batch: int) -> int:
    return n % batch


def with_padding(loss: float, tokens: int, padding: float, rows: int) -> float:
    return (loss * tokens + padding * rows) / (tokens + rows)


def bits_a_weight(size: int, weights: int) -> float:
    return 8 * size / weights


def flips(trained: list[str], exported: list[str]) -> list[int]:
    pairs = zip(trained, exported, strict=True)
    return [number for number, (one, other) in enumerate(pairs) if one != other]


def rounded(weights: list[float], bits: int) -> list[float]:
    low, step = min(weights), (max(weights) - min(weights)) / (2**bits - 1)
    return [low + step * round((w - low) / step) if step else w for w in weights]


def largest_class(names: list[str]) -> str:
    return min(names, key=lambda name: (-names.count(name), name))


def risk_of(margins: list[float], right: list[bool], least: float) -> float:
    given = [hit for margin, hit in zip(margins, right, strict=True) if margin >= least]
    return given.count(False) / len(given) if given else 0.0


def went_and_came(before: list[bool], after: list[bool]) -> tuple[int, int]:
    pairs = list(zip(before, after, strict=True))
    return pairs.count((False, True)), pairs.count((True, False))


def cost_of(read: float, written: float, price_in: float, price_out: float) -> float:
    return (read * price_in + written * price_out) / 1e6


def break_even(month: float, request: float) -> int:
    return math.ceil(month / request)


def holm_of(p_values: list[float]) -> list[float]:
    found, last = list(p_values), 0.0
    for rank, at in enumerate(sorted(range(len(found)), key=lambda n: p_values[n])):
        last = max(last, min(1.0, (len(found) - rank) * p_values[at]))
        found[at] = last
    return found


def kind_of(shares: dict[str, float], hold_back: float) -> str:
    if shares.get("none", 0.0) >= hold_back:
        return "none"
    return max((kind for kind in shares if kind != "none"), key=lambda kind: shares[kind])


def words_wrong(said: str, heard: str) -> int:
    first, second = said.split(), heard.split()
    row = list(range(len(second) + 1))
    for at, word in enumerate(first, 1):
        above, row = row, [at]
        for n, other in enumerate(second, 1):
            row.append(min(above[n] + 1, row[n - 1] + 1, above[n - 1] + (word != other)))
    return row[-1]


def ask_below(sure: list[float], right: list[bool], wrong: float, asked: float) -> float:
    def cost(least: float) -> float:
        typed = zip(sure, right, strict=True)
        return sum(asked if one < least else wrong * (not hit) for one, hit in typed)

    return min([0.0, *sorted(sure), 1.1], key=cost)


def within(times: list[float], share: float) -> float:
    return sorted(times)[math.ceil(share * len(times)) - 1]


def hours_awake(asked: list[float], idle: float) -> float:
    between = (later - at for at, later in zip(asked, asked[1:], strict=False))
    return sum((min(idle, gap) for gap in between), idle if asked else 0.0)


def waits(asked: list[float], seconds: float, most: int) -> list[float | None]:
    starts, found = [], []
    for at in asked:
        if sum(start > at for start in starts) >= most:
            found.append(None)
            continue
        starts.append(max(at, starts[-1] + seconds) if starts else at)
        found.append(starts[-1] - at)
    return found


def left_after(fates: list[str], stages: list[str]) -> list[int]:
    found, left = [], len(fates)
    for stage in stages:
        left -= fates.count(stage)
        found.append(left)
    return found


def keep_new(texts: list[str], known: list[str]) -> list[str]:
    kept: list[str] = []
    for text in texts:
        others = [one.casefold() for one in (*known, *kept)]
        if all(fuzz.ratio(text.casefold(), one) < 90 for one in others):
            kept.append(text)
    return kept


def kappa_of(judge: list[bool], labels: list[bool]) -> float:
    n = len(labels)
    same = sum(one == other for one, other in zip(judge, labels, strict=True)) / n
    ours, theirs = sum(judge) / n, sum(labels) / n
    chance = ours * theirs + (1 - ours) * (1 - theirs)
    return (same - chance) / (1 - chance) if chance < 1 else 0.0


def to_send(here: dict[str, str], there: dict[str, str]) -> list[str]:
    return sorted(name for name, digest in here.items() if there.get(name) != digest)


def makespan(seconds: list[float], nodes: int) -> float:
    free = [0.0] * nodes
    for one in seconds:
        free[free.index(min(free))] += one
    return max(free)


def price_of(seconds: float, an_hour: float, unit: float) -> float:
    return math.ceil(seconds / unit) * unit / 3600 * an_hour


def smallest_rank(losses: dict[int, float], most: float) -> int | None:
    return min((rank for rank, loss in losses.items() if loss <= most), default=None)


def turning_point(one: tuple[float, float], other: tuple[float, float]) -> float | None:
    model, counter = one[0] - other[0], one[1] - other[1]
    if model == counter:
        return None
    weight = counter / (counter - model)
    return weight if 0 <= weight <= 1 else None


def gate_errors(shares: list[float], meant: list[bool], hold_back: float) -> tuple[int, int]:
    held = [share >= hold_back for share in shares]
    lost = sum(back and command for back, command in zip(held, meant, strict=True))
    return lost, sum(not back and not command for back, command in zip(held, meant, strict=True))
