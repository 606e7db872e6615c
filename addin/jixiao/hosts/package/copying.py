"""A workbook copied as an action models it: its bytes, a few cells changed, without what of ours is to go."""

from typing import TYPE_CHECKING

from jixiao.hosts.package import PackageHost
from jixiao.ours import has_bound

if TYPE_CHECKING:
    from jixiao.actions.book import Copy


def copied(copy: "Copy", original: bytes, name: str) -> bytes:
    """The copy of a workbook, which ``name`` is what messages call. Findings and steps stay with the original."""
    host = PackageHost.from_bytes(original, name)
    ours = has_bound(host.read())
    if not (ours or copy.changes):
        return original
    if ours:
        host.mark({}, ())
        host.forget()
    host.write(copy.changes)
    if copy.unbound:
        host.unbind(copy.unbound, {change[:3] for change in copy.changes if change.value is not None})
    return host.to_bytes()
