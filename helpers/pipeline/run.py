"""One call from sound or text to what is done about it: `run(pipeline, said)`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from helpers.core.examples import Example
from helpers.pipeline.drafts import Draft, Drafter, Tell, untold
from helpers.pipeline.gate import NONE
from helpers.pipeline.outcome import ASK, NOTHING, TYPE, Alternative, Outcome, Stage, choices
from helpers.pipeline.settings import Settings
from helpers.pipeline.spoken import Ears, dictations_of, likeliest
from helpers.speech.transcribe import Transcript
from helpers.tasks.base import Task
from helpers.tasks.plan import Plan


@dataclass(frozen=True)
class Pipeline:
    """A job's gate, rules, lattices and model, ready to answer; `loading.load` makes one.

    `learned` says how many rows were read, and names their content.
    """

    task: Task
    settings: Settings
    drafter: Drafter
    learned: Mapping[str, Any] = field(default_factory=dict)

    def answer(self, examples: Sequence[Example], tell: Tell = untold) -> list[Outcome]:
        """Return what is done about each example, in their order; nobody said an empty one.

        `tell` hears of the first stages before a model, which may be slow, is asked.
        """
        spoken = [example for example in examples if example.prompt.strip()]
        drafts = iter(self.drafter.drafts(spoken, tell) if spoken else [])
        return [
            self._decide(example, next(drafts)) if example.prompt.strip() else silence()
            for example in examples
        ]

    def heard(
        self, transcript: Transcript, context: Any = None, tell: Tell = untold
    ) -> Outcome:
        """Return what is done about what was heard.

        A beam that is steered towards dictations finds one in any talk, so that the text which
        Whisper writes by itself decides whether anything was dictated at all. Which dictation it
        was is decided without the model: the likeliest by its sound and its command together.
        """
        said = transcript.text
        if not said:
            return silence().after(_transcribed(transcript, said))
        if transcript.dictated and self.drafter.quick(said).text:
            answers = {text: self.drafter.quick(text) for text in dictations_of(transcript)}
            said = likeliest(transcript, answers)
        ears = _transcribed(transcript, said)
        tell(ears)
        return self.answer([self.example_of(said, context)], tell)[0].after(ears)

    def example_of(self, said: str, context: Any = None) -> Example:
        """Return the example that a line, said beside a context, asks for."""
        example = self.task.example_of(said)
        return example if context is None else replace(example, context=context)

    def _decide(self, example: Example, draft: Draft) -> Outcome:
        sure = round(self.settings.confidence.of(draft.numbers), 4)
        plan = self.task.plan(draft.text, example)
        action, offered = TYPE, ()
        if not draft.text:  # the confidence is of what was written, and this is the gate's
            action, sure = NOTHING, float(draft.details.get("probability", 1.0))
        elif plan.refusal or (sure < self.settings.confidence.ask_below and not plan.harmless):
            action, offered = ASK, choices([draft.text, *draft.others()])
        details = dict(draft.details) | {"confidence": sure}
        if action == ASK:
            details["asks"] = list(offered)
        stage = _planned(action, offered, plan, sure)
        undo = plan.undo if action == TYPE else ""
        return Outcome(example.prompt, draft.text, action, sure, draft.route,
                       (*draft.stages, stage), offered, undo, draft.margin, details)  # fmt: skip


def run(
    pipeline: Pipeline, source: str | Path | Any, context: Any = None, ears: Ears | None = None
) -> Outcome:
    """Return what is done about something said: a text, a sound file, or samples of sound.

    `context` is what a job looks at beside the words, such as a desktop. Sound is heard by `ears`,
    else by the pipeline's own Whisper, which is shown the context's names. Nothing said is kept.
    """
    if isinstance(source, str):
        return pipeline.answer([pipeline.example_of(source, context)])[0]
    if ears is None:
        ears = Ears.of(pipeline.task, pipeline.settings.whisper, context)
    return pipeline.heard(ears.hear(source), context)


def silence() -> Outcome:
    """Return what is done where nobody said anything."""
    return Outcome("", "", NOTHING, 1.0, NOTHING, (Stage("gate", NONE, 1.0),),
                   details={"route": NOTHING, "kind": NONE, "confidence": 1.0},
                   margin=float("inf"))  # fmt: skip


def _transcribed(transcript: Transcript, said: str) -> Stage:
    """Return the stage of hearing: what it takes for said, and what else it may have been."""
    doubt = max((one.no_speech_prob for one in transcript.segments), default=1.0)
    scores = transcript.alternatives if said != transcript.text else ()
    return Stage(
        "transcriber", said, round(1 - doubt, 4),
        tuple(Alternative(text, round(score, 2)) for text, score in scores),
        "score", transcript.seconds, f"by itself: {transcript.text}" if scores else "",
    )  # fmt: skip


def _planned(action: str, offered: Sequence[str], plan: Plan, sure: float) -> Stage:
    decision = {
        TYPE: "; ".join(plan.steps),
        ASK: plan.refusal or f"ask: {' | '.join(offered)}",
        NOTHING: "do nothing",
    }[action]
    return Stage("plan", decision, sure, note=f"undo: {plan.undo}" if action == TYPE else "")
