"""Checks of the exercises: each takes the reader's function, prints a hint, returns a verdict."""

from helpers.course.exercises.analyzing import (
    check_largest_class,
    check_risk_of,
    check_went_and_came,
)
from helpers.course.exercises.comparing import (
    check_break_even,
    check_cost_of,
    check_holm_of,
)
from helpers.course.exercises.exporting import (
    check_bits_a_weight,
    check_flips,
    check_rounded,
)
from helpers.course.exercises.generating import (
    check_kappa_of,
    check_keep_new,
    check_left_after,
)
from helpers.course.exercises.growing import (
    check_bits_per_byte,
    check_packed,
    check_warmth,
)
from helpers.course.exercises.inspecting import (
    check_ceiling,
    check_certainty,
    check_hold_out,
    check_leaked,
)
from helpers.course.exercises.playing import (
    check_gate_errors,
    check_smallest_rank,
    check_turning_point,
)
from helpers.course.exercises.routing import (
    check_ask_below,
    check_kind_of,
    check_words_wrong,
)
from helpers.course.exercises.ruling import (
    check_count_texts,
    check_expand_digits,
    check_share_within,
    check_with_spaces,
)
from helpers.course.exercises.sending import (
    check_makespan,
    check_price_of,
    check_to_send,
)
from helpers.course.exercises.serving import (
    check_hours_awake,
    check_waits,
    check_within,
)
from helpers.course.exercises.training import (
    check_best_checkpoint,
    check_labels_of,
    check_lora_weights,
    check_mixed_best,
)
from helpers.course.exercises.training_mlx import (
    check_rows_dropped,
    check_scale_of,
    check_with_padding,
)

__all__ = [
    "check_ask_below",
    "check_best_checkpoint",
    "check_bits_a_weight",
    "check_bits_per_byte",
    "check_break_even",
    "check_ceiling",
    "check_certainty",
    "check_cost_of",
    "check_count_texts",
    "check_expand_digits",
    "check_flips",
    "check_gate_errors",
    "check_hold_out",
    "check_holm_of",
    "check_hours_awake",
    "check_kappa_of",
    "check_keep_new",
    "check_kind_of",
    "check_labels_of",
    "check_largest_class",
    "check_leaked",
    "check_left_after",
    "check_lora_weights",
    "check_makespan",
    "check_mixed_best",
    "check_packed",
    "check_price_of",
    "check_risk_of",
    "check_rounded",
    "check_rows_dropped",
    "check_scale_of",
    "check_share_within",
    "check_to_send",
    "check_smallest_rank",
    "check_turning_point",
    "check_waits",
    "check_warmth",
    "check_went_and_came",
    "check_with_padding",
    "check_with_spaces",
    "check_within",
    "check_words_wrong",
]
