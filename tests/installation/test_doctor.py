"""检查安装 on machines that are not there: a healthy one, and each defect with the line it gives."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from machines import OFFICE, PROGRAM_32, RUN, Machine, mac, put, windows, with_pywin32

from jixiao.cli import main
from jixiao.doctor import doctor
from jixiao.hosts.saving import read_bytes
from jixiao.installation import inspection, logon
from jixiao.installation.inspection import inspect
from jixiao.installation.setup import install
from jixiao.wording import doctor as words

HEALTHY = [
    "✓ xlwings64-0.37.8.dll、xlwings32-0.37.8.dll",
    "✓ pywin32",
    "✓ Excel 16.0，64 位（{excel}）",
    "✓ 加载项：{startup}/jixiao.xlam",
    "✓ 设置：{settings}",
    "· 函数服务由 Excel 启动；如单位策略不允许，请运行 jixiao install --at-logon",
    "✓ 没有发现限制宏和加载项的 Office 策略",
    "✓ 没有发现限制 Office 启动程序的安全规则",
]
POLICIES = r"Software\Policies\Microsoft\Office\16.0"
RULES = r"HKLM\Software\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
NO_CHILD_PROCESSES = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
NO_API_CALLS = "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b"
STARTUP_LINK = "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup/jixiao.lnk"

Change = Callable[[Machine], object]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Windows, Excel and the add-in installed."""
    made = windows(tmp_path, monkeypatch)
    with_pywin32(monkeypatch)
    install(made.system)
    return made


def healthy(machine: Machine) -> list[str]:
    return [line.format(excel=machine.excel, startup=machine.startup, settings=machine.settings) for line in HEALTHY]


def test_a_healthy_machine(machine: Machine) -> None:
    assert inspect(machine.system) == healthy(machine)


def setting(path: str, name: str, value: object) -> Change:
    return lambda machine: machine.registry.set(path, name, value)


def closed(path: str) -> Change:
    return lambda machine: machine.registry.closed.add(path.lower())


def file(path: str, data: bytes = b"") -> Change:
    return lambda machine: put(machine.home / path, data)


def both(*changes: Change) -> Change:
    return lambda machine: [change(machine) for change in changes]


def served_by_wps(machine: Machine) -> None:
    machine.registry.set(r"HKCR\Excel.Application\CLSID", "", "{45540001}")
    machine.registry.set(r"HKCR\CLSID\{45540001}\LocalServer32", "", r"C:\WPS\office6\et.exe /Automation")


def wps_too(machine: Machine) -> None:
    machine.registry.set(r"HKCR\Ket.Application\CLSID", "", "{45540001}")
    machine.registry.set(r"HKCR\CLSID\{45540001}\LocalServer32", "", r'"C:\WPS\office6\et.exe" /Automation')


def only_for_64_bit_programs(machine: Machine) -> None:
    machine.registry.only_for_64_bits |= {path for path in machine.registry.keys if path.startswith(r"hkcr\clsid")}


def alternate_startup(machine: Machine) -> None:
    machine.registry.set(rf"HKCU\{OFFICE}\Excel\Options", "AltStartup", str(machine.root / "shared"))
    put(machine.root / "shared" / "Jixiao2.XLAM", b"")


def switched_to_logon(machine: Machine) -> None:
    install(machine.system, at_logon=True)


def no_log_on_entry(machine: Machine) -> None:
    switched_to_logon(machine)
    logon.unregister(machine.system)


def entry_of_another_python(machine: Machine) -> None:
    switched_to_logon(machine)
    machine.registry.set(rf"HKCU\{RUN}", "jixiao", r"C:\former\pythonw.exe -m jixiao.installation.server")


def settings_naming(python: str) -> Change:
    return lambda machine: put(machine.settings, f'"Interpreter_Win","{python}"\r\n'.encode("gbk"))


def unlink(*names: str) -> Change:
    return lambda machine: [(machine.root / name).unlink() for name in names]


def disabled_item(name: str) -> Change:
    blob = bytes(12) + rf"c:\users\张三\xlstart\{name}".encode("utf-16-le") + bytes(2)
    return setting(rf"HKCU\{OFFICE}\Excel\Resiliency\DisabledItems", "1A2B", blob)


BY_EXCEL = "函数服务由 Excel 启动"

