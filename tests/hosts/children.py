"""Reading files in a process of its own, with the time and the memory it takes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import jixiao

SECONDS, MEBIBYTES = 5.0, 200
_PROGRAM = """
import json, re, sys, time
from jixiao.errors import Refusal
from jixiao.hosts.files import load_document
for path in sys.argv[1:]:
    begun, refused = time.process_time(), False
    try:
        load_document(path)
    except Refusal:
        refused = True
    memory = int(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1]) // 1024
    print(json.dumps([refused, time.process_time() - begun, memory]))
"""


class Reading(NamedTuple):
    """Whether a file was refused, and what it took."""

    refused: bool
    is_moderate: bool

    @classmethod
    def worst(cls, readings: Iterable["Reading"]) -> "Reading":
        """Refused if any was, moderate if all were."""
        found = list(readings)
        return cls(any(one.refused for one in found), all(one.is_moderate for one in found))


def read_in_a_child(paths: Sequence[Path]) -> list[Reading]:
    """Read these files one after another; anything but a document or a refusal fails."""
    environment = os.environ | {"PYTHONPATH": str(Path(jixiao.__file__).parent.parent)}
    ran = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *map(str, paths)], env=environment, capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    told = map(json.loads, ran.stdout.splitlines())
    return [Reading(refused, seconds < SECONDS and memory < MEBIBYTES) for refused, seconds, memory in told]
