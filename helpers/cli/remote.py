"""The commands of the loop over ssh: train elsewhere, look after it, bring it home."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.cli.making import assignment

if TYPE_CHECKING:
    from helpers.remote.ssh import Host

Command = Callable[[str, Callable], argparse.ArgumentParser]


def add(command: Command) -> None:
    """Add `remote` with its own commands."""
    commands = command("remote", remote).add_subparsers(required=True, metavar="COMMAND")
    for action in (train, status, logs, attach, stop, pull, doctor):
        about = (action.__doc__ or "").strip()
        sub = commands.add_parser(action.__name__, help=about.splitlines()[0], description=about)
        sub.set_defaults(step=action)
        sub.add_argument("host", metavar="HOST", help="a name as in ~/.ssh/config")
        if action in (logs, attach, stop, pull):
            sub.add_argument("run", metavar="RUN", help="a run's name, as status shows it")
        sub.add_argument("--ssh-config", type=Path, metavar="FILE", help="else ~/.ssh/config")
        if action in (train, doctor):
            what = "an interpreter there that has the packages; else an environment is set up"
            sub.add_argument("--python", default="", metavar="PATH", help=what)
        if action in (train, pull):
            sub.add_argument(
                "-p", dest="parameter", action="append", default=[], metavar="NAME=VALUE",
                help="a parameter of notebook 04; a wrong name lists all of them",
            )  # fmt: skip
            sub.add_argument("--ollama", action="store_true", help="make an Ollama model of it")
        if action is train:
            sub.add_argument("--name", default="", metavar="RUN", help="else named by its content")
            sub.add_argument("--detach", action="store_true", help="only start it")
            sub.add_argument("--eval", action="store_true", help="grade it there, too")
            sub.add_argument("--pull", choices=("gguf",), help="make a GGUF there, and fetch it")
        if action is logs:
            sub.add_argument("-f", dest="follow", action="store_true", help="until the run ends")


def remote(options: argparse.Namespace) -> None:
    """Train on another machine over ssh: send, train, follow, pull, verify."""
    options.step(options)


def train(options: argparse.Namespace) -> None:
    """Check the data here, send it with the code, and train there; the same command goes on.

    It runs in tmux: closing the lid stops nothing. Without --detach its log is followed, and it
    is pulled at the end. Unless you name a BASE, that machine's profile chooses one.
    """
    from helpers.core import paths
    from helpers.remote import job, loop

    host = _host(options)
    values = dict(map(assignment, options.parameter))
    wanted = options.pull or options.ollama
    then = [*(["eval"] if options.eval else []), *(["gguf"] if wanted else [])]
    order = job.prepare(values, options.name, then)
    counts = ", ".join(f"{n:,} {split}" for split, n in order.job.rows.items())
    _say(f"{order.name}: {counts} rows, checked here")
    state = loop.train(host, order, options.python, _say)
    sent = paths.shown(loop.sent_list(order))
    _say(f"{order.name} is {state['state']} on {host.name}; every file that went over: {sent}")
    if options.detach:
        _next(options, order.name)
        return
    loop.follow(host, order.name, sys.stdout.buffer, _say)
    loop.ended(host, order.name, _say)
    _pull(host, order.name, values, options.ollama)


def status(options: argparse.Namespace) -> None:
    """Show the runs on a host, and how each one stands."""
    from helpers.remote import job, ssh

    for run in ssh.call(_host(options), _say, do="status")["runs"]:
        stale = f"process {run['stale']} is gone; start it again" if run["stale"] else run["last"]
        print(run["name"], run["state"], job.shown(stale), sep="\t")


def logs(options: argparse.Namespace) -> None:
    """Print what a run has written, or follow it until it ends."""
    from helpers.remote import loop

    loop.follow(_host(options), options.run, sys.stdout.buffer, _say, options.follow)


def attach(options: argparse.Namespace) -> None:
    """Look at a run's own terminal; Ctrl-B D leaves it running."""
    import subprocess

    from helpers.remote import ssh

    host = _host(options)
    ssh.call(host, _say, do="status", name=options.run)  # it is there, and its name is a name
    subprocess.run(ssh.attaching(host, options.run), check=False)


def stop(options: argparse.Namespace) -> None:
    """Stop a run; started again it goes on where it was."""
    from helpers.remote import ssh

    state = ssh.call(_host(options), _say, do="stop", name=options.run)
    print(state["name"], state["state"], sep="\t")


def pull(options: argparse.Namespace) -> None:
    """Fetch a finished run, verify it, and answer fifty rows with it here."""
    _pull(_host(options), options.run, dict(map(assignment, options.parameter)), options.ollama)


def doctor(options: argparse.Namespace) -> None:
    """Look at a host: connection, python, programs, disk, clock, versions; say what to mend."""
    from helpers.remote import doctor

    checks = doctor.examine(_host(options), options.python)
    print("\n".join(map(str, checks)))
    if wrong := sum(bool(check.fix) for check in checks):
        raise RuntimeError(f"{options.host} is not ready: {wrong} of {len(checks)} are wrong")


def _pull(host: Host, name: str, values: dict[str, Any], to_ollama: bool) -> None:
    from helpers.core import paths
    from helpers.remote import pull

    found = pull.pull(host, name, _say, values.get("BASE", ""), values.get("DATA_DIR", ""))
    if to_ollama:
        if "gguf" not in found:
            raise ValueError(f"{name} has no GGUF; start it again with --pull gguf")
        root = paths.root()
        _say(pull.to_ollama(root / found["gguf"], root / found["run"]))
    print(json.dumps(found, ensure_ascii=False))


def _next(options: argparse.Namespace, name: str) -> None:
    """Print the commands that come next."""
    config = ["--ssh-config", str(options.ssh_config)] if options.ssh_config else []
    for words in (["logs", "-f"], ["status"], ["attach"], ["stop"], ["pull"]):
        run = [] if words == ["status"] else [name]
        print(shlex.join(["python", "-m", "helpers", "remote", words[0], options.host, *run,
                          *words[1:], *config]))  # fmt: skip


def _host(options: argparse.Namespace) -> Host:
    from helpers.remote.ssh import Host

    return Host(options.host, options.ssh_config)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
