"""Runs ``check`` on every file of a folder, each in a process of its own; prints what it said and what it took as JSON."""

import contextlib
import io
import json
import os
import resource
import sys
from pathlib import Path

from jixiao.actions.examine import examine  # noqa: F401  # loaded once, before the processes part
from jixiao.cli import main
from jixiao.hosts.package import PackageHost  # noqa: F401
from jixiao.hosts.word.reading import read_document  # noqa: F401

MOST_BYTES, MOST_SECONDS = 2**30, 20
"""What a process may take; whoever takes so much has failed already, and says nothing."""


def outcome(path: str) -> dict[str, object]:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    before = resource.getrusage(resource.RUSAGE_SELF)
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = main(["check", path])
    after = resource.getrusage(resource.RUSAGE_SELF)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    unit = 2**20 if sys.platform == "darwin" else 2**10
    mebibytes = (after.ru_maxrss - before.ru_maxrss) / unit
    return {"file": path, "code": code, "said": said.getvalue()[:1000], "seconds": seconds, "mebibytes": mebibytes}


for file in sorted(Path(sys.argv[1]).iterdir()):
    child = os.fork()
    if child == 0:
        print(json.dumps(outcome(str(file))), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
