"""Command lines in processes of their own, killed or held just before one of the system calls by which files are changed.

A held process can be branched: a fork goes on in its place, any number of times, and is killed wherever one likes. So the
work that comes before is done once.
"""

import os
import select
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from jixiao.cli import main

CALLS = (
    *("open", "write", "fsync", "replace", "rename", "link", "unlink", "mkdir", "rmdir", "chmod", "fchmod", "fchown"),
    *("close", "listdir"),
)
"""What is counted: these calls of ``os``, and ``flock``. A command that writes a file begins with looking into its folder."""


class Ended(NamedTuple):
    """How a process ended: its exit code (negative: the signal), and what it said."""

    code: int
    said: str


class Process:
    """``work`` in a fork of this process, held before the call of this number, if it comes to it."""

    def __init__(self, work: Callable[[], int], hold: int | None = None) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  closed when it has ended
        self._events, events = os.pipe()
        gate, self._gate = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._events)
            os.close(self._gate)
            _run(work, _Counter(events, gate, hold), self._said.fileno())
        os.close(events)
        os.close(gate)

    def until_held(self) -> bool:
        """Wait until it is held; False if it has ended before."""
        return os.read(self._events, 1) == b"h"

    def go_on(self, seconds: float) -> None:
        """Let it go on, and give it this time to come to its end: it may have to wait for another one."""
        with suppress(BrokenPipeError):
            os.write(self._gate, b"go  ")
        select.select([self._events], [], [], seconds)

    def branch(self, kill: int = 0) -> int:
        """Let a fork of the held process go on, and wait for its end: its exit code (negative: the signal)."""
        os.write(self._gate, f"{kill:4}".encode())
        return int(os.read(self._events, 4))

    def abandon(self) -> None:
        """End a held process: only its branches mattered."""
        os.kill(self._pid, signal.SIGKILL)
        self.ended()

    def ended(self) -> Ended:
        """Let it go on if it is held, and wait for its end."""
        with suppress(BrokenPipeError):
            os.write(self._gate, b"go  ")
        os.close(self._gate)
        _, status = os.waitpid(self._pid, 0)
        os.close(self._events)
        with self._said:
            self._said.seek(0)
            return Ended(os.waitstatus_to_exitcode(status), self._said.read().decode())


def command(*arguments: str | Path) -> Callable[[], int]:
    """A command line as work for a process."""
    return lambda: main([str(argument) for argument in arguments])


class _Counter:
    def __init__(self, events: int, gate: int, hold: int | None) -> None:
        self.calls = self._kill = 0
        self._events, self._gate, self._hold = events, gate, hold
        self._write, self._read, self._open = os.write, os.read, os.open

    def before(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            self.calls += 1
            if self.calls == self._hold:
                self._wait()
            if self.calls == self._kill:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **options)

        return counted

    def _wait(self) -> None:
        self._write(self._events, b"h")
        while (order := self._read(self._gate, 4)) != b"go  ":
            branch = os.fork()
            if branch == 0:
                self._kill, self._events = int(order), self._open(os.devnull, os.O_WRONLY)
                return
            _, status = os.waitpid(branch, 0)
            self._write(self._events, f"{os.waitstatus_to_exitcode(status):4}".encode())


def _run(work: Callable[[], int], counter: _Counter, said: int) -> None:
    """The child: it never returns into the tests it was forked from."""
    import fcntl

    code = 99
    try:
        sys.stdout = sys.stderr = os.fdopen(os.dup(said), "w", encoding="utf-8", errors="replace")
        os.fsync = lambda _: None  # slow, and of no use against a kill
        for name in CALLS:
            setattr(os, name, counter.before(getattr(os, name)))
        fcntl.flock = counter.before(fcntl.flock)  # type: ignore[assignment]
        code = work()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def names(folder: Path) -> set[str]:
    """Every file and folder below a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def of_ours(found: Sequence[str] | set[str]) -> set[str]:
    """What nobody but this program makes for itself: drafts, locks and temporary folders."""
    return {name for name in found if Path(name).name.startswith((".jx", "jixiao-"))}
