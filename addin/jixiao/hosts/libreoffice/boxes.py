"""Message boxes and file boxes of the office."""

import os
from collections.abc import Iterator, Mapping, Sequence

from jixiao.hosts.libreoffice.bridge import Live, RunningOffice, path_of
from jixiao.office.finding import load_uno
from jixiao.office.launcher import file_url

_BUTTONS = {"ok": 1, "yes_no": 3}  # com.sun.star.awt.MessageBoxButtons
_RESULTS = {1: "ok", 2: "yes", 3: "no"}  # com.sun.star.awt.MessageBoxResults
_OPEN, _SAVE = 0, 10  # com.sun.star.ui.dialogs.TemplateDescription: FILEOPEN_SIMPLE, FILESAVE_AUTOEXTENSION

_OKAY, _CANCEL = 1, 2  # com.sun.star.awt.PushButtonType
_LIST = "list"
_WIDTH, _HEIGHT = 260, 140  # of the box with a list, in the units of its font


class Boxes:
    """What the user is told and asked. An office without a window shows nothing, and every question is declined."""

    def __init__(self, office: RunningOffice) -> None:
        self._office = office

    def message(self, text: str, title: str, buttons: str, mode: str) -> str:
        """Show a text; which button was pressed: ok, yes, no or cancel."""
        window = self._window()
        if window is None:
            return "cancel"
        box = window.getToolkit().createMessageBox(window, _kind(buttons, mode), _BUTTONS[buttons], title, text)
        pressed = _RESULTS.get(box.execute(), "cancel")
        box.dispose()
        return pressed

    def save(self, suggested: str, filters: str, title: str) -> str | bool:
        """Where to save; False if the user cancels."""
        folder, name = os.path.split(suggested)
        return self._picked(_SAVE, filters, title, folder, name)

    def open(self, filters: str, title: str) -> str | bool:
        """Which file to open; False if the user cancels."""
        return self._picked(_OPEN, filters, title)

    def one_of(self, items: Sequence[str], title: str) -> int:
        """The number of the line that is chosen from a list, from 1; 0 if the user cancels."""
        window = self._window()
        if window is None:
            return 0
        dialog = self._list(items, title, window)
        chosen = dialog.getControl(_LIST).getSelectedItemPos() + 1 if dialog.execute() else 0
        dialog.dispose()
        return int(chosen)

    def _list(self, items: Sequence[str], title: str, window: Live | None) -> Live:
        """A box with a list, whose first line is chosen already, and two buttons."""
        model = self._office.service("com.sun.star.awt.UnoControlDialogModel")
        _set(model, PositionX=60, PositionY=40, Width=_WIDTH, Height=_HEIGHT, Title=title)
        below = _HEIGHT - 20
        _add(model, "ListBox", _LIST, (6, 6, _WIDTH - 12, below - 12), {"TabIndex": 0})
        okay = {"PushButtonType": _OKAY, "DefaultButton": True, "TabIndex": 1}
        _add(model, "Button", "okay", (_WIDTH - 112, below, 50, 14), okay)
        _add(model, "Button", "cancel", (_WIDTH - 56, below, 50, 14), {"PushButtonType": _CANCEL, "TabIndex": 2})
        dialog = self._office.service("com.sun.star.awt.UnoControlDialog")
        dialog.setModel(model)
        dialog.createPeer(self._office.service("com.sun.star.awt.Toolkit"), window)
        shown = dialog.getControl(_LIST)
        shown.addItems(tuple(items), 0)
        shown.selectItemPos(0, True)
        return dialog

    def _picked(self, kind: int, filters: str, title: str, folder: str = "", name: str = "") -> str | bool:
        if self._window() is None:
            return False
        picker = self._office.service("com.sun.star.ui.dialogs.FilePicker")
        picker.initialize((kind,))
        picker.setTitle(title)
        for label, pattern in _pairs(filters):
            picker.appendFilter(label, pattern)
        if folder:
            picker.setDisplayDirectory(file_url(folder))
        picker.setDefaultName(name)
        return path_of(picker.getSelectedFiles()[0]) if picker.execute() else False

    def _window(self) -> Live | None:
        """The window in front, if there is one to see."""
        frame = self._office.desktop.getCurrentFrame()
        window: Live | None = frame and frame.getContainerWindow()
        return window if window is not None and window.isVisible() else None


def _set(model: Live, **settings: object) -> None:
    for name, setting in settings.items():
        model.setPropertyValue(name, setting)


def _add(dialog: Live, kind: str, name: str, place: tuple[int, int, int, int], settings: Mapping[str, object]) -> None:
    """Put a control into a box; ``place`` is left, top, width and height."""
    control = dialog.createInstance(f"com.sun.star.awt.UnoControl{kind}Model")
    _set(control, **dict(zip(("PositionX", "PositionY", "Width", "Height"), place, strict=True)), **settings)
    dialog.insertByName(name, control)


def _kind(buttons: str, mode: str) -> object:
    name = "ERRORBOX" if mode == "critical" else "INFOBOX" if buttons == "ok" else "QUERYBOX"
    return load_uno().Enum("com.sun.star.awt.MessageBoxType", name)


def _pairs(filters: str) -> Iterator[tuple[str, str]]:
    """``Word 文档 (*.docx),*.docx,工作簿 (*.xlsx),*.xlsx`` taken apart."""
    parts = iter(filters.split(","))
    return zip(parts, parts, strict=True)
