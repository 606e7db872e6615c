"""install and uninstall on machines that are not there: what they write, and each sentence of trouble."""

import csv
import os
import re
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import pytest
from machines import RUN, SHIPPED, Machine, mac, put, windows, with_pywin32

from jixiao.addins.excel.vendor import xlwings_module
from jixiao.errors import Refusal
from jixiao.installation import server
from jixiao.installation.inspection import DLLS
from jixiao.installation.setup import install, uninstall
from jixiao.installation.system import XLWINGS

CONFIGURATION = "".join(
    f"{line}\r\n"
    for line in (
        '"INTERPRETER_WIN","{python}"',
        '"USE UDF SERVER","True"',
        '"ADD_WORKBOOK_TO_PYTHONPATH","False"',
        '"SHOW CONSOLE","False"',
        '"UDF MODULES","jixiao.cells"',
    )
)
RUN_VALUE = ("HKCU\\" + RUN, "jixiao")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return windows(tmp_path, monkeypatch)


# ---------------------------------------------------------------- Windows


def test_the_addin_and_its_settings_are_put_in_place(machine: Machine) -> None:
    lines = install(machine.system)
    assert (machine.startup / "jixiao.xlam").read_bytes() == SHIPPED
    assert machine.settings.read_bytes() == CONFIGURATION.format(python=machine.python).encode("ascii")
    assert machine.files() == [".jixiao/jixiao.conf", "AppData/Roaming/Microsoft/Excel/XLSTART/jixiao.xlam"]
    assert [line[:6] for line in lines] == ["已安装加载项", "已写入设置：", "请重新打开 "]
    assert machine.registry.get(*RUN_VALUE) is None
    assert machine.started == []


