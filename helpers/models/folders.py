"""Where a model's files lie: a plain folder, a run with its adapter, or the hub's cache."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.core import fingerprints, paths, records
from helpers.core.examples import EngineError
from helpers.models import adapters, configuration, digests, hub, smollm2, weights

TINY = {f"tiny-{size}": f"data/tiny_base/{size}" for size in ("1m", "2m", "3m")}
SHORT = (*TINY, smollm2.NAME)
TRAINING = (  # what notebooks 04 and 05 ask for
    "backend", "profile", "variant", "steps", "seed", "eval_rows",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A model's folder, what records call it, and its commit if it is from the hub."""

    folder: Path
    shown: str
    revision: str = ""


@dataclass(frozen=True)
class ModelFolder:
    """A model to load: its base (or merged) weights, the adapter upon them, the run's record."""

    path: Path
    place: Place
    adapter: Path | None = None
    record: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """What messages call it."""
        return str(self.path)

    @property
    def base(self) -> Path:
        """The folder of the base."""
        return self.place.folder

    @property
    def config(self) -> dict[str, Any]:
        """The configuration of the base."""
        return configuration.read(self.base / "config.json")

    @property
    def quantized(self) -> bool:
        """Whether mlx-lm has rounded the base's weights to a few bits."""
        return "quantization" in self.config

    @property
    def digest(self) -> str:
        """A name for the content of every file that has a say in the answers."""
        folders = [folder for folder in (self.base, self.adapter) if folder]
        return fingerprints.digest([digests.contents(folder) for folder in folders])

    @property
    def metadata(self) -> dict[str, Any]:
        """What a record tells: the model, its base, that one's commit on the hub, its training."""
        model = paths.shown(self.path) if self.adapter else self.place.shown
        commit = {"base_revision": self.place.revision} if self.place.revision else {}
        return {"model": model, "base": self.place.shown} | commit | origin(self.record)


def locate(name: str | Path | ModelFolder, base: Path | None = None) -> ModelFolder:
    """Find the parts of a model and check them; raises `EngineError` with the fix.

    `name` is what `resolve` takes, the folder of a run of fine-tuning, or located already. `base`
    is where the base of a run lies, if not where its record says.
    """
    if isinstance(name, ModelFolder):
        return name
    path = local(name)
    if path is None or (path / "config.json").exists():
        place = resolve(name)
        kept = place.folder / "record.json"  # of a run that was fused, what engines ask
        return ModelFolder(place.folder, place, record=_record(kept) if kept.exists() else {})
    if not (path / "record.json").exists():
        raise EngineError(
            f"{path}: has neither config.json (a model) nor record.json (a run of fine-tuning); "
            "name a folder that has one"
        )
    record = _record(path / "record.json")
    if "base" not in record:
        raise EngineError(f"{path}: its record names no base; name a run of fine-tuning")
    place = Place(base.resolve(), record["base"]) if base else _base_of(path, record)
    adapter = path / "adapter"
    for file in ("adapter_config.json", "adapter_model.safetensors"):
        if not (adapter / file).exists():
            raise EngineError(f"{adapter / file}: is missing; finish the run, then score it")
    return ModelFolder(path, place, adapter, record)


def verified(name: str | Path | ModelFolder) -> ModelFolder:
    """Locate a model whose adapter, if it has one, lands on the very base it was trained on.

    A run's record names the content of its base and of its adapter; where it does not, as beside
    an adapter from elsewhere, names and shapes alone are compared. Raises `EngineError`.
    """
    folder = locate(name)
    if folder.adapter is None:
        return folder
    record, now = folder.record, digests.of_base(folder.base)
    if record.get("base_digest", now["base_digest"]) != now["base_digest"]:
        parts = [part for part in ("template", "tokenizer") if _changed(record, now, part)]
        what = f", its {' and '.join(parts)}" if parts else ""
        raise EngineError(
            f"{folder.path}: its base {folder.place.shown} has changed since the run was trained"
            f"{what} (base_digest {now['base_digest']}, trained on {record['base_digest']}); put "
            "it back, or train again"
        )
    own = digests.adapter_digest(folder.adapter)
    if record.get("adapter_digest", own) != own:
        raise EngineError(
            f"{folder.adapter}: is not the adapter its run trained (adapter_digest {own}, trained "
            f"{record['adapter_digest']}); put it back, or train again with fresh"
        )
    adapters.check(folder.adapter, folder.base, folder.place.shown, record)
    return folder


def _changed(record: dict[str, Any], now: dict[str, str], part: str) -> bool:
    key = f"{part}_digest"
    return record.get(key, now[key]) != now[key]


