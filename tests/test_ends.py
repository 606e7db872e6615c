"""How a command ends when the world around it does: interrupted, unheard, without disk or home. One line, no traceback."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jixiao import logbook
from jixiao.cli import main
from workbooks import large_form, without_formulas

HOLDS_A_SECRET = """
import sys
from jixiao import cli
from jixiao.actions import examine
def broken(document):
    raise {error}
examine.examined = broken
sys.argv = ["jixiao", "check", sys.argv[1]]
cli.run()
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return large_form(tmp_path / "张三的表.xlsx", 3)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    package = str(Path(main.__code__.co_filename).parents[1])
    return os.environ | {"XDG_STATE_HOME": str(tmp_path / "状态"), "PYTHONPATH": package, "TMPDIR": str(tmp_path)}


def run(*arguments: object, **options: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "jixiao.cli", *map(str, arguments)], text=True, stderr=subprocess.PIPE, **options
    )  # type: ignore[call-overload, no-any-return]


def broken_run(error: str, book: Path, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    program = HOLDS_A_SECRET.format(error=error)
    return subprocess.run([sys.executable, "-c", program, book], text=True, capture_output=True, env=environment)


def log(tmp_path: Path) -> Path:
    return tmp_path / "状态" / "jixiao" / "jixiao.log"


def test_an_interrupted_command_says_so_in_one_line(book: Path, environment: dict[str, str], tmp_path: Path) -> None:
    ran = broken_run("KeyboardInterrupt", book, environment)
    assert ran.returncode == 130
    assert ran.stderr == (
        "已中断。每个文件都是完整的；没有报告完成的，可能写入了，也可能没有，请再执行一次，或用 jixiao undo 撤销。\n"
    )
    assert not log(tmp_path).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
def test_a_real_interrupt_leaves_the_workbook_whole(book: Path, environment: dict[str, str]) -> None:
    before = book.read_bytes()
    program = """
import os, signal, sys
from jixiao import cli
from jixiao.desks import terminal
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background lets them ignore it
terminal.put = lambda *_, **__: os.kill(os.getpid(), signal.SIGINT)
sys.argv = ["jixiao", "check", "--mark", sys.argv[1]]
cli.run()
"""
    ran = subprocess.run([sys.executable, "-c", program, book], text=True, capture_output=True, env=environment)
    assert (ran.returncode, ran.stdout) == (130, "")
    assert book.read_bytes() == before
    assert [path.name for path in book.parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_output_is_one_line(book: Path, environment: dict[str, str], tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ran = run("check", book, stdout=full, env=environment)
    assert ran.returncode == 2
    assert ran.stderr == "结果没有显示完（No space left on device）：标准输出写不进去。\n"
    assert not log(tmp_path).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="descriptors of another kind")
@pytest.mark.parametrize("closing", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_bug(closing: str, book: Path, environment: dict[str, str], tmp_path: Path) -> None:
    """What is found out is still in the exit code, and what is written is still written."""
    without_formulas(book)
    command = f'"{sys.executable}" -m jixiao.cli'
    filled = subprocess.run(f'{command} fill "{book}" {closing}', shell=True, env=environment, capture_output=True)
    checked = subprocess.run(f'{command} check "{book}" {closing}', shell=True, env=environment, capture_output=True)
    assert (filled.returncode, checked.returncode) == (0, main(["check", str(book)]))
    assert filled.stderr == checked.stderr == b""
    assert not log(tmp_path).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
def test_a_reader_who_leaves_ends_the_command_silently(book: Path, environment: dict[str, str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as left:
        ran = run("check", *[book] * 2, stdout=left, env=environment)
    assert (ran.returncode, ran.stderr) == (128 + signal.SIGPIPE, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a full device")  # noqa: PTH110
def test_a_full_standard_error_stops_no_other_file(book: Path, environment: dict[str, str], tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "jixiao.cli", "check", tmp_path / "没有.xlsx", book],
            text=True, stdout=subprocess.PIPE, stderr=full, env=environment,
        )  # fmt: skip
    assert ran.returncode == 2
    assert ran.stdout.startswith(f"【{book}】\n")
    assert not log(tmp_path).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
def test_a_standard_error_nobody_reads_stops_no_other_file(
    book: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as left:
        ran = subprocess.run(
            [sys.executable, "-m", "jixiao.cli", "check", tmp_path / "没有.xlsx", book],
            text=True, stdout=subprocess.PIPE, stderr=left, env=environment,
        )  # fmt: skip
        misused = subprocess.run([sys.executable, "-m", "jixiao.cli", "chekc"], stderr=left, env=environment)
    assert (ran.returncode, misused.returncode) == (2, 2)
    assert ran.stdout.startswith(f"【{book}】\n")
    assert not log(tmp_path).exists()


def test_the_log_tells_where_and_not_what(book: Path, environment: dict[str, str], tmp_path: Path) -> None:
    ran = broken_run("KeyError('李四 13')", book, environment)
    assert ran.returncode == 2
    assert ran.stderr == f"程序出错了，详情已记入 {log(tmp_path)}，请把这个文件发给维护人员。\n"
    kept = log(tmp_path).read_text(encoding="utf-8")
    assert "KeyError" in kept and "in broken" in kept
    assert "李四" not in kept and "张三" not in kept


def test_what_speaks_of_code_is_kept(book: Path, environment: dict[str, str], tmp_path: Path) -> None:
    broken_run("AttributeError(\"'NoneType' object has no attribute 'grids'\")", book, environment)
    assert "has no attribute 'grids'" in log(tmp_path).read_text(encoding="utf-8")


def test_the_names_of_files_are_not_kept(book: Path, environment: dict[str, str], tmp_path: Path) -> None:
    broken_run("FileNotFoundError(2, '没有', '/甲/张三.xlsx')", book, environment)
    kept = log(tmp_path).read_text(encoding="utf-8")
    assert "FileNotFoundError: 没有" in kept and "张三" not in kept


def test_a_cause_is_kept_with_its_error(book: Path, environment: dict[str, str], tmp_path: Path) -> None:
    broken_run("RuntimeError('张三') from TypeError('李四 is no number')", book, environment)
    kept = log(tmp_path).read_text(encoding="utf-8")
    assert kept.index("TypeError: 李四 is no number") < kept.index("RuntimeError")


def test_a_bug_that_cannot_be_logged_is_one_line(book: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(logbook, "state_folder", full)
    try:
        raise ValueError("张三")
    except ValueError:
        heard = logbook.report_bug("已记入 {path}", "出错了（{place}）")
    assert heard.startswith("出错了（ValueError, test_ends.py:")


@pytest.mark.skipif(sys.platform == "win32", reason="links of another kind")
def test_the_log_follows_no_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "状态"))
    log(tmp_path).parent.mkdir(parents=True)
    victim = tmp_path / "别人的文件"
    victim.write_text("原样")
    log(tmp_path).symlink_to(victim)
    try:
        raise ValueError
    except ValueError:
        assert logbook.keep_traceback() is None
    assert victim.read_text() == "原样"


def test_nothing_is_filled_that_could_not_be_taken_back(
    book: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The folder of the journal has the name of a file."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "状态"))
    log(tmp_path).parent.mkdir(parents=True)
    (log(tmp_path).parent / "journal").write_text("")
    without_formulas(book)
    before = book.read_bytes()
    assert main(["fill", str(book)]) == 2
    assert book.read_bytes() == before
    assert capsys.readouterr().err == (
        "张三的表.xlsx：没有写入：写了要能撤销，而撤销记录存不下来；请检查磁盘空间和个人文件夹的写入权限后再试。\n"
    )