def test_installing_twice_changes_nothing_even_while_excel_holds_the_addin(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = install(machine.system)
    monkeypatch.setattr(os, "replace", refuse)
    assert install(machine.system) == first


def test_an_older_version_is_replaced(machine: Machine) -> None:
    put(machine.startup / "jixiao.xlam", b"older")
    put(machine.settings, b'"INTERPRETER_WIN","C:\\former\\python.exe"\r\n"LICENSE_KEY","x"\r\n')
    install(machine.system)
    assert (machine.startup / "jixiao.xlam").read_bytes() == SHIPPED
    assert machine.settings.read_bytes() == CONFIGURATION.format(python=machine.python).encode("ascii")


@pytest.mark.parametrize("before", [None, b"older", SHIPPED])
def test_the_mark_of_the_web_goes(machine: Machine, before: bytes | None) -> None:
    mark = machine.startup / "jixiao.xlam:Zone.Identifier"
    put(mark, b"[ZoneTransfer]\r\nZoneId=3\r\n")
    if before:
        put(machine.startup / "jixiao.xlam", before)
    install(machine.system)
    assert not mark.exists()


def test_a_chinese_user_name_stays_out_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = windows(tmp_path, monkeypatch, python="Users/张三/jixiao, 1")
    install(machine.system._replace(code_page="cp1252"))
    [row, *_] = csv.reader(machine.settings.read_text(encoding="ascii").splitlines())
    assert row == ["INTERPRETER_WIN", "%USERPROFILE%/jixiao, 1/Scripts/python.exe"]


def test_a_chinese_folder_is_written_in_the_code_page_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = windows(tmp_path, monkeypatch, python="绩效")
    install(machine.system)
    assert b"\xbc\xa8\xd0\xa7/Scripts/python.exe" in machine.settings.read_bytes()  # 绩效 in GBK


def test_the_windowless_python_is_never_named_in_the_settings(machine: Machine) -> None:
    install(machine.system._replace(python=str(machine.python.with_name("pythonw.exe"))))
    assert machine.settings.read_bytes() == CONFIGURATION.format(python=machine.python).encode("ascii")


def test_a_path_outside_the_code_page_is_told_though_the_settings_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = windows(tmp_path, monkeypatch, python="Users/张三/jixiao")
    lines = install(machine.system._replace(code_page="cp1252"))
    assert any("纯英文路径" in line for line in lines)
    assert not any("纯英文路径" in line for line in install(machine.system))


@pytest.mark.parametrize(
    ("environment", "folder"),
    [({"APPDATA": "network/张三"}, "network/张三"), ({}, "Users/张三/AppData/Roaming")],
    ids=["redirected", "unknown"],
)
def test_the_users_data_may_lie_elsewhere(machine: Machine, environment: dict[str, str], folder: str) -> None:
    here = {name: str(machine.root / path) for name, path in environment.items()}
    install(machine.system._replace(environment=here))
    assert (machine.root / folder / "Microsoft" / "Excel" / "XLSTART" / "jixiao.xlam").exists()


# ---------------------------------------------------------------- at log-on


def test_at_logon_the_server_starts_now_and_with_windows(machine: Machine) -> None:
    lines = install(machine.system, at_logon=True)
    windowless = str(machine.python.with_name("pythonw.exe"))
    assert machine.started == [[windowless, "-P", "-m", "jixiao.installation.server"]]
    assert machine.registry.get(*RUN_VALUE) == f"{windowless} -P -m jixiao.installation.server"
    assert machine.settings.read_text().endswith('"DEBUG UDFS","True"\n')
    assert "现在也已启动" in lines[2]


def test_a_path_with_spaces_is_quoted_in_the_log_on_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = windows(tmp_path, monkeypatch, python="Program Files")
    install(machine.system, at_logon=True)
    windowless = machine.python.with_name("pythonw.exe")
    assert machine.registry.get(*RUN_VALUE) == f'"{windowless}" -P -m jixiao.installation.server'


def test_without_a_windowless_python_the_ordinary_one_serves(machine: Machine) -> None:
    machine.python.with_name("pythonw.exe").unlink()
    install(machine.system, at_logon=True)
    assert machine.started[0][0] == str(machine.python)


def test_a_server_that_runs_is_not_started_again(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    with_pywin32(monkeypatch, served=True)
    lines = install(machine.system, at_logon=True)
    assert machine.started == []
    assert "正在运行，如刚升级过" in lines[2]


def test_installing_without_the_flag_undoes_the_log_on_entry(machine: Machine) -> None:
    install(machine.system, at_logon=True)
    lines = install(machine.system)
    assert machine.registry.get(*RUN_VALUE) is None
    assert b"DEBUG UDFS" not in machine.settings.read_bytes()
    assert "已取消登录时启动" in lines[2]


def test_entries_of_others_stay(machine: Machine) -> None:
    machine.registry.set("HKCU\\" + RUN, "OneDrive", "OneDrive.exe")
    install(machine.system, at_logon=True)
    uninstall(machine.system)
    assert machine.registry.get("HKCU\\" + RUN, "OneDrive") == "OneDrive.exe"


# ---------------------------------------------------------------- uninstall


def test_uninstall_leaves_nothing_of_ours(machine: Machine) -> None:
    link = machine.home / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup/jixiao.lnk"
    put(link, b"")
    put(machine.startup / "PERSONAL.XLSB", b"the user's")
    install(machine.system, at_logon=True)
    lines = uninstall(machine.system)
    assert machine.files() == ["AppData/Roaming/Microsoft/Excel/XLSTART/PERSONAL.XLSB"]
    assert not machine.settings.parent.exists()
    assert machine.registry.get(*RUN_VALUE) is None
    assert [line[:4] for line in lines] == ["已删除：", "已删除：", "已取消登"]


def test_uninstalling_what_is_not_there_says_so(machine: Machine) -> None:
    assert uninstall(machine.system) == ["没有安装过，无需移除。"]


def test_uninstall_keeps_what_others_put_beside_the_settings(machine: Machine) -> None:
    install(machine.system)
    put(machine.settings.with_name("notes.txt"), b"the user's")
    uninstall(machine.system)
    assert machine.files() == [".jixiao/notes.txt"]


# ---------------------------------------------------------------- trouble


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "另一个程序正在使用此文件")


def test_while_excel_holds_an_older_addin_nothing_changes(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    put(machine.startup / "jixiao.xlam", b"older")
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(Refusal, match="jixiao.xlam.*请先退出全部 Excel 窗口"):
        install(machine.system)
    assert (machine.startup / "jixiao.xlam").read_bytes() == b"older"
    assert not machine.settings.exists()


def test_while_excel_holds_the_addin_it_cannot_be_removed(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    install(machine.system)
    with monkeypatch.context() as patch, pytest.raises(Refusal, match="jixiao.xlam：正被占用.*请退出全部 Excel"):
        patch.setattr(os, "remove", refuse)
        uninstall(machine.system)
    assert len(machine.files()) == 2


def test_a_folder_that_vba_cannot_read_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = windows(tmp_path, monkeypatch, python="绩效")
    with pytest.raises(Refusal, match="绩效.*代码页（cp1252）"):
        install(machine.system._replace(code_page="cp1252"))
    assert machine.files() == []


@pytest.mark.parametrize("letter", ['"', "\r", "\n"])
def test_what_input_cannot_read_back_is_refused(machine: Machine, letter: str) -> None:
    with pytest.raises(Refusal, match="引号或换行"):
        install(machine.system._replace(python=f"D:\\a{letter}b\\python.exe"))
    assert machine.files() == []


def test_an_incomplete_package_is_refused(machine: Machine) -> None:
    with pytest.raises(Refusal, match="没有 jixiao.xlam，安装包不完整"):
        install(machine.system._replace(addin=str(machine.root / "none.xlam")))


def test_where_the_log_on_entry_is_forbidden_the_manual_way_is_told(machine: Machine) -> None:
    machine.registry.write_protected.add(("HKCU\\" + RUN).lower())
    with pytest.raises(Refusal, match=r"shell:startup.*pythonw.exe -P -m jixiao.installation.server"):
        install(machine.system, at_logon=True)
    assert len(machine.started) == 1
    assert "DEBUG UDFS" in machine.settings.read_text()


def test_a_log_on_entry_that_cannot_be_removed_is_told(machine: Machine) -> None:
    install(machine.system, at_logon=True)
    machine.registry.write_protected.add(("HKCU\\" + RUN).lower())
    for undo in (install, uninstall):
        with pytest.raises(Refusal, match="不允许删除登录启动项“jixiao”"):
            undo(machine.system)


def test_a_server_that_does_not_start_is_told_and_registered_all_the_same(machine: Machine) -> None:
    with pytest.raises(Refusal, match="函数服务现在没有启动成功（另一个程序"):
        install(machine.system._replace(start=refuse), at_logon=True)
    assert machine.registry.get(*RUN_VALUE)


# ---------------------------------------------------------------- macOS


def test_on_macos_buttons_work_and_functions_do_not(tmp_path: Path) -> None:
    system = mac(tmp_path)
    lines = install(system)
    library = Path(system.home, "Library")
    startup = "Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
    assert (library / startup / "jixiao.xlam").read_bytes() == SHIPPED
    assert (library / "Containers/com.microsoft.Excel/Data/jixiao.conf").read_bytes() == (
        b'"INTERPRETER_MAC","$HOME/jixiao/bin/python"\n"ADD_WORKBOOK_TO_PYTHONPATH","False"\n'
    )
    script = library / "Application Scripts/com.microsoft.Excel/xlwings-0.37.8.applescript"
    assert b"on VbaHandler(ParameterString)" in script.read_bytes()
    assert any("单元格函数 PERF_… 需要 Windows" in line for line in lines)


def test_uninstalling_on_macos_leaves_the_script_that_other_addins_use(tmp_path: Path) -> None:
    system = mac(tmp_path)
    install(system)
    assert len(uninstall(system)) == 2
    left = [path.name for path in Path(system.home, "Library").rglob("*") if path.is_file()]
    assert left == ["xlwings-0.37.8.applescript"]


def test_the_server_at_log_on_is_for_windows_only(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="--at-logon 只用于 Windows"):
        install(mac(tmp_path), at_logon=True)


def test_another_xlwings_without_its_script_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jixiao.installation.setup.find_spec", lambda name: None)
    with pytest.raises(Refusal, match=r"xlwings-0.37.8.applescript.*pip install xlwings==0.37.8"):
        install(mac(tmp_path))


# ---------------------------------------------------------------- the server, the pinned version


@pytest.mark.parametrize(("served", "expected"), [(False, ["jixiao.cells", "serving"]), (True, [])])
def test_one_server_serves_a_session(served: bool, expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = with_pywin32(monkeypatch, served)
    done: list[str] = []

    def imported(name: str) -> object:
        done.append(name)
        return SimpleNamespace(serve=lambda: done.append("serving")) if name == "xlwings" else sys.modules.get(name)

    monkeypatch.setattr(server, "import_module", imported)
    server.main()
    assert done == ["xlwings", "win32api", "win32event", "winerror", *expected]
    assert asked.names == [r"Local\jixiao-function-server"]


def test_a_server_that_fails_leaves_its_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setitem(sys.modules, "win32event", None)  # an import fails
    with pytest.raises(SystemExit):
        server.main()
    assert "win32event" in (tmp_path / "jixiao" / "jixiao.log").read_text(encoding="utf-8")


def test_the_version_of_xlwings_is_the_pinned_one() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"xlwings=={XLWINGS}" in project["dependencies"]
    assert version("xlwings") == XLWINGS


def test_the_vba_module_in_the_addin_looks_for_what_is_installed() -> None:
    """Its DLLs, its AppleScript, its file of settings, and each setting by its name."""
    source = xlwings_module().body
    assert f'Const XLWINGS_VERSION As String = "{XLWINGS}"' in source
    assert set(re.findall(r"xlwings\d\d-[\d.]+dll", source)) == set(DLLS)
    assert '"xlwings-" & XLWINGS_VERSION & ".applescript"' in source
    assert 'Const PROJECT_NAME As String = "jixiao"' in source
    assert r'Environ("USERPROFILE") & "\." & PROJECT_NAME & "\" & PROJECT_NAME & ".conf"' in source
    for name in ("INTERPRETER_WIN", "INTERPRETER_MAC", "ADD_WORKBOOK_TO_PYTHONPATH", "USE UDF SERVER", "DEBUG UDFS"):
        assert f'GetConfig("{name}"' in source
