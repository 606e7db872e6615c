"""Standard output and standard error as a command finds them: closed, full, or with nobody listening any more."""

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import Any, TextIO


class Unsaid(BaseException):
    """Standard output takes nothing more; no failure of the work itself, so nothing that handles those handles this.

    ``left`` says that its reader went away, as ``head`` does.
    """

    def __init__(self, reason: OSError) -> None:
        super().__init__(reason.strerror)
        self.left = isinstance(reason, BrokenPipeError)


class _Stream:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Output(_Stream):
    """A stream whose failures are told from those of files."""

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except OSError as error:
            raise Unsaid(error) from error

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError as error:
            raise Unsaid(error) from error


class _Complaints(_Stream):
    """A stream for what is said where it can be said: there is nobody to tell that it cannot."""

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


def prepare() -> None:
    """Make both streams UTF-8 whatever the system says; what goes to a closed one goes nowhere."""
    sys.stdout, sys.stderr = _usable(sys.stdout), _usable(sys.stderr)
    sys.stdout, sys.stderr = _Output(sys.stdout), _Complaints(sys.stderr)


def _usable(stream: TextIO | None) -> TextIO:
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  it lasts as long as the process
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="replace")
    return stream


def abandon() -> None:
    """What could not be said is not tried again when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
