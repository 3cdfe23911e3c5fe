"""The loop over ssh: send what a run needs, train it there, follow it, pull it back, verify it.

All of it stands on OpenSSH, rsync and tmux. What a reader names travels in files and on standard
input; the commands that a remote machine's shell reads are constants.
"""
