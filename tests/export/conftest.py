"""The bundled base as a GGUF file, its Modelfile, and what a page knows."""

import shutil
from pathlib import Path

import browser
import pytest

from helpers.core import paths
from helpers.export import gguf, ollama
from helpers.export.web import knowledge
from helpers.export.web.knowledge import Knowledge

collect_ignore = [] if shutil.which("go") else ["test_ollama_in_go.py"]
collect_ignore += ["test_web_page.py"] if browser.missing() else []


@pytest.fixture(scope="session")
def base() -> Path:
    """The folder of the bundled base: bf16 weights, a tokenizer of its own, ChatML."""
    return paths.root() / "data" / "tiny_base" / "2m"


@pytest.fixture(scope="session")
def f16(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base as a GGUF of 16-bit weights, converted once."""
    return gguf.convert(base, tmp_path_factory.mktemp("gguf") / "base-f16.gguf")


@pytest.fixture
def modelfile(f16: Path) -> Path:
    """The Modelfile of the converted base."""
    return ollama.write_modelfile(f16, "Say {{ it }}.")


@pytest.fixture(scope="session")
def learned() -> Knowledge:
    """What the page without a server knows."""
    return knowledge.learn()
