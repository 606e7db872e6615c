"""Two programs on one file: one is held before every call in turn while the other does all its work."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jixiao.cli import main
from jixiao.errors import Refusal
from jixiao.grid import Change
from jixiao.hosts import saving
from jixiao.hosts.files import load_document
from jixiao.hosts.package import PackageHost
from jixiao.hosts.saving import locks
from processes import Ended, Process, command, names, of_ours

DATONG = Path(__file__).parent.parent / "seeds" / "datong-2021-project.docx"
BUSY = re.compile(r"表\.xlsx：正由另一个绩效程序(（\d{4}-\d\d-\d\d \d\d:\d\d 起，本机进程 \d+）)?处理，请稍后再试.*\n")
CHANGED = "表.xlsx：读取之后被别的程序改动或移走了，未保存，以免盖掉别处的改动；请再执行一次。\n"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("imported") / "表.xlsx"
    assert main(["import", str(DATONG), "-o", str(path)]) == 0
    with pytest.MonkeyPatch.context() as context:
        context.setenv("XDG_STATE_HOME", str(path.parent))
        for warm in (["fill", "--replace-typed"], ["check", "--mark"]):  # what is loaded here need not be in every fork
            assert main([*warm, str(shutil.copyfile(path, path.with_name("warm.xlsx")))]) in (0, 1)
    return path


@pytest.fixture
def book(imported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(locks, "_PATIENCE", 0)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return Path(shutil.copyfile(imported, tmp_path / "表.xlsx"))


def filled(book: Path) -> bool:
    [grid, *_] = load_document(str(book)).grids
    return str(grid.at(7, 9).value) == "6.96"


def marked(book: Path) -> bool:
    *_, results = load_document(str(book)).grids
    return any(str(cell.value).startswith("警告") for cell in results.cells.values())


def held(work: Callable[[], int]) -> Iterator[Process]:
    """The work, held ever later, until it comes to its end without."""
    for number in range(1, 500):
        process = Process(work, hold=number)
        if not process.until_held():
            assert process.ended().code in (0, 1)
            return
        yield process


def succeeded(ended: Ended, word: str) -> bool:
    """Whether it says so; if it does not, it says in one sentence why."""
    if word in ended.said:
        return True
    assert ended.code == 2 and (BUSY.fullmatch(ended.said) or ended.said == CHANGED), ended.said
    return False


def test_what_fill_and_check_report_is_in_the_file(imported: Path, book: Path) -> None:
    outcomes = set()
    for filling in held(command("fill", book, "--replace-typed")):
        marking = Process(command("check", "--mark", book)).ended()
        outcome = succeeded(filling.ended(), "已填写 2 个单元格"), succeeded(marking, "已标记")
        assert (not outcome[0] or filled(book)) and (not outcome[1] or marked(book))
        assert of_ours(names(book.parent)) == set()
        outcomes.add(outcome)
        shutil.rmtree(book.with_name("备份"))
        shutil.copyfile(imported, book)
    assert outcomes == {(True, False), (True, True)}  # held with the lock; before and after it


def test_what_another_program_writes_meanwhile_is_not_written_over(imported: Path, book: Path) -> None:
    """A program that knows nothing of our locks: only between our last look and the change of names it would come too late."""
    host = PackageHost(imported)
    host.write([Change(host.read().grids[0].title, 60, 12, "刚刚输入的")])
    theirs = host.to_bytes()
    lost = 0
    refused = []
    for filling in held(command("fill", book, "--replace-typed")):
        book.with_name("new").write_bytes(theirs)
        book.with_name("new").replace(book)
        refused.append(not succeeded(filling.ended(), "已填写 2 个单元格"))
        lost += book.read_bytes() != theirs and not typed(book)
        assert of_ours(names(book.parent)) == set()
        shutil.rmtree(book.with_name("备份"), ignore_errors=True)
        shutil.copyfile(imported, book)
    assert lost == 1 and refused.count(True) > 10


def typed(book: Path) -> bool:
    return load_document(str(book)).grids[0].at(60, 12).value == "刚刚输入的"


def test_an_output_is_never_written_over_another_one(tmp_path: Path) -> None:
    output = tmp_path / "新表.xlsx"
    winners = set()
    for first in held(written(output, b"first")):
        second = Process(written(output, b"second")).ended()
        outcomes = [first.ended(), second]
        assert sorted(ended.code for ended in outcomes) == [0, 2]
        assert {ended.said for ended in outcomes} == {
            "",
            "新表.xlsx：文件已存在，未覆盖；请换一个名字，确要覆盖的，命令行加 --force。\n",
        }
        assert output.read_bytes() == (b"second" if second.code == 0 else b"first")
        assert names(tmp_path) == {output.name}
        winners.add(output.read_bytes())
        output.unlink()
    assert len(winners) == 2


def written(output: Path, content: bytes) -> Callable[[], int]:
    """As the commands that write a new file do at their end."""

    def work() -> int:
        try:
            saving.replace_file(output, content, new=True)
        except Refusal as refusal:
            print(refusal)
            return 2
        return 0

    return work


def test_a_content_that_came_back_is_what_was_read(book: Path) -> None:
    content = book.read_bytes()
    book.unlink()
    book.write_bytes(content)
    saving.replace_read(book, b"new", content)
    assert book.read_bytes() == b"new"
