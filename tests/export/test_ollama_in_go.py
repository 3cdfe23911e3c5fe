"""The Modelfile's template by Go's own engine, which Ollama uses."""

import json
import os
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
PROMPTS = HERE / "fixtures" / "prompts.json"
CASES = json.loads(PROMPTS.read_text("utf-8"))


def test_go_writes_every_prompt_as_the_trainer_does(modelfile, tmp_path):
    go = ["go", "run", str(HERE / "render.go")]
    env = os.environ | {"GOCACHE": str(tmp_path / "go"), "GOFLAGS": "-mod=mod"}
    done = subprocess.run(
        [*go, str(modelfile), str(PROMPTS)], capture_output=True, text=True, env=env
    )
    assert (done.returncode, done.stdout) == (0, f"{len(CASES)} prompts, 0 differ\n"), done.stderr
    spoilt = tmp_path / "Modelfile"
    spoilt.write_text(modelfile.read_text("utf-8").replace("{{ end }}", "{{- end }}"), "utf-8")
    done = subprocess.run([*go, str(spoilt), str(PROMPTS)], capture_output=True, text=True, env=env)
    assert done.returncode == 1 and f"{len(CASES)} differ" in done.stdout
