"""Make the pictures of docs/libreoffice.md and docs/guide.md: Calc in Chinese on a screen of its own, with real clicks.

Run ``python docs/pictures_calc.py`` where the packages of PACKAGES are installed; neither tests nor CI need them.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "forms" / "local"))

from building import write
from form_file import load

from jixiao.addins.calc import ADDON, addon_file, names
from jixiao.installation.system import this_machine
from jixiao.office.finding import soffice
from jixiao.office.launcher import Office, file_url, properties
from jixiao.wording.buttons import BUTTONS, TAB

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"
FORM = ROOT / "workbook_templates" / "samples" / "大同样式-社会保险管理经费.docx"
TITLE = "社会保险管理经费.xlsx"
PUBLISHED = ROOT / "tests" / "forms" / "local" / "forms" / "yongde-2022.form"
ANOTHER = re.compile("临沧|永德|明朗")
BLANK = ("E6", "G6", "I6", "I7", "H25", "I25")  # what the unit leaves to be computed
PACKAGES = (
    *("xvfb", "openbox", "xdotool", "imagemagick", "fonts-noto-cjk", "python3-uno"),
    *("libreoffice-calc", "libreoffice-writer", "libreoffice-gtk3", "libreoffice-l10n-zh-cn"),
)
"""Of Debian and its relatives."""

WIDTH, HEIGHT = 1120, 700
BOX_WIDTH = 480
ZOOM = 85  # per cent: the first formula of ours without scrolling
MOST_BYTES = 200_000
LIMIT = 90.0  # seconds for all of it: a dialog that nobody expects would hold every call
PAINTING = 1.0  # seconds
_DECORATION = """<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
<applications><application type="normal"><decor>no</decor><maximized>yes</maximized></application></applications>
</openbox_config>
"""


def main() -> None:
    """Make every picture anew."""
    _ensure_programs()
    # An office takes its Python's home from the first python3 it finds: the system's, as for a user.
    os.environ["PATH"] = os.defpath
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workbook = folder / TITLE
        subprocess.run([sys.executable, "-m", "jixiao.cli", "import", FORM, "-o", workbook], check=True)
        with Screen(folder) as screen, Desktop(folder, screen) as office, office.limit(LIMIT):
            _tour(office, office.show(workbook), screen)
            _binding(office, office.show(_bureaus_form(folder)), screen)


def _tour(office: "Desktop", document: Any, screen: "Screen") -> None:
    """The workbook with our toolbar; what 校验 says and marks; a formula in the wizard; the menu."""
    form = document.Sheets.getByIndex(0)
    office.select(document, form.getCellRangeByName("H14"))
    screen.picture("calc-form.png")
    screen.click(*office.place(document, BUTTONS["check"].label))
    screen.wait_for(TAB)
    screen.picture("calc-findings.png")
    screen.press("Return")
    office.select(document, form.getCellRangeByName("C6"))
    screen.picture("calc-marked.png")
    office.select(document, form.getCellRangeByName("H14"))
    screen.press("ctrl+F2")
    screen.wait_for("函数向导")
    screen.picture("calc-wizard.png")
    screen.press("Escape")
    screen.press("alt+a")
    screen.picture("calc-menu.png")
    screen.press("Escape")


def _binding(office: "Desktop", document: Any, screen: "Screen") -> None:
    """A bureau's own form: what 绑定 asks, with the cells it means selected; the form bound and checked."""
    form = document.Sheets.getByIndex(0)
    office.select(document, form.getCellRangeByName("A1"))
    screen.click(*office.place(document, BUTTONS["bind"].label))
    screen.wait_for(TAB)
    screen.move(TAB, WIDTH - BOX_WIDTH, 200)
    screen.picture("calc-bind.png")
    screen.press("alt+y")
    screen.wait_for(TAB)
    screen.press("Return")
    screen.click(*office.place(document, BUTTONS["check"].label))
    screen.wait_for(TAB)
    screen.press("Return")
    office.select(document, form.getCellRangeByName("J14"))
    screen.picture("calc-bound.png")


def _bureaus_form(folder: Path) -> Path:
    """A form as a bureau sends it and a unit fills it in, built from a published one: whose it was is nobody's business."""
    path = folder / "财政局发的表.xlsx"
    book = openpyxl.load_workbook(write(load(PUBLISHED), folder))
    sheet = book.active
    for row in sheet.iter_rows(max_row=sheet.max_row, max_col=sheet.max_column):
        for cell in row:
            _dress(cell)
    for column, width in zip("ABCDEFGHIJ", (9, 12, 21, 10, 11, 8, 11, 7, 9, 17), strict=True):
        sheet.column_dimensions[column].width = width
    for row, height in {1: 28, 10: 26, 11: 26}.items():
        sheet.row_dimensions[row].height = height
    for blank in BLANK:
        sheet[blank] = None
    book.save(path)
    return path


def _dress(cell: Any) -> None:
    line = Side(style="thin")
    cell.font = Font(name="宋体", size=16 if cell.row == 1 else 10)
    cell.alignment = Alignment(horizontal="left" if cell.row == 2 else "center", vertical="center", wrap_text=True)
    if cell.row > 2:
        cell.border = Border(line, line, line, line)
    if isinstance(cell.value, str):
        cell.value = ANOTHER.sub("某", cell.value)