def _base_of(run: Path, record: dict[str, Any]) -> Place:
    """Return the base that a run was trained on: the project's, or the hub's at that commit."""
    ours = paths.root() / record["base"]
    try:
        return resolve(
            ours if ours.is_dir() else record["base"], record.get("base_revision") or ""
        )
    except EngineError as error:
        raise EngineError(f"{run}: its base cannot be had: {error}") from error


def resolve(name: str | Path, revision: str = "") -> Place:
    """Return where a model lies: in a folder, in one below the project, or fetched from the hub.

    A model of the hub is fetched at `revision`, a commit, or as it is now. Its configuration is
    looked at first: no weights are fetched of a model that the course would not load.
    Raises `EngineError` with the fix.

    >>> resolve("data/nowhere")
    Traceback (most recent call last):
    helpers.engines.base.EngineError: data/nowhere: there is no such folder ...
    """
    folder = local(name)
    if folder:
        check(folder, paths.shown(folder))
        return Place(folder.resolve(), paths.shown(folder))
    name = name.as_posix() if isinstance(name, Path) else name
    if name == smollm2.NAME:
        return Place(smollm2.located(), name)
    if not hub.is_name(name):
        raise EngineError(
            f"{name}: there is no such folder; name a model's folder, a run's, "
            f"{', '.join(SHORT)}, or a model of the hub as owner/name"
        )
    configuration.check(name, configuration.read(hub.configuration(name, revision)))
    folder = hub.snapshot(name, revision)
    check(folder, name)
    return Place(folder, name, folder.name)


def config_of(name: str | Path) -> dict[str, Any]:
    """Return a model's configuration, checked; of one of the hub nothing else is fetched.

    Raises `EngineError` with the fix, for a folder that `resolve` would not take either.
    """
    folder = local(name)
    if folder or not hub.is_name(str(name)):
        return configuration.read(resolve(name).folder / "config.json")
    config = configuration.read(hub.configuration(str(name)))
    configuration.check(str(name), config)
    return config


def local(name: str | Path) -> Path | None:
    """Return the folder named: from here, or else below the project; None if there is none.

    A tiny base of the project has a short name, too.

    >>> local("helpers/engines").name, local("tiny-2m").name, local("Qwen/Qwen3-0.6B")
    ('engines', '2m', None)
    """
    path = Path(TINY.get(str(name), name)).expanduser()
    if path.is_dir():
        return path
    below = paths.root() / path
    return below if below.is_dir() else None


def is_tiny(name: str | Path) -> bool:
    """Return whether this names one of the project's tiny bases.

    >>> is_tiny("tiny-2m"), is_tiny("data/tiny_base/1m"), is_tiny("smollm2-135m")
    (True, True, False)
    >>> is_tiny((paths.root() / "data" / "tiny_base" / "1m").resolve())
    True
    """
    folder = local(name)
    there = [one.resolve() for one in map(local, TINY) if one]
    return folder is not None and folder.resolve() in there


def check(folder: Path, shown: str = "") -> None:
    """Raise `EngineError` for a folder whose model this course cannot, or will not, load."""
    shown = shown or str(folder)
    if not (folder / "config.json").exists():
        raise EngineError(f"{shown}: has no config.json; name a Hugging Face model folder")
    configuration.check(shown, configuration.read(folder / "config.json"))
    if (folder / "adapter_config.json").exists():  # libraries load the base that it names
        raise EngineError(
            f"{shown}: holds an adapter beside a whole model; move the adapter's files away"
        )
    if not list(folder.glob("*.safetensors")):
        raise EngineError(f"{shown}: has no *.safetensors; save the weights in that form")
    weights.shapes(folder)  # each file is whole
    if not (folder / "tokenizer.json").exists():
        raise EngineError(f"{shown}: has no tokenizer.json; save the fast tokenizer beside it")


def origin(record: dict[str, Any]) -> dict[str, Any]:
    """Return what a score repeats of its model's own record: the base's weights, the training.

    >>> origin({"total_weights": 12, "trainable_weights": 2, "backend": "mlx", "seed": 0})
    {'weights': 10, 'training': {'backend': 'mlx', 'seed': 0}}
    >>> origin({})
    {}
    """
    of_run = record.get("total_weights", 0) - record.get("trainable_weights", 0)
    weights = record.get("weights", of_run)
    training = {name: record[name] for name in TRAINING if name in record}
    return {k: v for k, v in (("weights", weights), ("training", training)) if v}


def _record(path: Path) -> dict[str, Any]:
    """Read a model's record; raises `EngineError` for a damaged one."""
    try:
        return records.checked(configuration.read(path), path)
    except ValueError as error:
        raise EngineError(str(error)) from error
