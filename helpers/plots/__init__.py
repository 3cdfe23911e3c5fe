"""Figures for the notebooks: each takes data and perhaps an `ax`, and returns the `Axes`.

Nothing is shown or saved here: a notebook shows the figure of the cell it stands in.
"""

from helpers.plots.answers import best_k, confusion, margin_curves
from helpers.plots.base import (
    WIDTH,
    bucket_bars,
    count_bars,
    histogram,
    interval_points,
    style,
)
from helpers.plots.comparison import cost_lines, lines, row_lines, seed_points
from helpers.plots.errors import class_bars, risk_coverage, slice_points
from helpers.plots.export import size_against_score
from helpers.plots.factory import yield_bars
from helpers.plots.overview import overview
from helpers.plots.pretrain import bits_bars, growth_curves
from helpers.plots.routing import calibration, gate_plane, stacked_bars
from helpers.plots.serving import latency_lines, memory_line
from helpers.plots.speech import heard_bars, waveform
from helpers.plots.timeline import timeline
from helpers.plots.training import learning_curve, token_lines, token_mask, training_overview

__all__ = [
    "WIDTH",
    "best_k",
    "bits_bars",
    "bucket_bars",
    "calibration",
    "class_bars",
    "confusion",
    "cost_lines",
    "count_bars",
    "gate_plane",
    "growth_curves",
    "heard_bars",
    "histogram",
    "interval_points",
    "latency_lines",
    "learning_curve",
    "lines",
    "margin_curves",
    "memory_line",
    "overview",
    "risk_coverage",
    "row_lines",
    "seed_points",
    "size_against_score",
    "slice_points",
    "stacked_bars",
    "style",
    "timeline",
    "token_lines",
    "token_mask",
    "training_overview",
    "waveform",
    "yield_bars",
]
