"""The card shows what the records say, and nothing leaves the machine unless it is asked to."""

import pytest
import yaml

from helpers import scoring, tasks
from helpers.core import runs
from helpers.engines.torch.engine import create
from helpers.export import adapters, card
from helpers.export.fuse import fuse
from helpers.export.steps import ExportError

TASK = tasks.get("support_label")


@pytest.fixture
def fused(tuned, tmp_path):
    """A fused run."""
    return fuse(tuned, tmp_path / "fused")


def test_the_card_shows_the_records(fused, runs_dir):
    task = tasks.get("support_label")
    rows = task.load("valid")[:12]
    record = scoring.score(task, create(task, fused, "grammar"), rows, "valid").record
    text = card.write(fused, task, [record]).read_text("utf-8")
    _, head, body = text.split("---\n", 2)
    data = yaml.safe_load(head)
    assert data["pipeline_tag"] == "text-generation" and "base_model" not in data
    result = data["model-index"][0]["results"][0]["metrics"][0]
    assert result == {"type": "exact_match", "value": round(100 * record["exact"], 1)}
    low, high = (f"{100 * end:.1f}" for end in record["exact_ci"])
    assert f"| grammar | 12 of valid | {100 * record['exact']:.1f} | {low}–{high} |" in body
    assert task.load("train")[0].prompt in body and "fused in bfloat16." in body


def test_the_card_tells_the_recipe(fused):
    told = {"rank": 8, "alpha": 16, "train_rows": 4000, "seed": 1, "best_step": 1200}
    runs.write(fused, runs.read(fused) | told | {"choose_on": "valid"})
    body = card.write(fused, TASK, []).read_text("utf-8")
    assert "Rank 8, alpha 16, 4,000 rows, seed 1. The checkpoint of step 1,200 is kept" in body


def test_the_base_of_the_hub_and_the_license_are_named(fused):
    runs.write(fused, runs.read(fused) | {"base": "Qwen/Qwen3-0.6B"})
    text = card.write(fused, TASK, [], "apache-2.0").read_text("utf-8")
    data = yaml.safe_load(text.split("---\n")[1])
    assert data["base_model"] == "Qwen/Qwen3-0.6B" and data["license"] == "apache-2.0"


def test_the_small_base_is_named_as_the_hub_knows_it(fused):
    runs.write(fused, runs.read(fused) | {"base": "smollm2-135m"})
    data = yaml.safe_load(card.write(fused, TASK, []).read_text("utf-8").split("---\n")[1])
    assert data["base_model"] == "HuggingFaceTB/SmolLM2-135M-Instruct"


def test_the_score_of_the_way_that_its_users_will_get_stands_first(fused):
    """Ollama decodes freely, whatever was best where a list could be rescored."""
    runs.write(fused, runs.read(fused) | {"decode": "rescore", "mix": 0.4})
    scores = [
        {"settings": {"decode": decode}, "exact": exact, "exact_ci": [0.1, 0.9], "n": 50}
        | {"split": "test", "commit": "abc"}
        for decode, exact in (("free", 0.25), ("rescore", 0.75))
    ]
    body = card.write(fused, TASK, scores).read_text("utf-8")
    assert "list of possible answers, at a weight of 0.4." in body
    assert "Asked that way, it answers **75.0 %** of 50 rows of test exactly." in body
    (fused / "Modelfile").write_text("FROM model.gguf\n", "utf-8")
    body = card.write(fused, TASK, scores).read_text("utf-8")
    assert "Decode greedily." in body and "it answers **25.0 %** of 50 rows" in body


def test_what_does_not_tell_its_job_or_its_base_gets_no_card(tuned, tmp_path):
    mlx = adapters.to_mlx(tuned, tmp_path / "mlx")
    peft = adapters.to_peft(mlx, "data/tiny_base/2m", tmp_path / "peft")
    with pytest.raises(ExportError, match="peft's record names no task; export it from a run"):
        card.write(peft, TASK, [])
    runs.write(peft, {"task": TASK.name})
    with pytest.raises(ExportError, match="peft's record names no base; export it from a run"):
        card.write(peft, TASK, [])


def test_a_dry_run_lists_and_uploads_nothing(fused, monkeypatch):
    import huggingface_hub

    def never(*_, **__):
        raise AssertionError("this was not to be called")

    monkeypatch.setattr(huggingface_hub, "HfApi", never)
    (fused / "notes.txt").write_text("mine", "utf-8")
    card.write(fused, TASK, [])
    told = []
    files = card.push(fused, "me/tiny", report=told.append)
    assert "model.safetensors" in files and "README.md" in files and "notes.txt" not in files
    assert told[-1].startswith("nothing was uploaded")


def test_nothing_is_uploaded_but_what_was_listed(fused, monkeypatch):
    """On the hub a star in a pattern matches a folder's name, too."""
    import huggingface_hub
    from huggingface_hub.utils import filter_repo_objects

    (fused / "private").mkdir()
    (fused / "private" / "notes.json").write_text("{}", "utf-8")
    sent = []

    class Api:
        def __init__(self, token):
            self.token = token

        def create_repo(self, *_, **__):
            pass

        def upload_folder(self, repo_id, folder_path, allow_patterns):
            there = [str(f.relative_to(folder_path)) for f in folder_path.rglob("*")]
            sent.extend(filter_repo_objects(there, allow_patterns=allow_patterns))

    monkeypatch.setattr(huggingface_hub, "HfApi", Api)
    files = card.push(fused, "me/tiny", token="mine", really=True, report=lambda line: None)
    assert sorted(sent) == sorted(files) and "config.json" in sent


def test_what_must_not_be_uploaded_is_refused(fused):
    with pytest.raises(ExportError, match="write it as owner/name"):
        card.push(fused, "tiny")
    with pytest.raises(ExportError, match="a token is needed"):
        card.push(fused, "me/tiny", really=True, report=lambda line: None)
    (fused / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(ExportError, match="can hold code"):
        card.push(fused, "me/tiny")
    with pytest.raises(ExportError, match="has no record.json"):
        card.write(fused.parent, TASK, [])
