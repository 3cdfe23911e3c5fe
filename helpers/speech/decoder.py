"""Whisper's text decoder in NumPy, one token a step, so that a beam of ours can steer it.

CTranslate2 hears faster, but its beam asks nobody else. The weights are read from its own file,
and what its encoder heard is taken over (Radford et al., "Robust Speech Recognition via
Large-Scale Weak Supervision", 2022; Vaswani et al., "Attention Is All You Need", 2017).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from helpers.speech.audio import SpeechError

TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
Weights = Mapping[str, np.ndarray]
Pair = tuple[np.ndarray, np.ndarray]
"""Keys and values of one layer, each as heads x positions x width, or beam x heads x ..."""
DEAF: tuple[Pair, ...] = ()
"""Instead of a sound: the decoder then guesses from the text alone."""


def read_weights(path: Path, part: str = "decoder/") -> dict[str, np.ndarray]:
    """Read what a CTranslate2 file holds of a part, as 32-bit floats; raises `SpeechError`."""
    data = memoryview(path.read_bytes())
    at = 0

    def number(form: str) -> int:
        nonlocal at
        (value,) = struct.unpack_from(form, data, at)
        at += struct.calcsize(form)
        return value

    def name() -> str:
        nonlocal at
        length = number("<H")
        at += length
        return bytes(data[at - length : at - 1]).decode()

    version, _, _ = number("<I"), name(), number("<I")
    if version != 6:
        raise SpeechError(f"{path}: is a model of format {version}, not 6; convert it again")
    found: dict[str, np.ndarray] = {}
    for _ in range(number("<I")):
        key = name()
        shape = [number("<I") for _ in range(number("<B"))]
        kind, length = number("<B"), number("<I")
        if key.startswith(part):
            if kind not in TYPES:
                raise SpeechError(f"{path}: has weights of type {kind}; convert it to float16")
            values = np.frombuffer(data[at : at + length], TYPES[kind]).reshape(shape)
            found[key.removeprefix(part)] = np.asarray(values, np.float32)
        at += length
    return _unscaled(found)


def _unscaled(found: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return weights with the scale of each row, or of all, that 8 and 16 bits were made with."""
    scales = {key: found.pop(key) for key in [*found] if key.endswith("_scale")}
    for key, scale in scales.items():
        name = key.removesuffix("_scale")
        rows = scale.reshape(-1, *(1,) * (found[name].ndim - 1)) if scale.ndim else scale
        found[name] = found[name] / rows
    return found


@dataclass(frozen=True)
class Past:
    """What the decoder has read: tokens that all of a beam share, and each one's own."""

    shared: tuple[Pair, ...]
    own: tuple[Pair, ...]
    length: int

    def of(self, beams: Sequence[int]) -> Past:
        """Return the past of some of a beam, in that order."""
        rows = np.asarray(beams)
        own = tuple((keys[..., rows, :, :, :], values[..., rows, :, :, :])
                    for keys, values in self.own)  # fmt: skip
        return Past(self.shared, own, self.length)

    def beside(self, deaf: Past) -> Past:
        """Return the past of two readers of the same tokens, of whom only the first hears."""
        shared = zip(self.shared, deaf.shared, strict=True)
        own = zip(self.own, deaf.own, strict=True)
        return Past(
            tuple(tuple(np.stack(both)[:, None] for both in zip(*pair, strict=True))
                  for pair in shared),
            tuple(tuple(map(np.stack, zip(*pair, strict=True))) for pair in own),
            self.length,
        )  # fmt: skip


