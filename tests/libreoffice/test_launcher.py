"""LibreOffice is found, started privately, limited, and never left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from jixiao.errors import Refusal
from jixiao.office import finding, launcher
from jixiao.office.launcher import Office

ENDLESS = "Sub Endless\nDo\nWait 10\nLoop\nEnd Sub"


def runs(pid: int) -> bool:
    """Whether the process is there and not merely waiting to be counted."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def memory(pid: int) -> int:
    """The pages a process holds in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1])


def desktop(office: Office) -> str:
    return str(office.service("com.sun.star.frame.Desktop").getImplementationName())


def invoke(office: Office, macro: str) -> None:
    """Run a Basic macro of the office's own library."""
    provider = office.context.getValueByName(
        "/singletons/com.sun.star.script.provider.theMasterScriptProviderFactory"
    ).createScriptProvider("")
    provider.getScript(f"vnd.sun.star.script:Standard.{macro}?language=Basic&location=application").invoke((), (), ())


@pytest.fixture(scope="module")
def own(installed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office that these tests may end, in a profile of its own with a Chinese name."""
    office = Office(str(tmp_path_factory.mktemp("office") / "配置 文件夹"))
    yield office
    office.close()


@pytest.fixture
def mortal(own: Office) -> Office:
    """The same office, started again in the same profile after a test has ended it."""
    if not own.alive:
        own.start()
        own.connect()
    return own


# ---------------------------------------------------------------- start and end


def test_an_office_starts_and_ends_and_takes_its_profile_with_it(installed: None) -> None:
    with Office() as office:
        assert office.alive
        assert desktop(office) == "com.sun.star.comp.framework.Desktop"
        profile, pid = office.profile, office.pid
        assert Path(profile).is_dir()
    assert not office.alive
    assert not runs(pid)
    assert not Path(profile).exists()


def test_the_language_is_chinese(office: Office) -> None:
    provider = office.service("com.sun.star.configuration.ConfigurationProvider")
    path = launcher.properties(nodepath="/org.openoffice.Setup/L10N")
    access = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", path)
    assert access.getByName("ooSetupSystemLocale") == "zh-CN"


def test_four_offices_run_side_by_side(installed: None) -> None:
    offices = [Office() for _ in range(4)]
    try:
        for office in offices:
            office.start()
        for office in offices:
            office.connect()
        assert len({office.pid for office in offices}) == 4
        offices[0].kill()
        assert [office.alive for office in offices] == [False, True, True, True]
        assert [desktop(office) for office in offices[1:]] == ["com.sun.star.comp.framework.Desktop"] * 3
    finally:
        for office in offices:
            office.close()


PARENT = """
import time
from jixiao.office.launcher import Office
office = Office({profile!r})
office.start()
office.connect()
print(office.pid, flush=True)
time.sleep(60)
"""


def test_no_office_outlives_a_program_that_is_killed(installed: None, tmp_path: Path) -> None:
    program = PARENT.format(profile=str(tmp_path / "profile"))
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        assert runs(pid)
        parent.kill()
    try:
        assert eventually(lambda: not runs(pid))
    finally:
        if runs(pid):
            os.kill(pid, signal.SIGKILL)


def eventually(condition: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def stand_in(path: Path, script: str) -> str:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_an_office_that_asks_to_be_started_again_is(
    installed: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    program = stand_in(tmp_path / "soffice", f"echo >> {log}; [ $(wc -l < {log}) -lt 3 ] && exit 81; exit 1")
    monkeypatch.setattr(launcher, "soffice", lambda: program)
    with pytest.raises(Refusal), Office():
        pass
    assert log.read_text() == "\n" * 3


def test_an_office_that_does_not_start_is_refused(
    installed: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = stand_in(tmp_path / "soffice", "exit 1")
    monkeypatch.setattr(launcher, "soffice", lambda: program)
    office = Office()
    with pytest.raises(Refusal, match="没有启动成功"), office:
        pass
    assert not Path(office.profile).exists()


def test_an_office_that_never_answers_is_ended(
    installed: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = stand_in(tmp_path / "soffice", "exec sleep 60")
    monkeypatch.setattr(launcher, "soffice", lambda: program)
    office = Office(str(tmp_path / "profile"))
    office.start()
    with pytest.raises(Refusal, match="没有启动成功"):
        office.connect(seconds=0.2)
    assert not office.alive


def test_an_office_that_hangs_with_its_pipe_open_is_ended(installed: None) -> None:
    with Office() as office:
        os.kill(office.pid, signal.SIGSTOP)
        with pytest.raises(Refusal, match="没有启动成功"):
            office.connect(seconds=1)
        assert not office.alive


# ---------------------------------------------------------------- limits


def test_a_hang_becomes_an_error(mortal: Office) -> None:
    libraries = mortal.service("com.sun.star.script.ApplicationScriptLibraryContainer")
    library = libraries.getByName("Standard")
    if not library.hasByName("Hang"):
        library.insertByName("Hang", ENDLESS)
    with pytest.raises(Refusal, match="超过 1 秒没有答复"), mortal.limit(1):
        invoke(mortal, "Hang.Endless")
    assert not mortal.alive


def test_a_death_in_the_middle_becomes_an_error_and_the_profile_serves_again(mortal: Office, tmp_path: Path) -> None:
    document = mortal.open(str(workbook(tmp_path / "表.xlsx", "甲")))
    with pytest.raises(Refusal, match="意外退出"), mortal.limit(60):
        os.kill(mortal.pid, signal.SIGKILL)
        while True:
            document.Sheets.getByIndex(0).Name = "还在"
    assert not mortal.alive
    mortal.start()
    mortal.connect()
    assert desktop(mortal) == "com.sun.star.comp.framework.Desktop"


def test_an_error_of_a_living_office_stays_what_it_is(office: Office) -> None:
    with pytest.raises(ZeroDivisionError), office.limit(60):
        raise ZeroDivisionError
    with pytest.raises(Exception, match="nowhere"), office.limit(60):
        office.context.getValueByName("/nowhere").nowhere()
    assert office.alive


# ---------------------------------------------------------------- documents


def workbook(path: Path, text: str) -> Path:
    book = openpyxl.Workbook()
    book.active["A1"] = text
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def test_a_chinese_path_is_opened(office: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "资料 二〇二六" / "绩效自评表（定稿）.xlsx", "五华区")
    document = office.open(str(path))
    assert document.Sheets.getByIndex(0).getCellByPosition(0, 0).String == "五华区"
    document.close(True)


def test_a_document_locked_by_somebody_else_does_not_hang(office: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "表.xlsx", "甲")
    lock = tmp_path / ".~lock.表.xlsx#"
    lock.write_text(",乙,别的电脑,21.11.2026 08:00,file:///elsewhere;", encoding="utf-8")
    with office.limit(60):
        document = office.open(str(path))
        assert document.isReadonly()
        assert document.Sheets.getByIndex(0).getCellByPosition(0, 0).String == "甲"
        document.close(True)
    assert lock.exists()


def test_a_hundred_documents_leave_the_memory_as_it_was(office: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "表.xlsx", "甲")

    def visit() -> None:
        office.open(str(path)).close(True)

    for _ in range(5):  # what the first documents load stays
        visit()
    before = memory(office.pid)
    for _ in range(100):
        visit()
    assert memory(office.pid) < before * 1.3


DESCRIPTION = """<?xml version="1.0" encoding="UTF-8"?>
<description xmlns="http://openoffice.org/extensions/description/2006">
<identifier value="{identifier}"/><version value="{version}"/></description>
"""
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest"/>
"""


def extension(path: Path, version: str) -> str:
    with ZipFile(path, "w") as package:
        package.writestr("description.xml", DESCRIPTION.format(identifier="org.example.sample", version=version))
        package.writestr("META-INF/manifest.xml", MANIFEST)
    return str(path)


def installed_versions(office: Office) -> list[str]:
    manager = office.context.getValueByName("/singletons/com.sun.star.deployment.ExtensionManager")
    deployed = manager.getDeployedExtensions("user", manager.createAbortChannel(), None)
    return [one.getVersion() for one in deployed if one.getIdentifier().Value == "org.example.sample"]


def test_an_extension_is_installed_and_renewed(mortal: Office, tmp_path: Path) -> None:
    mortal.install(extension(tmp_path / "样本.oxt", "1.0"))
    assert installed_versions(mortal) == ["1.0"]
    mortal.install(extension(tmp_path / "样本.oxt", "1.1"))
    assert installed_versions(mortal) == ["1.1"]


# ---------------------------------------------------------------- finding


def outside(program: str) -> str:
    """What a fresh interpreter of this environment prints."""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def test_nothing_but_uno_is_taken_from_the_system(installed: None) -> None:
    program = """
import sys
path, before = list(sys.path), set(sys.modules)
from jixiao.office.finding import load_uno
load_uno()
foreign = [name for name, module in sys.modules.items() if name not in before
           and "dist-packages" in (getattr(module, "__file__", None) or "")]
print(sys.path == path, sorted(foreign))
"""
    assert outside(program) == "True ['uno', 'unohelper']"


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose only office would lie in this folder."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(finding, "PROGRAMS", (str(tmp_path / "libreoffice*" / "program"),))
    monkeypatch.setattr(finding, "PACKAGES", ())
    for name in ("uno", "unohelper"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return tmp_path


def program_folder(root: Path, name: str = "libreoffice7.4") -> Path:
    folder = root / name / "program"
    folder.mkdir(parents=True)
    (folder / "soffice.bin").touch()
    return folder


def test_the_newest_of_several_offices_is_taken(elsewhere: Path) -> None:
    program_folder(elsewhere, "libreoffice7.4")
    newest = program_folder(elsewhere, "libreoffice25.2")
    assert finding.soffice() == str(newest / "soffice.bin")


def test_without_an_office_the_sentence_says_what_to_install(elsewhere: Path) -> None:
    for find in (finding.soffice, finding.load_uno):
        with pytest.raises(Refusal, match="没有找到 LibreOffice，请先安装"):
            find()


def test_without_the_bridge_the_sentence_says_what_to_install(elsewhere: Path) -> None:
    program_folder(elsewhere)
    with pytest.raises(Refusal, match="python3-uno"):
        finding.load_uno()


def test_a_bridge_for_another_python_is_refused(elsewhere: Path) -> None:
    folder = program_folder(elsewhere)
    (folder / "uno.py").touch()
    (folder / "libpyuno.so").write_bytes(b"\x7fELF\0libuno_sal.so.3\0libpython3.8.so.1.0\0")
    with pytest.raises(Refusal, match=rf"3\.8 .*3\.{sys.version_info.minor} "):
        finding.load_uno()
    assert "uno" not in sys.modules


def test_a_bridge_that_does_not_load_is_refused_and_leaves_nothing(elsewhere: Path) -> None:
    folder = program_folder(elsewhere)
    (folder / "uno.py").write_text("import sys\nsys.path.append('left')\nimport pyuno_that_is_missing\n")
    with pytest.raises(Refusal, match="无法载入"):
        finding.load_uno()
    assert "uno" not in sys.modules
    assert "left" not in sys.path
