"""Two programs that run the product's macros: ``run(macro, *arguments)`` in either."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import stand_ins
from pyopenvba.apps.excel import ExcelApplication

from jixiao.builder.macros import Button, with_buttons
from jixiao.vba import Kind
from office_edit import PYTHON, calc

_SERVER = Path(__file__).with_name("basic_server.py")
_KINDS = {Kind.MODULE: "standard", Kind.CLASS: "class"}


class Engine(Protocol):
    """What both programs can do."""

    def run(self, macro: str, *arguments: Any) -> Any:
        """The answer of a macro, named as ``Module.Procedure``."""


class Interpreter:
    """pyOpenVBA's interpreter with one workbook open."""

    def __init__(self, workbook: Path) -> None:
        self.app = ExcelApplication.open(workbook)
        modules = stand_ins.modules()
        for module in modules:
            self.app.add_module(module.source(), name=module.name, kind=_KINDS[module.kind])
        # It leaves out what it cannot parse, without a word.
        assert {*self.app.interpreter.modules} >= {module.name.lower() for module in modules}

    def run(self, macro: str, *arguments: Any) -> Any:
        return self.app.run(macro.rpartition(".")[2], *arguments)


class Basic:
    """LibreOffice with the same workbook open, the macros inside."""

    def __init__(self, server: "subprocess.Popen[str]") -> None:
        self._server = server

    def run(self, macro: str, *arguments: Any) -> Any:
        assert self._server.stdin and self._server.stdout
        print(json.dumps([macro, arguments]), file=self._server.stdin, flush=True)
        answer = json.loads(self._server.stdout.readline())
        assert "error" not in answer, answer
        return answer["value"]


@contextmanager
def basic(workbook: Path, folder: Path) -> Iterator[Basic]:
    """LibreOffice with a form workbook (.xlsx) and the macros in it. Without LibreOffice the test is skipped, CI fails."""
    target = folder / f"{workbook.stem}.xlsm"
    target.write_bytes(with_buttons(workbook.read_bytes(), stand_ins.for_libreoffice(), [Button("JixiaoFill", "填写")]))
    with calc() as office:
        command = [PYTHON, str(_SERVER), office._pipe, target.as_uri()]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
            yield Basic(server)
            assert server.stdin
            server.stdin.close()
