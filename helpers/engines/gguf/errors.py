"""What goes wrong with llama.cpp and is nobody's fault who asks it."""

from helpers.core.examples import RowError


class LeftGrammar(RowError):
    """An answer of llama.cpp's that is none of the grammar it was given."""
