"""What an action lists: findings, rules, facts."""

from collections.abc import Iterable
from typing import Protocol


class Listing(Protocol):
    """What was found out about a document, for people and for programs."""

    def lines(self) -> Iterable[str]:
        """Line by line, for people."""

    def as_json(self, file: str) -> list[dict[str, object]]:
        """The public form; ``file`` is what its reader calls the document."""
