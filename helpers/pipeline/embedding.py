"""The gate that articles draw: a small model's embedding of the words, and a linear classifier.

It is here to be compared with: it cannot say why, and needs a model in memory to say anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

BATCH = 64  # texts at a time


def embed(
    texts: Sequence[str], base: Path, progress: Callable[[Iterable], Iterable] = iter
) -> np.ndarray:
    """Return the mean of a base's last hidden states for each text, as texts × width."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(base)
    model = AutoModel.from_pretrained(base, use_safetensors=True).eval()
    rows = []
    for start in progress(range(0, len(texts), BATCH)):
        part = [text or " " for text in texts[start : start + BATCH]]
        read = tokenizer(part, return_tensors="pt", padding=True, truncation=True, max_length=256)
        with torch.inference_mode():
            states = model(
                input_ids=read["input_ids"], attention_mask=read["attention_mask"]
            ).last_hidden_state
        mask = read["attention_mask"].unsqueeze(-1)
        rows.append(((states * mask).sum(1) / mask.sum(1)).float().numpy())
    return np.concatenate(rows)


def kinds(
    train: Sequence[str],
    known: Sequence[str],
    texts: Sequence[str],
    base: Path,
    progress: Callable[[Iterable], Iterable] = iter,
) -> list[str]:
    """Return the kind of speech of each text of `texts`, as a classifier fitted on `train` says."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    states = embed([*train, *texts], base, progress)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=2_000))
    model.fit(states[: len(train)], known)
    return model.predict(states[len(train) :]).tolist()
