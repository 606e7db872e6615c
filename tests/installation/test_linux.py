"""install, uninstall and 检查安装 into LibreOffice: rehearsed on machines that are not there, and once for real."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
import xlwings
from machines import put

import jixiao
import office as libreoffice
from jixiao import __version__, inside
from jixiao.addins.calc import addon_file
from jixiao.addins.calc.installed import installed_press
from jixiao.errors import Refusal
from jixiao.installation import folders
from jixiao.installation.inspection import inspect
from jixiao.installation.setup import install, uninstall
from jixiao.installation.system import LibreOffice, System, this_machine

NOBODY = 65534
ENTRY = "\n".join(
    ("org.jixiao", "lu1x.tmp{end}jixiao.oxt{end}application/vnd.sun.star.package-bundle{end}{version}{end}0")
)
OTHER = "org.other\nlu2y.tmp{end}other.oxt{end}application/vnd.sun.star.package-bundle{end}7.7{end}0"


class Machine(NamedTuple):
    """A machine for one test, and the programs that were run on it."""

    system: System
    ran: list[Sequence[str]]

    @property
    def office(self) -> LibreOffice:
        assert self.system.office
        return self.system.office

    @property
    def note(self) -> Path:
        return Path(self.system.home, ".config", "jixiao", "libreoffice.json")

    def with_office(self, **changes: object) -> System:
        return self.system._replace(office=self.office._replace(**changes))  # type: ignore[arg-type]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Linux with LibreOffice; ``unopkg`` keeps LibreOffice's list as the real one does."""
    home, program, addon = tmp_path / "home" / "张三", tmp_path / "program", tmp_path / "shipped" / "jixiao.oxt"
    home.mkdir(parents=True)
    put(addon, b"PK the add-on")
    put(program / "bootstraprc", b"[Bootstrap]\nProductKey=LibreOffice 7.4\nUserInstallation=x\n")
    ran: list[Sequence[str]] = []

    def run(command: Sequence[str]) -> bool:
        ran.append(command)
        listed(system, *(["add-on"] if command[1] == "add" else []))
        return True

    office = LibreOffice(
        program=str(program),
        addon=str(addon),
        root=False,
        python="3.11",
        paths=["/opt/绩效/site-packages"],
        run=run,
        load_bridge=lambda: None,
    )
    system = System("linux", str(home), {}, "/opt/绩效/bin/python", "ascii", "jixiao.xlam", ran.append, office)
    return Machine(system, ran)


def listed(system: System, *ours: str, version: str = __version__) -> None:
    """Write LibreOffice's own list of extensions: another one, and ours if it is named."""
    entries = [OTHER, *(ENTRY for _ in ours)]
    texts = [entry.format(end="\xff", version=version) for entry in entries]
    data = "Pmp1" + "".join(f"\xff{text}\n" for text in texts)
    put(Path(folders.office_extensions(system)), data.encode("latin-1"))


def refuse() -> None:
    raise Refusal("请用 Python 3.9 重新安装本程序。")


# ---------------------------------------------------------------- install


def test_the_addon_and_the_note_are_put_in_place(machine: Machine) -> None:
    lines = install(machine.system)
    assert machine.ran == [[f"{machine.office.program}/unopkg", "add", "-f", machine.office.addon]]
    assert json.loads(machine.note.read_bytes()) == {"python": "3.11", "paths": ["/opt/绩效/site-packages"]}
    assert lines[:2] == [f"已为 LibreOffice 安装加载项：{machine.office.addon}", f"已写入设置：{machine.note}"]
    assert len(lines) == 3 and lines[2].startswith("请关闭全部 LibreOffice 窗口后再打开 Calc")


def test_a_second_time_is_like_the_first(machine: Machine) -> None:
    first, note = install(machine.system), machine.note.read_bytes()
    assert install(machine.system) == first
    assert machine.note.read_bytes() == note