DEFECTS: dict[str, tuple[Change, str, str]] = {
    # what is wrong: what makes it so, what of the healthy lines goes, what comes
    "one DLL": (unlink("jixiao/xlwings32-0.37.8.dll"), "✓ xlwings64", "✗ 缺少 xlwings32-0.37.8.dll（应在 {scripts}"),
    "32 bits": (lambda m: put(m.excel, PROGRAM_32), "64 位", "✓ Excel 16.0，32 位"),
    "no program file": (lambda m: m.excel.unlink(), "64 位", "✓ Excel 16.0，未知 位"),
    "only for 64-bit programs": (only_for_64_bit_programs, "", ""),
    "no version": (lambda m: m.registry.keys.pop(r"hkcr\excel.application\curver"), "", ""),
    "no Excel": (lambda m: m.registry.keys.pop(r"hkcr\excel.application\clsid"), "✓ Excel", "✗ 没有找到 Excel"),
    "WPS instead": (served_by_wps, "✓ Excel", r"✗ Excel.Application 登记的是 C:\WPS\office6\et.exe"),
    "WPS too": (wps_too, "", r"· 有 WPS 表格（C:\WPS\office6\et.exe）"),
    "no add-in": (lambda m: (m.startup / "jixiao.xlam").unlink(), "✓ 加载项", "✗ 没有安装加载项"),
    "other add-in": (lambda m: put(m.startup / "jixiao.xlam", b"v0"), "✓ 加载项", "✗ 已安装的加载项不是本版的"),
    "nothing shipped": (unlink("shipped/jixiao.xlam"), "✓ 加载项", "· 加载项：无法查看（jixiao.xlam：找不到"),
    "marked": (lambda m: put(m.startup / "jixiao.xlam:Zone.Identifier", b""), "", "✗ 加载项带有“来自互联网”标记"),
    "second copy": (
        lambda m: put(m.startup / "jixiao (1).xlam", b""),
        "",
        "✗ 还有一份加载项 {startup}/jixiao (1).xlam",
    ),
    "copy in AddIns": (file("AppData/Roaming/Microsoft/AddIns/jixiao.xlam"), "", "✗ 还有一份加载项 {home}/AppData"),
    "copy for everyone": (lambda m: put(m.excel.parent / "XLSTART/jixiao.xlam", b""), "", "✗ 还有一份加载项 {office}"),
    "alternate start-up folder": (alternate_startup, "", "✗ 还有一份加载项 {root}/shared/Jixiao2.XLAM"),
    "lock file": (lambda m: put(m.startup / "~$jixiao.xlam", b""), "", ""),
    "add-in of others": (file("AppData/Roaming/Microsoft/AddIns/other.xlam"), "", ""),
    "ticked": (
        setting(rf"HKCU\{OFFICE}\Excel\Options", "OPEN1", r'/R "D:\Jixiao.xlam"'),
        "",
        r'✗ Excel 的加载项列表里还登记着 /R "D:\Jixiao.xlam"',
    ),
    "folder of documents": (setting(rf"HKCU\{OFFICE}\Excel\Options", "DefaultPath", r"D:\jixiao"), "", ""),
    "disabled": (disabled_item("JIXIAO.xlam"), "", "✗ Excel 曾因异常停用了加载项"),
    "others disabled": (disabled_item("other.xlam"), "", ""),
    "no settings": (lambda m: m.settings.unlink(), "✓ 设置", "✗ 没有设置文件 {home}"),
    "Python moved": (
        settings_naming(r"D:\绩效\python.exe"),
        "✓ 设置",
        r"✗ 设置里的 Python（D:\绩效\python.exe）不存在",
    ),
    "settings without Python": (lambda m: put(m.settings, b"rubbish"), "✓ 设置", "✗ 设置里的 Python（）不存在"),
    "settings in another code page": (
        lambda m: put(m.settings, b'"INTERPRETER_WIN","D:\\\xff\xff"\r\n'),
        "✓ 设置",
        "✗ 设置里的 Python（D:\\\ufffd\ufffd）不存在",
    ),
    "other Python": (
        both(file("my/python.exe"), settings_naming("%USERPROFILE%/my/python.exe")),
        "✓ 设置",
        "✗ 设置用的是另一个 Python（{home}/my/python.exe）",
    ),
    "server does not run": (switched_to_logon, BY_EXCEL, "✗ 函数服务没有运行"),
    "no log-on entry": (no_log_on_entry, BY_EXCEL, "✗ 设置为登录时启动函数服务，但没有登录启动项"),
    "useless entry": (setting(rf"HKCU\{RUN}", "jixiao", "x"), BY_EXCEL, "✗ 有登录启动项，但设置没有用它"),
    "useless link": (file(STARTUP_LINK), BY_EXCEL, "✗ 有登录启动项，但设置没有用它"),
    "link made by hand": (both(no_log_on_entry, file(STARTUP_LINK)), BY_EXCEL, "✗ 函数服务没有运行"),
    "other entry": (entry_of_another_python, BY_EXCEL, r"✗ 登录启动项用的是另一个命令（C:\former\pythonw.exe"),
    "VBA off": (setting(rf"HKLM\{POLICIES}\Common", "VBAOff", 1), "Office 策略", "✗ 策略停用了 VBA"),
    "add-ins off": (
        setting(rf"HKCU\{POLICIES}\Excel\Security", "DisableAllAddins", 1),
        "Office 策略",
        "✗ 策略停用了全部加载项",
    ),
    "trusted locations off": (
        setting(rf"HKCU\{POLICIES}\Excel\Security\Trusted Locations", "AllLocationsDisabled", 1),
        "Office 策略",
        "✗ 策略停用了受信任位置",
    ),
    "trusted locations off by the user": (
        setting(rf"HKCU\{OFFICE}\Excel\Security\Trusted Locations", "AllLocationsDisabled", 1),
        "Office 策略",
        "✗ 策略停用了受信任位置",
    ),
    "signed add-ins": (
        setting(rf"HKCU\{POLICIES}\Excel\Security", "RequireAddinSig", 1),
        "Office 策略",
        "✗ 策略要求加载项有数字签名",
    ),
    "signed macros": (
        setting(rf"HKCU\{POLICIES}\Excel\Security", "VBAWarnings", 3),
        "Office 策略",
        "· 策略只允许有签名",
    ),
    "no macros": (setting(rf"HKLM\{POLICIES}\Excel\Security", "VBAWarnings", 4), "Office 策略", "· 策略禁用了宏"),
    "macros with notice": (setting(rf"HKLM\{POLICIES}\Excel\Security", "VBAWarnings", 2), "", ""),
    "internet": (
        setting(rf"HKCU\{POLICIES}\Excel\Security", "blockcontentexecutionfrominternet", 1),
        "Office 策略",
        "· 策略禁用来自互联网的文件中的宏",
    ),
    "no child processes": (setting(RULES, NO_CHILD_PROCESSES, "1"), "安全规则", "✗ 安全规则不允许 Office 启动程序"),
    "child processes warned of": (setting(RULES, NO_CHILD_PROCESSES, 6), "安全规则", "✗ 安全规则不允许 Office 启动"),
    "child processes recorded": (setting(RULES, NO_CHILD_PROCESSES, "2"), "", ""),
    "no API calls": (setting(RULES, NO_API_CALLS, "1"), "安全规则", "✗ 安全规则不允许宏调用系统函数"),
    "rules closed": (closed(RULES), "安全规则", "· Windows 安全中心的规则：无法查看（[Errno 13] 拒绝访问）"),
    "log-on entries closed": (closed(rf"HKCU\{RUN}"), BY_EXCEL, "· 函数服务：无法查看（[Errno 13] 拒绝访问）"),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_gives_its_line_and_no_other(name: str, machine: Machine) -> None:
    change, gone, comes = DEFECTS[name]
    change(machine)
    found, before = inspect(machine.system), healthy(machine)
    here = {"startup": machine.startup, "home": machine.home, "root": machine.root}
    comes = comes.format(scripts=machine.python.parent, office=machine.excel.parent, **here)
    assert [line for line in before if line not in found] == [line for line in before if gone and gone in line]
    assert [line[: len(comes)] for line in found if line not in before] == [comes] * bool(comes)


def test_a_server_that_runs(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    with_pywin32(monkeypatch, served=True)
    switched_to_logon(machine)
    assert "✓ 函数服务：登录时启动，正在运行" in inspect(machine.system)


def test_without_pywin32(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "win32event", None)
    switched_to_logon(machine)
    found = inspect(machine.system)
    assert words.NO_PYWIN32 in found
    assert [line for line in found if line.startswith("· 函数服务：无法查看")]


def test_a_python_outside_the_code_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = windows(tmp_path, monkeypatch, python="绩效")
    assert not [line for line in inspect(machine.system) if "纯英文路径" in line]
    [line] = [line for line in inspect(machine.system._replace(code_page="cp1252")) if "纯英文路径" in line]
    assert str(machine.python) in line


def test_an_older_office_keeps_its_policies_elsewhere(machine: Machine) -> None:
    machine.registry.set(r"HKCR\Excel.Application\CurVer", "", "Excel.Application.15")
    machine.registry.set(r"HKCU\Software\Policies\Microsoft\Office\15.0\Excel\Security", "RequireAddinSig", 1)
    found = inspect(machine.system)
    assert words.ADDINS_SIGNED in found
    assert [line for line in found if line.startswith("✓ Excel 15.0")]


def test_a_registry_that_is_closed_altogether_raises_nothing(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "拒绝访问")

    monkeypatch.setattr(machine.registry, "OpenKey", refuse)
    topics = [
        "Excel",
        "WPS 表格",
        "其他加载项",
        "Excel 的禁用项目",
        "函数服务",
        "Office 策略",
        "Windows 安全中心的规则",
    ]
    assert [line for line in inspect(machine.system) if "无法查看" in line] == [
        words.UNREADABLE.format(topic=topic, reason="[Errno 13] 拒绝访问") for topic in topics
    ]


def test_the_server_itself_may_ask(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The button asks from within the server, which runs without a window."""
    with_pywin32(monkeypatch, served=True)
    switched_to_logon(machine)
    windowless = machine.system._replace(python=str(machine.python.with_name("pythonw.exe")))
    assert inspect(windowless) == inspect(machine.system)


def test_every_topic_has_a_name() -> None:
    assert words.TOPICS.keys() == {look.__name__ for look in (*inspection.WINDOWS, *inspection.MAC, *inspection.LINUX)}


# ---------------------------------------------------------------- macOS and Linux


def test_macos(tmp_path: Path) -> None:
    system = mac(tmp_path)
    library = Path(system.home, "Library")
    office = library / "Group Containers/UBF8T346G9.Office/User Content.localized"
    script = library / "Application Scripts/com.microsoft.Excel/xlwings-0.37.8.applescript"
    settings = library / "Containers/com.microsoft.Excel/Data/jixiao.conf"
    assert inspect(system) == [
        "✗ 没有安装加载项：请运行 jixiao install",
        f"✗ 缺少 {script}，按钮不能用：请运行 jixiao install",
        words.NO_FUNCTIONS_ON_MAC,
        f"✗ 没有设置文件 {settings}：请运行 jixiao install",
    ]
    install(system)
    assert inspect(system) == [
        f"✓ 加载项：{office}/Startup.localized/Excel/jixiao.xlam",
        f"✓ xlwings 的脚本：{script}",
        words.NO_FUNCTIONS_ON_MAC,
        f"✓ 设置：{settings}",
    ]
    put(office / "Add-Ins.localized" / "jixiao.xlam", b"")
    assert f"✗ 还有一份加载项 {office}/Add-Ins.localized" in "\n".join(inspect(system))


def test_linux_is_one_line(machine: Machine) -> None:
    assert inspect(machine.system._replace(platform="linux")) == [words.NO_EXCEL_SYSTEM]


# ---------------------------------------------------------------- the command


def test_doctor_tells_of_python_packages_and_excel(machine: Machine) -> None:
    found = doctor(machine.system)
    assert "，64 位（" in found[0]
    assert [line for line in healthy(machine) if line not in found] == []
    assert "✓ xlwings 0.37.8" in found


def test_another_xlwings_than_the_addin_was_made_for(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jixiao.doctor.version", lambda name: "0.36.0")
    assert "✗ xlwings 0.36.0：加载项按 0.37.8 制作" in "\n".join(doctor(machine.system))


def test_install_doctor_and_uninstall_as_commands(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in ("jixiao.installation.system", "jixiao.doctor"):
        monkeypatch.setattr(f"{module}.this_machine", lambda: machine.system)
    assert main(["install", "--at-logon"]) == 0
    assert len(machine.started) == 1
    assert main(["doctor"]) == 0
    assert main(["uninstall"]) == 0
    printed = capsys.readouterr().out
    assert all(part in printed for part in ("已安装加载项：", words.NOT_RUNNING, "已删除："))
    assert read_bytes(machine.system.addin)  # what is shipped stays