@dataclass(frozen=True)
class Decoder:
    """The layers of a decoder: `listen` to what was encoded, `read` a prompt, then `step`."""

    weights: Weights
    writes: np.ndarray  # the tokens that may be written, all others never

    @cached_property
    def _outputs(self) -> np.ndarray:
        return np.ascontiguousarray(self.weights["embeddings/weight"][self.writes])

    @cached_property
    def layers(self) -> int:
        """How many layers it has."""
        names = {key.partition("/")[0] for key in self.weights}
        return sum(name.removeprefix("layer_").isdigit() for name in names)

    @cached_property
    def heads(self) -> int:
        """How many heads a layer has."""
        return int(self.weights["num_heads"])

    def listen(self, encoded: np.ndarray) -> tuple[Pair, ...]:
        """Return the keys and values of what was encoded, positions x width, for each layer."""
        pairs = (self._linear(f"layer_{n}/attention/linear_1", encoded) for n in range(self.layers))
        return tuple(tuple(map(self._split, np.split(pair, 2, axis=-1))) for pair in pairs)

    def read(self, ids: Sequence[int], sound: tuple[Pair, ...]) -> tuple[np.ndarray, Past]:
        """Read a prompt of one or more tokens; return what follows its last, and the past."""
        x = self._embedded(np.asarray(ids), np.arange(len(ids)))
        mask = np.triu(np.full((len(ids), len(ids)), -np.inf, np.float32), 1)
        shared = []
        for n in range(self.layers):
            query, key, value = self._own(n, x)
            shared.append((key, value))
            scores = query @ key.swapaxes(-1, -2) + mask
            x = self._after(n, x, _softmax(scores) @ value, sound)
        empty = np.zeros((1, self.heads, 0, shared[0][0].shape[-1]), np.float32)
        past = Past(tuple(shared), ((empty, empty),) * self.layers, len(ids))
        return self._logits(x[-1:]), past

    def step(
        self, ids: Sequence[int], past: Past, sound: tuple[Pair, ...]
    ) -> tuple[np.ndarray, Past]:
        """Read one token for each of a beam; return the logits of the next, and the past.

        Two readers, `beside` each other, cost little more than one: they share the weights. Their
        logits are 2 x beam x tokens.
        """
        x = self._embedded(np.asarray(ids), np.full(len(ids), past.length))[:, None]
        if past.shared[0][0].ndim > 3:
            x = np.stack([x, x])
        own = []
        for n in range(self.layers):
            query, key, value = self._own(n, x)
            before, (keys, values) = past.shared[n], past.own[n]
            keys, values = np.concatenate([keys, key], -2), np.concatenate([values, value], -2)
            own.append((keys, values))
            scores = query @ before[0].swapaxes(-1, -2), query @ keys.swapaxes(-1, -2)
            shares = _softmax(np.concatenate(scores, -1))
            cut = before[0].shape[-2]
            seen = shares[..., :cut] @ before[1] + shares[..., cut:] @ values
            x = self._after(n, x, seen, sound)
        return self._logits(x[..., 0, :]), Past(past.shared, tuple(own), past.length + 1)

    def _own(self, n: int, x: np.ndarray) -> list[np.ndarray]:
        """Return queries, keys and values of a layer's look at what was written."""
        name = f"layer_{n}/self_attention"
        parts = np.split(self._linear(f"{name}/linear_0", self._norm(name, x)), 3, axis=-1)
        query, key, value = map(self._split, parts)
        return [query / np.sqrt(query.shape[-1]), key, value]

    def _after(
        self, n: int, x: np.ndarray, seen: np.ndarray, sound: tuple[Pair, ...]
    ) -> np.ndarray:
        """Add what a layer saw in the text, then what it hears in the sound, then its thought."""
        x = x + self._linear(f"layer_{n}/self_attention/linear_1", _join(seen))
        if sound:
            hearing = x[0] if x.ndim > 3 else x
            hearing += self._heard(n, hearing, sound[n])
        name = f"layer_{n}/ffn"
        inner = _gelu(self._linear(f"{name}/linear_0", self._norm(name, x)))
        return x + self._linear(f"{name}/linear_1", inner)

    def _heard(self, n: int, x: np.ndarray, sound: Pair) -> np.ndarray:
        name = f"layer_{n}/attention"
        query = self._split(self._linear(f"{name}/linear_0", self._norm(name, x)))
        scores = (query / np.sqrt(query.shape[-1])) @ sound[0].swapaxes(-1, -2)
        return self._linear(f"{name}/linear_2", _join(_softmax(scores) @ sound[1]))

    def _embedded(self, ids: np.ndarray, positions: np.ndarray) -> np.ndarray:
        places = self.weights["position_encodings/encodings"][positions]
        return self.weights["embeddings/weight"][ids] + places

    def _logits(self, x: np.ndarray) -> np.ndarray:
        flat = self._norm("", x).reshape(-1, x.shape[-1])
        return (self._outputs @ flat.T).T.reshape(*x.shape[:-1], -1)

    def _linear(self, name: str, x: np.ndarray) -> np.ndarray:
        flat = x.reshape(-1, x.shape[-1])
        y = (self.weights[f"{name}/weight"] @ flat.T).T
        return y.reshape(*x.shape[:-1], -1) + self.weights[f"{name}/bias"]

    def _norm(self, name: str, x: np.ndarray) -> np.ndarray:
        name = f"{name}/layer_norm".lstrip("/")
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-5)
        return x * self.weights[f"{name}/gamma"] + self.weights[f"{name}/beta"]

    def _split(self, x: np.ndarray) -> np.ndarray:
        """Part the width into heads, and put them before the positions."""
        return x.reshape(*x.shape[:-1], self.heads, -1).swapaxes(-2, -3)


def _join(x: np.ndarray) -> np.ndarray:
    x = x.swapaxes(-2, -3)
    return x.reshape(*x.shape[:-2], -1)


def _softmax(x: np.ndarray) -> np.ndarray:
    x = np.exp(x - x.max(-1, keepdims=True))
    return x / x.sum(-1, keepdims=True)


def _gelu(x: np.ndarray) -> np.ndarray:
    from scipy.special import erf

    return x * (erf(x / np.sqrt(np.float32(2))) + 1) / 2
