"""Argument lists, and what ssh's own words mean, without any server."""

from pathlib import Path

import pytest

from helpers.remote import ssh
from helpers.remote.ssh import ConnectionLost, Host

DGX = Host("dgx", Path("/my keys/config"))


def test_no_password_is_asked_for_and_the_hosts_key_is_checked():
    for words in (
        ssh.options(DGX), ssh.arguments(DGX, "call"), ssh.attaching(DGX, "mine"),
        ssh.sending(DGX, Path("/clone"), "code/1"), ssh.fetching(DGX, "jobs/mine", Path("/to")),
    ):  # fmt: skip
        line = " ".join(words)
        assert {"BatchMode=yes", "StrictHostKeyChecking=yes"} <= set(line.split())
        assert "/my keys/config" in line


def test_a_config_with_a_space_stays_one_word_for_rsync():
    words = ssh.sending(DGX, Path("/clone"), "code/1")
    assert "ssh -F '/my keys/config' -o" in words[words.index("-e") + 1]


def test_a_remote_shell_reads_constants_alone():
    """Whatever runs there is one of four lines; nothing of a reader's text is in them."""
    for name, script in ssh.SCRIPTS.items():
        assert ssh.arguments(DGX, name)[-1] == ssh.COMMANDS[name]
        assert "\n" not in script and "'" not in script and "!" not in script  # for any shell


@pytest.mark.parametrize("name", ["-oProxyCommand=touch x", "a b", "$(touch x)", "", "a;b", "a`b`"])
def test_what_is_no_host_is_refused(name):
    with pytest.raises(ValueError, match="is not a host"):
        Host(name)


@pytest.mark.parametrize("name", ["-x", "a;touch b", "$(b)", "a b", "'"])
def test_what_is_no_runs_name_reaches_no_shell(name):
    with pytest.raises(ValueError, match="is no run's name"):
        ssh.attaching(DGX, name)


def test_a_lost_connection_is_tried_again_and_a_refusal_is_not():
    lost = ssh.failure(DGX, 255, "Connection reset by 10.0.0.7 port 22")
    assert isinstance(lost, ConnectionLost)
    refused = ssh.failure(DGX, 255, "me@dgx: Permission denied (publickey).")
    assert not isinstance(refused, ConnectionLost)
    assert str(refused).startswith("dgx: it does not accept your key; add your key to the agent")


def test_trying_again_ends():
    tries, told = [], []

    def once():
        tries.append(1)
        if len(tries) < 3:
            raise ConnectionLost("dgx: gone; wait")
        return "well"

    assert ssh.again(once, told.append) == "well"
    assert len(tries) == 3 and told[0] == "dgx: gone; wait; once more in 0.5 s"
