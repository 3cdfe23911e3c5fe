"""What is kept of the requests to an endpoint, and who is told of each try."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from helpers.core import fingerprints

KEPT = "reply"  # the kind of what is kept


class Ledger:
    """Keeps replies by the content of their requests, in the runs' cache; counts nothing."""

    def remember(
        self, name: str, request: dict[str, Any], make: Callable[[], dict[str, Any]]
    ) -> dict[str, Any]:
        """Return the reply kept under a name, or ask for it and keep it."""
        return fingerprints.remember(KEPT, name, make)

    def forget(self, name: str) -> None:
        """Forget the reply kept under a name, so that it is asked for again."""
        fingerprints.forget(KEPT, name)

    def trying(self, request: dict[str, Any]) -> None:
        """Be told that a request is about to be sent; what is raised here stops it."""

    def failed(self, request: dict[str, Any], failure: Exception) -> None:
        """Be told that a try of a request failed."""


class Forgetful(Ledger):
    """Keeps nothing: what somebody says in passing is nobody's to keep."""

    def remember(
        self, name: str, request: dict[str, Any], make: Callable[[], dict[str, Any]]
    ) -> dict[str, Any]:
        """Ask for the reply."""
        return make()
