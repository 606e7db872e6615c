"""For other programs: what is found out about all files, as one JSON list."""

from typing import TYPE_CHECKING

from jixiao.actions.plan import Plan
from jixiao.desks.putting import put

if TYPE_CHECKING:
    from jixiao.desks.contract import Desk, Workbook


class JsonList:
    """What the plans for several files list."""

    def __init__(self) -> None:
        self._items: list[dict[str, object]] = []

    def desk(self, source: str) -> "Desk":
        """Carries plans for one file out without a word, and adds what they list."""
        return _Silent(source, self._items)

    def print(self) -> None:
        """The whole list."""
        import json

        print(json.dumps(self._items, ensure_ascii=False, indent=1))


class _Silent:
    def __init__(self, source: str, items: list[dict[str, object]]) -> None:
        self._source, self._items = source, items

    def carry_out(self, plan: Plan, workbook: "Workbook | None" = None) -> int:
        if workbook:
            put(plan, workbook, saved=True)
        if plan.listing:
            self._items += plan.listing.as_json(self._source)
        return int(plan.errors)
