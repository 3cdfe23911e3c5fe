"""What notebook 04's parameters train: here what the page does, elsewhere what fits there."""

import ast
from pathlib import Path

import pytest

from helpers import profiles
from helpers.core import paths
from helpers.course import notebooks
from helpers.remote import job

BASE = ast.literal_eval(notebooks.parameters(notebooks.resolve("04"))["BASE"].default)


def trained(values):
    """The profile and the configuration of a training with these parameters."""
    return job.training(job.Job(values, "", "", "", {}), paths.root())[1:]


def test_here_it_is_the_page_s_own_base_unless_one_is_named():
    assert trained(job.parameters({"PROFILE": "cpu"}))[0].base == BASE
    bare = trained(job.parameters({"PROFILE": "cpu", "BASE": ""}))[0]
    assert bare.base == profiles.get("cpu").base != BASE


def test_elsewhere_it_is_that_machine_s_unless_one_is_named():
    assert trained(job.elsewhere({"PROFILE": "cpu"}))[0].base == profiles.get("cpu").base
    assert trained(job.elsewhere({"PROFILE": "cpu", "BASE": BASE}))[0].base == BASE


def test_minutes_and_backups_are_for_this_machine():
    values = {"MINUTES": "5", "BACKUP_DIR": "~/drive"}
    config = trained(job.parameters(values))[1]
    assert (config.minutes, config.backup) == (5, Path.home() / "drive")
    for name, value in values.items():
        with pytest.raises(ValueError, match=f"^{name} is for this machine; leave it out of a rem"):
            job.elsewhere({name: value})
    config = trained(job.elsewhere({}))[1]
    assert (config.minutes, config.backup) == (0, None)
