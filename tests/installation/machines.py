"""Machines that are not there: Windows and macOS with home folders of their own, on whatever runs the tests."""

import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import NamedTuple

import pytest

from jixiao.installation.system import System

SHIPPED = b"PK the add-in"
EXCEL_CLSID = "{00024500-0000-0000-C000-000000000046}"
PROGRAM_64 = b"MZ".ljust(0x3C, b"\0") + b"\x40\0\0\0" + b"PE\0\0\x64\x86"
PROGRAM_32 = b"MZ".ljust(0x3C, b"\0") + b"\x40\0\0\0" + b"PE\0\0\x4c\x01"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
OFFICE = r"Software\Microsoft\Office\16.0"


class Key(dict[str, tuple[str, object]]):
    """An open registry key: name and value by the name in lower case."""

    def __enter__(self) -> "Key":
        return self

    def __exit__(self, *_: object) -> None:
        pass


class Registry(ModuleType):
    """Stands for ``winreg``: the calls and errors of the real one."""

    HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE, HKEY_CLASSES_ROOT = "HKCU", "HKLM", "HKCR"
    KEY_SET_VALUE, KEY_READ, KEY_WOW64_64KEY, KEY_WOW64_32KEY = 0x0002, 0x20019, 0x0100, 0x0200
    REG_SZ = 1

    def __init__(self) -> None:
        super().__init__("winreg")
        self.keys: dict[str, Key] = {}
        self.closed: set[str] = set()
        self.write_protected: set[str] = set()
        self.only_for_64_bits: set[str] = set()

    def set(self, path: str, name: str, value: object) -> None:
        self.keys.setdefault(path.lower(), Key())[name.lower()] = name, value

    def get(self, path: str, name: str) -> object:
        return self.keys.get(path.lower(), Key()).get(name.lower(), (name, None))[1]

    def OpenKey(self, hive: str, key: str, _reserved: int = 0, access: int = KEY_READ) -> Key:
        path = rf"{hive}\{key}".lower()
        if path in self.closed or access & self.KEY_SET_VALUE and path in self.write_protected:
            raise PermissionError(13, "拒绝访问")
        if path not in self.keys or path in self.only_for_64_bits and not access & self.KEY_WOW64_64KEY:
            raise FileNotFoundError(2, "系统找不到指定的文件")
        return self.keys[path]

    def CreateKey(self, hive: str, key: str) -> Key:
        path = rf"{hive}\{key}".lower()
        if path in self.write_protected:
            raise PermissionError(13, "拒绝访问")
        return self.keys.setdefault(path, Key())

    def QueryValueEx(self, key: Key, name: str) -> tuple[object, int]:
        if name.lower() not in key:
            raise FileNotFoundError(2, "系统找不到指定的文件")
        return key[name.lower()][1], self.REG_SZ

    def SetValueEx(self, key: Key, name: str, _reserved: int, _kind: int, value: object) -> None:
        key[name.lower()] = name, value

    def DeleteValue(self, key: Key, name: str) -> None:
        del key[name.lower()]

    def QueryInfoKey(self, key: Key) -> tuple[int, int, int]:
        return 0, len(key), 0

    def EnumValue(self, key: Key, number: int) -> tuple[str, object, int]:
        return *list(key.values())[number], self.REG_SZ


class Machine(NamedTuple):
    """A machine for one test, and what happened on it."""

    system: System
    root: Path
    registry: Registry
    started: list[Sequence[str]]

    @property
    def home(self) -> Path:
        return Path(self.system.home)

    @property
    def startup(self) -> Path:
        """XLSTART."""
        return self.home / "AppData" / "Roaming" / "Microsoft" / "Excel" / "XLSTART"

    @property
    def settings(self) -> Path:
        return self.home / ".jixiao" / "jixiao.conf"

    @property
    def python(self) -> Path:
        return Path(self.system.python)

    @property
    def excel(self) -> Path:
        return self.root / "Office16" / "EXCEL.EXE"

    def files(self) -> list[str]:
        """Every file below the home folder."""
        return sorted(str(path.relative_to(self.home)) for path in self.home.rglob("*") if path.is_file())


def windows(root: Path, monkeypatch: pytest.MonkeyPatch, user: str = "张三", python: str = "jixiao") -> Machine:
    """Windows with Excel, and with Python in a virtual environment of its own."""
    home = root / "Users" / user
    put(root / "shipped" / "jixiao.xlam", SHIPPED)
    folder = root / python
    for name in ("Scripts/python.exe", "Scripts/pythonw.exe", "xlwings64-0.37.8.dll", "xlwings32-0.37.8.dll"):
        put(folder / name, b"")
    put(root / "Office16" / "EXCEL.EXE", PROGRAM_64)
    registry = Registry()
    registry.set(r"HKCR\Excel.Application\CLSID", "", EXCEL_CLSID)
    registry.set(r"HKCR\Excel.Application\CurVer", "", "Excel.Application.16")
    registry.set(rf"HKCR\CLSID\{EXCEL_CLSID}\LocalServer32", "", f'"{root / "Office16" / "EXCEL.EXE"}" /automation')
    monkeypatch.setitem(sys.modules, "winreg", registry)
    started: list[Sequence[str]] = []
    system = System(
        platform="win32",
        home=str(home),
        environment={"APPDATA": str(home / "AppData" / "Roaming")},
        python=str(folder / "Scripts" / "python.exe"),
        code_page="cp936",
        addin=str(root / "shipped" / "jixiao.xlam"),
        start=started.append,
    )
    return Machine(system, root, registry, started)


def mac(root: Path) -> System:
    """macOS with Python in the home folder of a user with a Chinese name."""
    home = root / "Users" / "张三"
    put(root / "shipped" / "jixiao.xlam", SHIPPED)
    put(home / "jixiao" / "bin" / "python", b"")
    return System(
        platform="darwin",
        home=str(home),
        environment={},
        python=str(home / "jixiao" / "bin" / "python"),
        code_page="ascii",
        addin=str(root / "shipped" / "jixiao.xlam"),
        start=lambda command: None,
    )


def with_pywin32(monkeypatch: pytest.MonkeyPatch, served: bool = False) -> SimpleNamespace:
    """Stands for pywin32. ``served``: a function server holds the mutex. ``names`` lists what was asked for."""
    asked = SimpleNamespace(names=[])

    class Error(Exception):
        pass

    def mutex(*arguments: object) -> SimpleNamespace:
        asked.names.append(arguments[-1])
        return SimpleNamespace(Close=lambda: None)

    def open_mutex(*arguments: object) -> SimpleNamespace:
        if not served:
            raise Error(2, "OpenMutex")
        return mutex(*arguments)

    for name, content in {
        "pythoncom": {},
        "pywintypes": {"error": Error},
        "winerror": {"ERROR_ALREADY_EXISTS": 183},
        "win32api": {"GetLastError": lambda: 183 if served else 0},
        "win32event": {"CreateMutex": mutex, "OpenMutex": open_mutex},
    }.items():
        module = ModuleType(name)
        vars(module).update(content)
        monkeypatch.setitem(sys.modules, name, module)
    return asked


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
