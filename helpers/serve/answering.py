"""What workers do: hear sound, answer what was said or heard, let a tuned model answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.serve import shown
from helpers.serve.errors import NotReady, Refused

if TYPE_CHECKING:
    from helpers.core.examples import Example
    from helpers.engines.base import Engine
    from helpers.pipeline.outcome import Stage
    from helpers.pipeline.run import Pipeline
    from helpers.pipeline.settings import Settings
    from helpers.pipeline.spoken import Ears
    from helpers.tasks.base import Task

Job = dict[str, Any]
Result = dict[str, Any]
Tell = Callable[[Result], None]  # hears of a stage before the whole result is there

ROW = re.compile(r"^row '[^']*': ")
UNKNOWN = 1e9  # seconds: libsndfile's word for a length that a file does not tell


def create(start: Mapping[str, Any]) -> Callable[[Job, bytes, Tell], Result]:
    """Return what a worker does with its jobs, by its role; nothing is loaded yet."""
    return {"text": Texts, "sound": Sounds}[start["role"]](start)


@contextmanager
def loading(name: str) -> Iterator[None]:
    """Turn what goes wrong while a job is loaded into `NotReady`."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        raise NotReady(f"{name}: {error}") from error


@contextmanager
def reading() -> Iterator[None]:
    """Turn what a model cannot read into `Refused`; a model that errs is nobody's fault who asks.

    A row's number says nothing to them: there is one.
    """
    from helpers.core.examples import RowError
    from helpers.engines.gguf.errors import LeftGrammar

    try:
        yield
    except LeftGrammar:
        raise
    except RowError as error:
        raise Refused(ROW.sub("", str(error))) from error


@dataclass
class Texts:
    """Answers texts and transcripts by each job's pipeline, loaded when it is first asked.

    One language model is held at a time: a pipeline with a model takes the place of another.
    """

    start: Mapping[str, Any]
    pipelines: dict[str, Pipeline] = field(default_factory=dict)
    tuned: Engine | None = None

    def __call__(self, job: Job, sound: bytes, tell: Tell) -> Result:
        """Do a job; raises `Refused` or `NotReady`."""
        if job["do"] == "answer":
            return self._answer(job, tell)
        return {"load": self._load, "chat": self._chat}[job["do"]](job)

    def _load(self, job: Job) -> Result:
        if job["task"] is None:
            self._tuned()
        else:
            self._pipeline(job["task"])
        return {}

    def _answer(self, job: Job, tell: Tell) -> Result:
        made = self._pipeline(job["task"])
        desktop = job["desktop"]
        check_desktop(desktop)

        def follow(stage: Stage) -> None:
            if job["follow"]:
                tell(shown.stage(stage))

        with reading():
            if transcript := job.get("transcript"):
                outcome = made.heard(shown.transcript(transcript), desktop, follow)
            else:
                outcome = made.answer([example_of(made.task, job["text"], desktop)], follow)[0]
        return shown.outcome(made, outcome, job["explain"])

    def _pipeline(self, name: str) -> Pipeline:
        if name not in self.pipelines:
            from helpers import tasks
            from helpers.pipeline import loading as pipelines

            file = self.start["jobs"][name]
            with loading(name):
                made = pipelines.load(Path(file)) if file else pipelines.committed(tasks.get(name))
            if made.settings.model:
                self._make_room()
            self.pipelines[name] = made
        return self.pipelines[name]

    def _make_room(self) -> None:
        self.tuned = None
        for name in [name for name, made in self.pipelines.items() if made.settings.model]:
            del self.pipelines[name]

    def _chat(self, job: Job) -> Result:
        from helpers.engines.repair import Repaired

        engine = self._tuned()
        asker = engine.engine if isinstance(engine, Repaired) else engine
        check_desktop(job["desktop"])
        if asker.decode == "grammar":
            check_plain(asker.loaded.tokenizer, job["text"], job["desktop"])
        example = example_of(engine.task, job["text"], job["desktop"])
        if job["system"]:
            example = replace(example, system=job["system"])
        with reading():
            found = engine.answer([example])[0]
        written = {"tokens": 0, "ended": True} | found.details  # rescoring writes nothing
        return {
            "text": found.text,
            "ended": written["ended"],
            "tokens": written["tokens"],
            "prompt_tokens": len(asker.prompts([example])[0]),
        }

    def _tuned(self) -> Engine:
        if self.tuned is None:
            from helpers import engines, tasks

            file, decode = self.start["gguf"], self.start["decode"]
            with loading(file):
                task = tasks.get(self.start["of"], None, engines.variant_of(file))
                made = engines.create("gguf", task, model=file, decode=decode)
            self._make_room()
            self.tuned = made
        return self.tuned


