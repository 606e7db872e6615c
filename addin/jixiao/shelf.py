"""Where a user and her unit keep drawings and schemes of their own: ``~/jixiao/表样``, and a folder that several share.

Anybody may have written what lies there: it is small, it is text, and no link leads out of the folder. Where there is no
such folder, one look is all it costs.
"""

import os
import time
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from jixiao.errors import Refusal
from jixiao.ours import LOCAL, SUMMARY_FORM
from jixiao.wording import shelf as words

DRAWING, SCHEME = ".txt", ".toml"
_LARGEST = 256 * 1024
_MOST = 200  # files in one folder
_LONGEST_NAME = 60
_PAUSE = 5  # seconds between two looks: a shared folder answers slowly
_SIGNS = " -_.·、，—+()（）〔〕《》【】"
_RESERVED = (LOCAL, SUMMARY_FORM)


class Kept(NamedTuple):
    """A file as it was found; one that was changed since is another."""

    name: str
    ending: str
    path: str
    size: int
    changed: int  # nanoseconds


class _Sight(NamedTuple):
    """What one look found, and what is to be said of the folders themselves."""

    files: tuple[Kept, ...]
    complaints: tuple[str, ...]


def own_folder() -> str:
    """The folder of this user; it need not exist."""
    return os.path.join(os.path.expanduser("~"), "jixiao", words.FOLDER)


def kept() -> tuple[Kept, ...]:
    """All drawings and schemes, those of the user before those of her unit, each folder by name."""
    return _sight(own_folder(), int(time.monotonic() / _PAUSE)).files


def complaints() -> tuple[str, ...]:
    """What keeps a whole folder from being read."""
    return _sight(own_folder(), int(time.monotonic() / _PAUSE)).complaints


def forget() -> None:
    """Look again at once."""
    _sight.cache_clear()


@lru_cache(1)
def _sight(folder: str, turn: int) -> _Sight:
    """What lies in the folders; ``turn`` tells one look from the next."""
    try:
        own = _listed(folder)
    except OSError:
        return _Sight((), ())
    files, said = _first(folder, own)
    shared = _shared(folder)
    if shared:
        try:
            others, more = _first(shared, _listed(shared))
            files, said = files + others, said + more
        except (OSError, ValueError):
            said.append(words.NO_SHARED.format(folder=shared, path=os.path.join(folder, words.SHARED)))
    return _Sight(tuple(files), tuple(said))


def _listed(folder: str) -> list[Kept]:
    with os.scandir(folder) as entries:
        return sorted(_files(entries))


def _files(entries: "Iterator[os.DirEntry[str]]") -> Iterator[Kept]:
    for entry in entries:
        name, ending = os.path.splitext(entry.name)
        is_meant = ending.lower() in (DRAWING, SCHEME) and entry.name != words.SHARED
        if is_meant and not name.startswith((".", "~")) and entry.is_file():
            told = entry.stat()
            yield Kept(name, ending.lower(), entry.path, told.st_size, told.st_mtime_ns)


def _first(folder: str, files: list[Kept]) -> tuple[list[Kept], list[str]]:
    said = [words.TOO_MANY.format(folder=folder, most=_MOST)] if len(files) > _MOST else []
    return files[:_MOST], said


def _shared(folder: str) -> str:
    """The folder that the user's own one names in its file 共用文件夹.txt, on one line; empty where it names none."""
    try:
        lines = read(os.path.join(folder, words.SHARED)).split("\n")
    except (OSError, Refusal):
        return ""
    named = next((line.strip(' \t\r"') for line in lines if line.strip()), "")
    return os.path.join(folder, os.path.expanduser(named)) if named and "\0" not in named else ""


def at(path: str) -> Kept:
    """Any file as one of the shelf. Raises Refusal if it cannot be read."""
    name, ending = os.path.splitext(os.path.basename(path))
    try:
        told = os.stat(path)
    except OSError as error:
        raise Refusal(words.UNREADABLE.format(path=path, reason=error.strerror)) from None
    return Kept(name, ending.lower(), path, told.st_size, told.st_mtime_ns)


def text(file: Kept) -> str:
    """What a file holds. Raises Refusal if that is no small text, or lies elsewhere."""
    try:
        home, real = os.path.realpath(os.path.dirname(file.path)), os.path.realpath(file.path)
        if os.path.dirname(real) != home:
            raise Refusal(words.LEADS_OUT.format(path=file.path))
        return read(file.path)
    except OSError as error:
        raise Refusal(words.UNREADABLE.format(path=file.path, reason=error.strerror)) from None


def read(path: str) -> str:
    """A small text as Notepad writes it: UTF-8, or ANSI on a Chinese system. Raises Refusal for anything else."""
    with open(path, "rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise Refusal(words.TOO_LARGE.format(path=path))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            if b"\0" not in data:
                return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(words.NOT_TEXT.format(path=path))


def check_name(name: str) -> None:
    """Raise Refusal for a name that cannot be an id: it is written into workbooks, menus and commands."""
    plain = all(letter.isalnum() or letter in _SIGNS for letter in name)
    if not plain or not 0 < len(name) <= _LONGEST_NAME or name[0] in "-. " or name[-1] in ". " or name in _RESERVED:
        raise Refusal(words.BAD_NAME.format(name=name, most=_LONGEST_NAME))
