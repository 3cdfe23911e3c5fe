"""From a tuned model to files that others can load, each scored as what was trained was."""