@dataclass
class Sounds:
    """Hears sound by Whisper, which is loaded, with what steers it, when a job is first asked."""

    start: Mapping[str, Any]
    ears: dict[str, Ears] = field(default_factory=dict)

    def __call__(self, job: Job, sound: bytes, tell: Tell) -> Result:
        """Do a job; raises `Refused` or `NotReady`."""
        return {"load": self._load, "hear": self._hear}[job["do"]](job, sound)

    def _load(self, job: Job, sound: bytes) -> Result:
        from helpers.pipeline.spoken import Ears

        name = job["task"]
        with loading(name):
            task, known = self._known(name)
            self.ears[name] = Ears.of(task, known.whisper, words=known.words)
        return {}

    def _hear(self, job: Job, sound: bytes) -> Result:
        from helpers.speech import prompt
        from helpers.speech.audio import SpeechError

        name, desktop = job["task"], job["desktop"]
        check_desktop(desktop)
        source = BytesIO(sound)
        self._check(source)
        ears = self.ears[name]
        if desktop is not None:
            task, known = self._known(name)
            ears = replace(ears, shown=prompt.hints(task, desktop, [*known.words.values()]))
        try:
            heard = ears.hear(source)
        except SpeechError as error:
            raise Refused(str(error)) from error
        if heard.broken:
            raise Refused(heard.broken)
        return asdict(heard)

    def _check(self, source: BytesIO) -> None:
        from helpers.speech import audio

        try:
            seconds, channels = audio.shape(source)
        except audio.SpeechError as error:
            raise Refused(str(error)) from error
        most = self.start["length"]
        if seconds > UNKNOWN:
            raise Refused("the file does not tell its length; save it whole, or as WAV")
        if seconds > most:
            raise Refused(f"the sound lasts {seconds:.0f} seconds; send {most:.0f} at most")
        if channels > self.start["channels"]:
            raise Refused(f"the sound has {channels} channels; send one, or two")

    def _known(self, name: str) -> tuple[Task, Settings]:
        """Return a job's task on its own rows, and what its pipeline's file says."""
        from helpers import tasks
        from helpers.pipeline import settings

        file = Path(self.start["jobs"][name] or settings.path_of(name))
        known = settings.read(file)
        near = (file.parent / known.rows[0]).parent if known.rows else None
        return tasks.get(name, near), known


def example_of(task: Task, text: str, desktop: Any) -> Example:
    """Return what was said as an example, whatever its text looks like."""
    return replace(task.example_of("-"), prompt=text.strip(), context=desktop)


def check_plain(tokenizer: Any, text: str, desktop: Any) -> None:
    """Raise `Refused` for words that spell a control token of the model's.

    llama.cpp reads them as that token when its grammar leaves nothing else, and then gives up.
    """
    from helpers.models import tokens

    said = text + json.dumps(desktop, ensure_ascii=False)
    if tokens.guard(tokenizer, said) != said:
        raise Refused("this holds a control token of the model's, such as <|im_end|>; leave it out")


def check_desktop(desktop: Any) -> None:
    """Raise `Refused` for a desktop out of form."""
    from helpers.tasks.desktop import context

    if desktop is None:
        return
    try:
        context.from_json(desktop)
    except ValueError as error:
        raise Refused(str(error)) from error
