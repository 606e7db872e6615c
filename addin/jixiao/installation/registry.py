"""Values of the Windows registry. What is missing is None; what is forbidden raises OSError."""

from contextlib import suppress
from importlib import import_module

USER, MACHINE, CLASSES = "HKEY_CURRENT_USER", "HKEY_LOCAL_MACHINE", "HKEY_CLASSES_ROOT"


def read(hive: str, key: str, name: str = "") -> object:
    """One value, the key's default value without ``name``; looked for as both 64- and 32-bit programs see it."""
    winreg = import_module("winreg")
    for view in (0, winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
        with (
            suppress(FileNotFoundError),
            winreg.OpenKey(getattr(winreg, hive), key, 0, winreg.KEY_READ | view) as opened,
        ):
            value: object = winreg.QueryValueEx(opened, name)[0]
            return value
    return None


def values(hive: str, key: str) -> dict[str, object]:
    """All values of a key."""
    winreg = import_module("winreg")
    try:
        opened = winreg.OpenKey(getattr(winreg, hive), key)
    except FileNotFoundError:
        return {}
    with opened:
        listed = [winreg.EnumValue(opened, number) for number in range(winreg.QueryInfoKey(opened)[1])]
    return {name: value for name, value, _ in listed}


def write(hive: str, key: str, name: str, text: str) -> None:
    """Set one text."""
    winreg = import_module("winreg")
    with winreg.CreateKey(getattr(winreg, hive), key) as opened:
        winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, text)


def delete(hive: str, key: str, name: str) -> None:
    """Remove one value that is there."""
    winreg = import_module("winreg")
    with winreg.OpenKey(getattr(winreg, hive), key, 0, winreg.KEY_SET_VALUE) as opened:
        winreg.DeleteValue(opened, name)
