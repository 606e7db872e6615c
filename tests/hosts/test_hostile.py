"""No package hangs the program, fills the memory, or makes it say that it has a bug."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import hostile
from hostile import Package
from jixiao.wording.commands import NO_FORM

SECONDS, MEBIBYTES = 5.0, 200.0
PACKAGES = list(hostile.packages())


def served(folder: Path, packages: list[Package]) -> dict[str, dict[str, object]]:
    """What ``check`` does with each, in a process of its own that is measured."""
    for package in packages:
        (folder / package.file).write_bytes(package.data)
    runner = Path(hostile.__file__).with_name("hostile_runner.py")
    command, own = [sys.executable, str(runner), str(folder)], os.environ | {"XDG_STATE_HOME": str(folder.parent)}
    ran = subprocess.run(command, env=own, capture_output=True, text=True, timeout=300, check=True)
    return {Path(outcome["file"]).name: outcome for outcome in map(json.loads, ran.stdout.splitlines())}


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be forked and measured there")
def test_every_package_is_read_or_refused_in_time(tmp_path: Path) -> None:
    outcomes = served(tmp_path, PACKAGES)
    assert set(outcomes) == {package.file for package in PACKAGES}
    wrong = []
    for package in PACKAGES:
        outcome = outcomes[package.file]
        said = str(outcome["said"])
        refused = said.startswith(f"{package.file}：") and said.count("\n") == 1 and package.says in said
        read = outcome["code"] == 0 or said.startswith(NO_FORM)  # most hold a number and no form
        right = outcome["code"] == 2 and refused if package.says else read
        if not right or outcome["seconds"] > SECONDS or outcome["mebibytes"] > MEBIBYTES:
            wrong.append((package.name, package.says, outcome))
    assert wrong == []
