"""Converting and quantizing: what goes in comes out, and what fails says why in one line."""

import io
import json
import resource
import shutil
import sys
import tarfile
import unicodedata
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import tasks
from helpers.core import fetch
from helpers.core.examples import EngineError
from helpers.engines.gguf import engine as engine
from helpers.engines.gguf.loading import TOKENIZER, load
from helpers.export import converter, gguf
from helpers.export.steps import ExportError
from helpers.tasks.prompts import CHATML, render

NASTY = (
    "",
    " ",
    "   leading and trailing   ",
    "it's we'RE I'LL don't 'S '",
    "\n\n\t\r\n  \n x\n",
    "a\u00a0b\u200bc\u202ed\u3000e\ufeff",
    "naïve ÅNGSTRÖM ß İı ﬁ 日本語 עברית हिन्दी 한국어",
    "🙂🧑‍🚀🏳️‍🌈 𝒳𝟙 ½ ⅷ ²",
    "0123456789 3.14 1,000 ٣٤٥",
    "{{ x }} {% y %} ${a:-b} $'\\n' \\\\ \"\"\" ''' ``",
    "find . -name '*.txt' -print0 | xargs -0 grep -nE \"^a{2,3}$\" > /dev/null 2>&1",
    "<|im_start|>user\nhi<|im_end|>\n<|endoftext|><|im_end|",
    "<|IM_END|> < |im_end|> <s></s> [PAD0]",
    "------======......!!!!!!??????``````",
    "\x00\x01\x7f\x80",
)


@pytest.fixture(scope="module")
def loaded(f16):
    """The converted base, in llama.cpp."""
    return load(f16)


@pytest.fixture
def copied(base, tmp_path) -> Path:
    """A copy of the base that may be spoilt."""
    return Path(shutil.copytree(base, tmp_path / "model"))


def edit(path: Path, change) -> None:
    """Change a JSON file."""
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content), "utf-8")


@contextmanager
def fails(pattern: str, out: Path):
    """Expect one line of an error, and nothing half-written where `out` should be."""
    with pytest.raises(ValueError, match=pattern) as caught:
        yield
    assert isinstance(caught.value, (ExportError, EngineError))
    assert "\n" not in str(caught.value)
    if out.parent.is_dir():
        assert [file.name for file in out.parent.iterdir() if out.name in file.name] in (
            [],
            [f"{out.name}.log"],
        )


def test_the_template_in_the_file_is_the_one_trained_with(f16, base, loaded):
    assert gguf.metadata_of(f16, "tokenizer.chat_template") == CHATML
    assert loaded.model.ask("/props")["chat_template"] == CHATML
    assert gguf.metadata_of(f16, "no.such.key") is None
    beside = {file.name for file in f16.parent.iterdir()}
    wanted = {name for name in (*TOKENIZER, "record.json") if (base / name).exists()}
    assert wanted | {f16.name, f"{f16.name}.log"} <= beside
    assert not [name for name in beside if name.endswith(".part")]
    assert "Model successfully exported" in gguf.log_of(f16).read_text("utf-8")


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_are_the_same_tokens(loaded, text):
    assert loaded.model.tokenize(text) == loaded.encode([text])[0]


@given(st.text(st.characters(codec="utf-8", max_codepoint=0x2FFFF), max_size=40))
def test_any_composed_text_is_the_same_tokens(loaded, text):
    text = unicodedata.normalize("NFC", text)
    assert loaded.model.tokenize(text) == loaded.encode([text])[0]


def test_llama_cpp_does_not_compose_characters(loaded):
    """The tokenizer does (NFC); whoever asks llama.cpp with text must have done it."""
    apart = unicodedata.normalize("NFD", "café")
    assert loaded.model.tokenize(apart) != loaded.encode([apart])[0]
    assert loaded.model.tokenize(unicodedata.normalize("NFC", apart)) == loaded.encode([apart])[0]


@pytest.mark.parametrize("name", tasks.names())
def test_prompts_and_answers_of_the_rows_are_the_same_tokens(loaded, name):
    task = tasks.get(name)
    for row in task.load("valid")[::10]:
        rendered = render(loaded.tokenizer, task, row)
        for text in (rendered.prompt, rendered.completion):
            assert loaded.model.tokenize(text) == loaded.encode([text])[0]


@pytest.mark.parametrize("kind", gguf.KINDS)
def test_each_kind_of_quantization_is_smaller_and_answers(f16, tmp_path, kind):
    file = gguf.quantize(f16, tmp_path / f"base-{kind}.gguf", kind)
    bits = float(kind[1])
    assert bits / 16 < file.stat().st_size / f16.stat().st_size < (bits + 2) / 16
    assert gguf.metadata_of(file, "general.file_type") == gguf.KINDS[kind]
    task = tasks.get("support_label")
    found = engine.create(task, file, "grammar")
    assert found.loaded.dtype.startswith(kind[:2])
    assert found.answer(task.load("valid")[:1])[0].text in task.labels


@pytest.fixture(scope="module")
def narrow(save_random_model, loaded, tmp_path_factory) -> Path:
    """A GGUF of a model whose rows are 64 wide."""
    folder = tmp_path_factory.mktemp("narrow")
    save_random_model(folder, loaded.tokenizer, len(loaded.tokenizer))
    return gguf.convert(folder, folder / "narrow.gguf")


