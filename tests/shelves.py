"""The folder 表样 of a user who has nothing else: never the one of whoever runs the tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from jixiao import shelf


@contextmanager
def own_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with an empty folder."""
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    folder = Path(shelf.own_folder())
    folder.mkdir(parents=True)
    shelf.forget()
    yield folder
    shelf.forget()


def keep(folder: Path, name: str, text: str | bytes) -> None:
    """Put a file into the folder; the next look sees it."""
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    shelf.forget()
