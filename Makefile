# `make run` sets up and does the course's main job; `make test` sets up and tests it.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
SPEECH := $(VENV)/.speech
SERVE := $(VENV)/.serve
SMALL := $(VENV)/.small-base
COURSE := $(VENV)/.course
WEB := $(VENV)/.web
CLUSTER := $(VENV)/.cluster
# Two threads that spin while they wait slow each other down many times over.
export OMP_WAIT_POLICY := passive
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# From an offline kit: nothing is asked of a network.
ifdef KIT
$(if $(word 2,$(KIT)),$(error KIT=$(KIT): spaces in this path; move the kit to one without))
$(if $(wildcard $(KIT)/wheels),,$(error KIT=$(KIT): no folder "wheels" in there; `make offline-kit` makes a kit))
export PIP_NO_INDEX := 1
export PIP_FIND_LINKS := $(abspath $(KIT))/wheels
export npm_config_cache := $(abspath $(KIT))/npm
export npm_config_offline := true
endif

.PHONY: check-pages offline-kit check-serve check-cluster badges check-course check-factory check-pipeline check-remote check-web run test check-template check-speech lab notebooks score setup clean

setup: $(READY) $(SPEECH) $(SERVE) $(SMALL) $(WEB)
	@echo "Ready. Next: make run, make lab, or source .venv/bin/activate for python -m helpers"

$(READY): requirements.txt requirements-unsloth.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "error: Python 3.11 or newer is needed; run make with PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Setting up $(VENV): about 2 GB, two to five minutes, once."
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --requirement requirements.txt
	$(PY) -m pip install --quiet --no-deps --requirement requirements-unsloth.txt
	$(PY) -m pip install --quiet --no-deps --editable .
	$(PY) -m helpers.export.converter
	@touch $@

$(SPEECH): $(READY) requirements-speech.txt
	$(PY) -m pip install --quiet --requirement requirements-speech.txt
	$(PY) -m helpers.speech.weights
	@touch $@

$(SERVE): $(READY) requirements-serve.txt
	$(PY) -m pip install --quiet --requirement requirements-serve.txt
	@touch $@

$(SMALL): $(READY) helpers/models/smollm2.py
	$(PY) -m helpers.models.smollm2
	@touch $@

$(WEB): $(READY) helpers/export/web/packages.py helpers/course/browsing.py
	$(PY) -m helpers.export.web.packages
	$(PY) -m helpers.course.browsing
	@touch $@

run: $(READY) $(if $(BASE),$(SMALL))  ## the whole spine on one task: inspect, rules, fine-tune, export, errors
	$(PY) -m helpers spine $(if $(BASE),--base "$(BASE)")

test: $(READY) $(SPEECH) $(SERVE) $(SMALL) $(WEB)  ## lint, unit tests, properties, doctests, notebooks
	$(VENV)/bin/ruff check .
	$(PY) -m pytest -n 2 --dist worksteal

check-template: $(READY)  ## compare Ollama's template with the trainer's prompts, by Go's own engine
	@command -v go > /dev/null || { echo "error: Go is missing; install it (Debian: apt-get install golang-go)"; exit 1; }
	$(PY) -m pytest tests/export/test_ollama_in_go.py

check-speech: $(SPEECH)  ## speak held-out commands, hear them, and answer them; needs the voices
	$(PY) -m pytest tests/speech
	$(PY) -m helpers sound

check-web: $(SERVE) $(WEB)  ## the page without a server on all 630 test rows, without and with a model (RUN=folder: a tuned one); needs chromium
	CHECK_WEB_ROWS=630 CHECK_WEB_RUN="$(RUN)" $(PY) -m pytest -s tests/export/test_web.py tests/export/test_web_page.py

check-pipeline: $(READY)  ## the pipeline on heard speech, its gate beside others; BENCH=folder scores a folder too
	$(PY) -m pytest tests/pipeline tests/tasks/dictation/hearing
	$(PY) -m helpers score --task dictated_bash --engine pipeline --data-dir data/spoken_bash --split test
	$(PY) -m helpers gate dictated_bash --compare
	$(PY) -m helpers gate dictated_bash --compare --pipeline data/pipeline/dictated_bash.json