class Screen:
    """A screen that nobody sees, with a manager of windows."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._programs: list[subprocess.Popen[bytes]] = []
        self.environment: dict[str, str] = {}

    def __enter__(self) -> "Screen":
        reader, writer = os.pipe()
        size = ("-screen", "0", f"{WIDTH}x{HEIGHT}x24")
        self._start("Xvfb", "-displayfd", str(writer), *size, "-nolisten", "tcp", pass_fds=(writer,))
        self.environment = os.environ | {"DISPLAY": f":{os.read(reader, 9).decode().strip()}"}
        rules = self._folder / "openbox.xml"
        rules.write_text(_DECORATION)
        self._start("openbox", "--config-file", str(rules), env=self.environment)
        return self

    def __exit__(self, *_: object) -> None:
        for program in reversed(self._programs):
            program.terminate()
            program.wait()

    def click(self, x: int, y: int) -> None:
        self._run("xdotool", "mousemove", str(x), str(y), "click", "1")
        self._run("xdotool", "mousemove", str(WIDTH), str(HEIGHT))

    def move(self, title: str, x: int, y: int) -> None:
        """Put the window of this title elsewhere."""
        self._run("xdotool", "search", "--onlyvisible", "--name", f"^{title}$", "windowmove", str(x), str(y))

    def press(self, key: str) -> None:
        self._run("xdotool", "key", key)
        time.sleep(PAINTING)

    def wait_for(self, title: str) -> None:
        """Wait until there is a window of this title."""
        self._run("xdotool", "search", "--sync", "--onlyvisible", "--name", f"^{title}$")

    def picture(self, name: str) -> None:
        """Take a picture, light enough for a page in an intranet."""
        time.sleep(PAINTING)
        path = FOLDER / name
        self._run("import", "-window", "root", "+dither", "-colors", "256", f"png8:{path}")
        if path.stat().st_size > MOST_BYTES:
            raise RuntimeError(f"{name} has {path.stat().st_size} bytes")

    def _start(self, *command: str, **options: Any) -> None:
        self._programs.append(subprocess.Popen(command, stderr=subprocess.DEVNULL, **options))

    def _run(self, *command: str) -> None:
        subprocess.run(command, env=self.environment, check=True, stdout=subprocess.DEVNULL, timeout=LIMIT)


class Desktop(Office):
    """An office with the add-on and a window on a screen, such as a user has."""

    def __init__(self, folder: Path, screen: Screen) -> None:
        profile = str(folder / "profile")
        addon = folder / ADDON
        addon.write_bytes(addon_file())
        with Office(profile, recalculate=True) as office:
            office.install(str(addon))
        super().__init__(profile)
        self._screen = screen

    def start(self) -> None:
        installed = this_machine().office
        assert installed
        variables = {
            **{name: value for name, value in self._screen.environment.items() if not name.startswith("PYTHON")},
            **{"LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "gtk3", "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1"},
            **{"HOME": self.profile, "JIXIAO_SITE": os.pathsep.join(installed.paths)},
        }
        options = ("--norestore", "--nologo", "--nodefault", "--nofirststartwizard")
        command = [soffice(), f"-env:UserInstallation={file_url(self.profile)}", *options]
        accept = f"--accept=pipe,name={self._pipe};urp;"
        self._process = subprocess.Popen(
            [*command, accept], env=variables, stderr=subprocess.DEVNULL, start_new_session=True
        )

    def show(self, path: Path) -> Any:
        """A workbook in a window. In any other thread than the main one gtk would wait for ever."""
        desktop = self.service("com.sun.star.frame.Desktop")
        document = desktop.loadComponentFromURL(file_url(str(path)), "_blank", 0, properties(OnMainThread=True))
        self._dispatch(document, ".uno:Sidebar")
        controller = document.getCurrentController()
        controller.ZoomType, controller.ZoomValue = 3, ZOOM  # 3: com.sun.star.view.DocumentZoomType.BY_VALUE
        return document

    def select(self, document: Any, cell: Any) -> None:
        controller = document.getCurrentController()
        controller.setActiveSheet(cell.getSpreadsheet())
        controller.select(cell)

    def place(self, document: Any, label: str) -> tuple[int, int]:
        """Where the middle of a button of our toolbar is on the screen."""
        frame = document.getCurrentController().getFrame()
        toolbar = frame.LayoutManager.getElement(f"private:resource/toolbar/addon_{names.TOOLBAR}")
        buttons = toolbar.getRealInterface().getAccessibleContext()
        window = frame.getContainerWindow()
        seen = window.getAccessibleContext().getLocationOnScreen().Y
        above = HEIGHT - window.getPosSize().Height - seen  # the menu bar, gtk's own, which the office may not know of
        for number in range(buttons.getAccessibleChildCount()):
            button = buttons.getAccessibleChild(number).getAccessibleContext()
            if button.getAccessibleName() == label:
                corner, size = button.getLocationOnScreen(), button.getSize()
                return corner.X + size.Width // 2, corner.Y + size.Height // 2 + above
        raise RuntimeError(f"no button {label}")

    def _dispatch(self, document: Any, command: str) -> None:
        helper = self.service("com.sun.star.frame.DispatchHelper")
        helper.executeDispatch(document.getCurrentController().getFrame(), command, "", 0, ())


def _ensure_programs() -> None:
    plugin = Path(soffice()).with_name("libvclplug_gtk3lo.so")
    programs = ("Xvfb", "openbox", "xdotool", "import")
    if not (plugin.exists() and all(map(shutil.which, programs))):
        sys.exit(f"做插图需要这些软件包：{' '.join(PACKAGES)}")


if __name__ == "__main__":
    main()