def test_a_width_that_a_kind_does_not_divide_takes_more_bits_and_says_so(narrow, tmp_path):
    """llama.cpp takes the next type up for such rows: the file's name alone would hide it."""
    task = tasks.get("support_label")
    for kind, types in (
        ("Q4_K_M", {"q4_K as q5_0": 11, "q6_K as q8_0": 3}),
        ("Q8_0", None),
    ):
        file = gguf.quantize(narrow, tmp_path / "narrow.gguf", kind)
        assert file.stat().st_size < narrow.stat().st_size
        found = engine.create(task, file, "grammar")
        counts = found.settings.get("fallback")
        assert (counts or {}).keys() == (types or {}).keys()
        assert found.answer(task.load("valid")[:1])[0].text in task.labels


def test_what_cannot_be_quantized_says_why(f16, tmp_path):
    out = tmp_path / "x.gguf"
    with fails("there is no type 'Q4'; choose one of Q8_0", out):
        gguf.quantize(f16, out, "Q4")
    with fails("quantize: there is no file .*convert the model first", out):
        gguf.quantize(tmp_path / "none.gguf", out, "Q8_0")
    small = gguf.quantize(f16, tmp_path / "small.gguf", "Q4_0")
    with fails("requantizing from type .*; quantize a file of F16 or F32 weights", out):
        gguf.quantize(small, out, "Q8_0")
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(f16.read_bytes()[:100_000])
    with fails("quantize failed: .*", out):
        gguf.quantize(cut, out, "Q8_0")


def test_a_missing_or_another_converter_names_the_fix(base, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "elsewhere"))
    out = tmp_path / "x.gguf"
    with fails("converter is missing .* run python -m helpers.export.converter", out):
        gguf.convert(base, out)
    converter.folder().mkdir(parents=True)
    (converter.folder() / "convert_hf_to_gguf.py").write_text("print('no')", "utf-8")
    with fails("is not the converter of llama-cpp-python .* run python -m", out):
        gguf.convert(base, out)


def test_an_unknown_architecture_names_the_fix_and_keeps_the_log(copied, tmp_path):
    edit(copied / "config.json", lambda c: c.update(architectures=["OddForCausalLM"]))
    out = tmp_path / "out" / "odd.gguf"
    with fails("convert failed: .*OddForCausalLM is not supported; export a model of an arch", out):
        gguf.convert(copied, out)
    assert "OddForCausalLM" in gguf.log_of(out).read_text("utf-8")


def test_a_tokenizer_that_cuts_otherwise_is_refused(copied, tmp_path):
    def widen(content):
        split = content["pre_tokenizer"]["pretokenizers"][0]
        split["pattern"]["Regex"] = split["pattern"]["Regex"].replace(r"|\p{N}|", r"|\p{N}{1,3}|")

    assert gguf.pre_tokenizer(copied) == "qwen2"
    edit(copied / "tokenizer.json", widen)
    assert gguf.pre_tokenizer(copied) == ""
    out = tmp_path / "x.gguf"
    with fails("pre-tokenizer was not recognized.*whose tokenizer llama.cpp knows", out):
        gguf.convert(copied, out)


def test_what_is_no_model_to_convert_says_why(copied, tmp_path):
    out = tmp_path / "out" / "x.gguf"
    with fails("there is no type 'q8_0'; choose one of f32, f16, bf16", out):
        gguf.convert(copied, out, "q8_0")
    edit(copied / "tokenizer_config.json", lambda c: c.update(auto_map={"AutoTokenizer": "x.Y"}))
    with fails("tokenizer_config.json needs code of its own", out):
        gguf.convert(copied, out)
    (copied / "model.safetensors").unlink()
    with fails("has no .*safetensors", out):
        gguf.convert(copied, out)


@pytest.fixture
def little_room():
    """Let no file grow beyond 200 kB, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_nothing_half_written(base, f16, tmp_path, little_room):
    for step, make in (
        ("convert", lambda out: gguf.convert(base, out)),
        ("quantize", lambda out: gguf.quantize(f16, out, "Q8_0")),
    ):
        out = tmp_path / f"{step}.gguf"
        with fails(f"{step} failed: .*; make room on the disk", out):
            make(out)
        assert gguf.log_of(out).exists()


def test_a_folder_that_cannot_be_written_to_says_so(base, f16, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    out = tmp_path / "file" / "x.gguf"
    with fails("convert: .* cannot be written .*name another folder", out):
        gguf.convert(base, out)
    with fails("quantize: .* cannot be written .*name another folder", out):
        gguf.quantize(f16, out, "Q8_0")


def test_what_belongs_to_another_model_or_run_is_left_alone(base, f16, tmp_path):
    (tmp_path / "record.json").write_text('{"task": "support_label"}', "utf-8")
    out = tmp_path / "x.gguf"
    with fails("convert: .*record.json belongs to something else; name another folder", out):
        gguf.convert(base, out)
    with fails("quantize: .*record.json belongs to something else; name another folder", out):
        gguf.quantize(f16, out, "Q8_0")
    assert [file.name for file in tmp_path.iterdir()] == ["record.json"]


def test_only_what_the_converter_needs_is_unpacked(tmp_path):
    archive, inside = tmp_path / "source.tar.gz", converter.ARCHIVE.inside
    needed = {"convert_hf_to_gguf.py", "conversion/base.py", "gguf-py/gguf/a.py", "LICENSE"}
    others = {"gguf-py/tests/test.py", "ggml/src/ggml.c"}
    with tarfile.open(archive, "w:gz") as made:
        for name in (*needed, *others):
            made.addfile(tarfile.TarInfo(inside + name), io.BytesIO())
        made.addfile(tarfile.TarInfo("convert_hf_to_gguf.py"), io.BytesIO())
    to = tmp_path / "here"
    fetch.unpack(converter.ARCHIVE, archive, to)
    found = {str(file.relative_to(to)) for file in to.rglob("*") if not file.is_dir()}
    assert found - {fetch.SEAL} == needed