ifdef BENCH
	$(PY) -m helpers score --task dictated_bash --engine pipeline --data-dir $(BENCH)
endif

COUNT ?= 30
check-factory: $(READY) $(SMALL)  ## kill the data factory 20 times, then let the small base write COUNT cases a job
	CHECK_FACTORY_KILLS=20 $(PY) -m pytest tests/factory
	for pair in dictated_bash:pipeline support_label:baseline voice_command:rules; do \
	  $(PY) -m helpers generate --task $${pair%%:*} --count $(COUNT) --generator-model smollm2-135m --local \
	    --batch-size 1 --concurrency 1 --round-trip $${pair##*:} || exit 1; \
	done

CUTS ?= 20
check-remote: $(READY)  ## the loop over ssh to this machine: killed, cut, rebooted CUTS times; needs sshd, rsync, tmux
	CHECK_REMOTE_CUTS=$(CUTS) $(PY) -m pytest tests/remote

$(CLUSTER): $(READY) requirements-cluster.txt
	$(PY) -m pip install --quiet --requirement requirements-cluster.txt
	@touch $@

check-cluster: $(CLUSTER)  ## sweeps on two Ray nodes of this machine, one of them killed; time over one's; notebook 11
	CHECK_CLUSTER=1 $(PY) -m pytest -s tests/sweep/test_cluster.py tests/sweep/test_cluster_deaths.py \
	  tests/course/test_notebooks.py::test_11_trains_elsewhere

check-serve: $(READY) $(SPEECH) $(SERVE)  ## the service under load, left, killed, and asked nonsense, thousands of times
	CHECK_SERVE_REQUESTS=20000 CHECK_SERVE_KILLS=20 CHECK_SERVE_ROWS=300 CHECK_SERVE_BODIES=10000 CHECK_SERVE_SOUNDS=50 \
	  $(PY) -m pytest tests/serve -s

$(COURSE): $(READY) $(SERVE) $(WEB) requirements-course.txt
	$(PY) -m pip install --quiet --requirement requirements-course.txt
	@touch $@

check-course: $(COURSE)  ## quizzes, solutions, slides, a site: made into build/, checked in a browser; needs chromium, npm
	$(PY) -m helpers course check

check-pages: $(READY) $(SPEECH) $(SERVE) $(SMALL)  ## every notebook on every job, on a few rows, and on one
	CHECK_PAGES=1 $(PY) -m pytest -n 2 --dist worksteal tests/course/test_notebooks.py

offline-kit: $(READY)  ## all that `make setup` fetches, into build/offline-kit; then: make setup KIT=folder
	$(PY) -m helpers course offline-kit

badges: $(READY)  ## let badges and set-up cells name your fork, as git knows it
	$(PY) -m helpers badges

lab: $(READY)  ## open the notebooks
	$(VENV)/bin/jupyter lab notebooks

notebooks: $(READY)  ## run every notebook in place and keep its outputs
	$(PY) -m helpers refresh notebooks/*.ipynb

TASKS := dictated_bash support_label voice_command
DOMAINS := dictated_math dictated_path dictated_regex dictated_sql dictated_url
score: $(READY)  ## make all committed records again but the long sweeps, the scoreboard, and its picture
	for task in $(TASKS); do \
	  $(PY) -m helpers records $$task && \
	  $(PY) -m helpers sweep data/sweeps/$$task-baselines.yaml --publish && \
	  $(PY) -m helpers needs $$task || exit 1; \
	done
	for task in dictated_bash support_label; do $(PY) -m helpers text-curve $$task || exit 1; done
	for task in $(DOMAINS); do for engine in rules baseline; do \
	  $(PY) -m helpers score --task $$task --engine $$engine --publish $$task-$$engine || exit 1; \
	done; done
	$(PY) -m helpers scoreboard --write

clean:  ## remove the environment and all runs
	rm -rf $(VENV) runs