def test_the_addon_finds_the_package_by_the_note(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JIXIAO_SITE", raising=False)
    monkeypatch.setenv("HOME", machine.system.home)
    with pytest.raises(Refusal, match="没有找到绩效程序"):
        installed_press()
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    install(machine.with_office(python=here))
    assert installed_press() is inside.press
    install(machine.with_office(python="3.2"))
    with pytest.raises(Refusal, match="装在 Python 3.2 里"):
        installed_press()


def test_another_python_leaves_the_functions(machine: Machine) -> None:
    lines = install(machine.with_office(load_bridge=refuse))
    assert machine.ran
    assert "单元格函数可以使用，按钮还不能用：请用 Python 3.9 重新安装本程序。" in lines


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"root": True}, "不要用 root 或 sudo"),
        ({"addon": "/nowhere/jixiao.oxt"}, "程序里没有 jixiao.oxt"),
    ],
    ids=["root", "incomplete package"],
)
def test_what_stops_an_installation_leaves_nothing_behind(
    machine: Machine, changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        install(machine.with_office(**changes))
    assert machine.ran == []
    assert list(Path(machine.system.home).iterdir()) == []


def test_an_office_that_does_not_take_the_addon(machine: Machine) -> None:
    with pytest.raises(Refusal, match="没有装上加载项.*双击 .*jixiao.oxt"):
        install(machine.with_office(run=lambda command: False))


def test_without_libreoffice_there_is_one_sentence(machine: Machine) -> None:
    with pytest.raises(Refusal, match="没有找到 LibreOffice.*命令行.*安装 libreoffice-calc"):
        install(machine.system._replace(office=None))


def test_the_server_at_log_on_is_not_for_linux(machine: Machine) -> None:
    with pytest.raises(Refusal, match="只用于 Windows"):
        install(machine.system, at_logon=True)


# ---------------------------------------------------------------- uninstall


def test_only_what_is_ours_is_removed(machine: Machine) -> None:
    install(machine.system)
    other = machine.note.with_name("other.conf")
    put(other, b"")
    lines = uninstall(machine.system)
    assert machine.ran[1:] == [[f"{machine.office.program}/unopkg", "remove", "org.jixiao"]]
    assert [line[:5] for line in lines] == ["已删除：/", "已从 Li"]
    assert other.exists() and not machine.note.exists()
    other.unlink()
    assert uninstall(machine.system) == ["没有安装过，无需移除。"]
    assert len(machine.ran) == 2
    assert not machine.note.parent.exists()


def test_without_libreoffice_the_note_is_removed(machine: Machine) -> None:
    install(machine.system)
    assert len(uninstall(machine.system._replace(office=None))) == 1
    assert not machine.note.exists()


def test_an_office_that_keeps_the_addon(machine: Machine) -> None:
    install(machine.system)
    with pytest.raises(Refusal, match="没有移除加载项"):
        uninstall(machine.with_office(run=lambda command: False))


# ---------------------------------------------------------------- 检查安装


def healthy(machine: Machine) -> list[str]:
    return [
        f"✓ LibreOffice 7.4（{machine.office.program}）",
        "✓ LibreOffice 的 Python 接口：Python 3.11，与本程序相同",
        f"✓ LibreOffice 的加载项 {__version__}",
        f"✓ 设置：{machine.note}",
    ]


def test_a_healthy_machine(machine: Machine) -> None:
    install(machine.system)
    assert inspect(machine.system) == healthy(machine)


def test_before_an_installation(machine: Machine) -> None:
    assert inspect(machine.system)[2:] == [
        "✗ LibreOffice 里没有加载项：请运行 jixiao install",
        f"✗ 没有设置文件 {machine.note}：请运行 jixiao install",
    ]


@pytest.mark.parametrize("damage", [b"{", b"[]", b'{"python": "3.11", "paths": []}', b"3"])
def test_a_note_that_cannot_be_read_is_none(machine: Machine, damage: bytes) -> None:
    install(machine.system)
    machine.note.write_bytes(damage)
    assert inspect(machine.system)[3].startswith("✗ 没有设置文件")


def test_another_package_or_python(machine: Machine) -> None:
    install(machine.system)
    for changes in ({"paths": ["/opt/other"]}, {"python": "3.12"}):
        assert inspect(machine.with_office(**changes))[3].startswith("✗ 设置 ")
    more = machine.with_office(paths=[*machine.office.paths, "/usr/lib/python3/dist-packages"])
    assert inspect(more) == healthy(machine)


def test_an_addon_of_another_version(machine: Machine) -> None:
    install(machine.system)
    listed(machine.system, "add-on", version="0.0.9")
    assert inspect(machine.system)[2].startswith(f"✗ LibreOffice 里的加载项是 0.0.9 版，程序是 {__version__} 版")


def test_libreoffice_may_keep_its_settings_elsewhere(machine: Machine) -> None:
    install(machine.system)
    elsewhere = machine.system._replace(environment={"XDG_CONFIG_HOME": f"{machine.system.home}/elsewhere"})
    assert inspect(elsewhere)[2].startswith("✗ LibreOffice 里没有加载项")
    listed(elsewhere, "add-on")
    assert inspect(elsewhere) == healthy(machine)


def test_a_bridge_that_cannot_be_loaded(machine: Machine) -> None:
    install(machine.system)
    found = inspect(machine.with_office(load_bridge=refuse))
    assert found[1] == "✗ 按钮不能用（单元格函数不受影响）：请用 Python 3.9 重新安装本程序。"


def test_a_program_folder_that_is_closed_is_a_line(machine: Machine) -> None:
    found = inspect(machine.with_office(program="/nowhere"))
    assert found[0].startswith("· LibreOffice：无法查看（")
    assert len(found) == 4


# ---------------------------------------------------------------- the real one


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user can enter: LibreOffice refuses to install an extension for root."""
    made = Path(tempfile.mkdtemp(prefix="jixiao-"))
    made.chmod(0o777)
    yield made
    shutil.rmtree(made)


def test_libreoffice_takes_the_addon_and_gives_it_back(folder: Path) -> None:
    libreoffice.soffice()
    addon, home = folder / "绩效.oxt", folder / "home"
    put(addon, addon_file())
    for made in (home, home / ".config"):
        made.mkdir()
        made.chmod(0o777)
    here = this_machine()
    assert here.office
    user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if here.office.root else {}

    def run(command: Sequence[str]) -> bool:
        environment = {"HOME": str(home), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
        return subprocess.run(command, env=environment, capture_output=True, timeout=60, **user).returncode == 0

    office = here.office._replace(addon=str(addon), root=False, run=run)
    system = here._replace(home=str(home), environment={}, office=office)
    install(system)
    assert [line[0] for line in inspect(system)] == ["✓"] * 4
    assert inspect(system)[2].endswith(f" {__version__}")
    uninstall(system)
    assert inspect(system)[2].startswith("✗ LibreOffice 里没有加载项")


def test_this_machine_runs_programs_in_a_clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    libreoffice.soffice()
    office = this_machine().office
    assert office
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("VIRTUAL_ENV", "/nowhere")
    assert office.run(["sh", "-c", 'test -z "$PYTHONPATH$VIRTUAL_ENV" && test "$LC_ALL" = C.UTF-8'])
    assert not office.run(["false"])
    assert not office.run(["/nowhere/unopkg"])


def test_this_machine_names_the_folders_of_the_package_and_its_libraries() -> None:
    libreoffice.soffice()
    office = this_machine().office
    assert office
    assert office.paths[0] == str(Path(jixiao.__file__).parents[1])
    assert str(Path(xlwings.__file__).parents[1]) in office.paths
