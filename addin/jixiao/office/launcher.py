"""Private offices: each has its own profile, its own pipe and its own process group, and none outlives us."""

import contextlib
import ctypes
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from typing import Any

from jixiao.errors import Refusal
from jixiao.office.extensions import add_extension
from jixiao.office.finding import load_uno, soffice
from jixiao.owned import TemporaryFolder
from jixiao.wording import libreoffice as words

START_SECONDS = 60.0
STOP_SECONDS = 5.0
_START_AGAIN = 81  # the exit code of an office that has changed its own installation
_BREAKING = 0.5  # seconds from a broken connection to the end of the process
_NOBODY = 9  # the port of the discard service: nobody listens
_WITHOUT = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "DISPLAY", "WAYLAND_DISPLAY")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>
"""


def properties(**values: object) -> tuple[Any, ...]:
    """Named values, as UNO takes them."""
    create = load_uno().createUnoStruct
    return tuple(create("com.sun.star.beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


def file_url(path: str) -> str:
    """A path, as UNO takes it."""
    return str(load_uno().systemPathToFileUrl(os.path.abspath(path)))


class Office:
    """A private office without a window. As a context manager it is started, connected and ended whatever happens.

    Start it in a thread that lives as long as it shall: Linux ends the office with the thread that started it.
    """

    context: Any = None
    """UNO's component context of the running office."""

    def __init__(
        self,
        profile: str | None = None,
        *,
        language: str = "zh-CN",
        recalculate: bool = False,
        trusting: bool = True,
    ) -> None:
        """``profile`` is a folder to keep, else a temporary one; ``recalculate`` does so whenever a file is opened.

        An office that is not ``trusting`` runs no macro of a file and fetches nothing that a file links to.
        """
        self._temporary = None if profile else TemporaryFolder()
        self.profile = self._temporary.path if self._temporary else str(profile)
        self._pipe = f"jixiao{secrets.token_hex(8)}"
        self._process: subprocess.Popen[bytes] | None = None
        _write_settings(self.profile, language, recalculate, trusting)

    def __enter__(self) -> "Office":
        try:
            self.start()
            self.connect()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The process, which leads its own group."""
        assert self._process
        return self._process.pid

    def ended(self, seconds: float = 0) -> bool:
        """Whether the process is gone, or goes within this time."""
        if self._process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
        return not self.alive

    def start(self) -> None:
        """Start the process without waiting for it: several offices start at once, then each is connected."""
        self._process = subprocess.Popen(
            [
                soffice(),
                f"-env:UserInstallation={file_url(self.profile)}",
                *("--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard"),
                *("--nolockcheck", f"--accept=pipe,name={self._pipe};urp;"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment(),
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )

    def connect(self, seconds: float = START_SECONDS) -> None:
        """Wait until the office answers."""
        end = time.monotonic() + seconds
        late = threading.Timer(seconds, self.kill)  # to ask an office that hangs takes for ever
        late.start()
        try:
            while (context := self._resolved()) is None:
                alive = self.alive
                again = not alive and self._process and self._process.returncode == _START_AGAIN
                if time.monotonic() > end or not (alive or again):
                    self.kill()
                    raise Refusal(words.NOT_STARTED)
                if again:
                    self.start()
                time.sleep(0.02)
        finally:
            late.cancel()
        self.context = context

    def service(self, name: str) -> Any:
        """A service of this office, such as ``com.sun.star.frame.Desktop``."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def open(self, path: str, **values: object) -> Any:
        """The document of a file, hidden: with windows a headless office may paint for ever. None where it refuses."""
        desktop = self.service("com.sun.star.frame.Desktop")
        return desktop.loadComponentFromURL(file_url(path), "_blank", 0, properties(Hidden=True, **values))

    def limit(self, seconds: float) -> "Limit":
        """UNO's calls wait for ever: inside this context the office is killed when the work takes longer.

        Raises Refusal if it was, or if the office died by itself.
        """
        return Limit(self, seconds)

    def install(self, oxt: str) -> None:
        """Add an extension to the profile, and start again with it."""
        add_extension(self.context, file_url(oxt))
        self.stop()
        self.start()
        self.connect()

    def stop(self) -> None:
        """Ask the office to end, which keeps its settings; kill it when it does not."""
        if self.context is not None:  # to ask for its truth would be a call
            with contextlib.suppress(Exception), self.limit(STOP_SECONDS):  # the connection ends before the answer
                self.service("com.sun.star.frame.Desktop").terminate()
            self.ended(STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End the office and whatever it has started, at once."""
        self.context = None
        if self._process and self.alive:
            with contextlib.suppress(ProcessLookupError):  # a time limit has just ended it
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def close(self) -> None:
        """Stop, and remove a temporary profile."""
        self.stop()
        if self._temporary:
            self._temporary.remove()

    def _environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name not in _WITHOUT}
        # Of a locale that is not installed an office cannot open Chinese file names. Its temporary files go with it. The
        # home of its own Python it takes from the first python3 it finds, which must not be one of a virtual environment.
        settings = {"LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp", "TMPDIR": self.profile, "PATH": os.defpath}
        return inherited | settings

    def _resolved(self) -> Any:
        uno = load_uno()
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        try:
            return resolver.resolve(f"uno:pipe,name={self._pipe};urp;StarOffice.ComponentContext")
        except uno.getClass("com.sun.star.uno.Exception"):  # not yet, or no longer
            return None


class Limit:
    """A time limit on the work of an office.

    A class, because an error of UNO's cannot pass through a generator: it refuses the attributes contextlib sets.
    """

    def __init__(self, office: Office, seconds: float) -> None:
        self._office = office
        self._seconds = seconds
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._late = False

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        self._timer.cancel()
        if isinstance(error, Exception) and self._office.ended(_BREAKING if _is_breakdown(error) else 0):
            raise Refusal(words.TOO_LATE.format(seconds=self._seconds) if self._late else words.DIED) from error

    def _end(self) -> None:
        self._late = True
        self._office.kill()


def _is_breakdown(error: Exception) -> bool:
    """Whether this may be a connection that broke: some answers of a dying office look like any other failure."""
    return isinstance(error, load_uno().getClass("com.sun.star.uno.RuntimeException"))


def _write_settings(profile: str, language: str, recalculate: bool, trusting: bool) -> None:
    """Give a new profile its language and rules; one that an office has used keeps its own."""
    path = os.path.join(profile, "user", "registrymodifications.xcu")
    if os.path.exists(path):
        return
    mode = 0 if recalculate else 1  # always, never
    settings: dict[str, object] = {
        "Office.Linguistic/General/UILocale": language,
        "Setup/L10N/ooSetupSystemLocale": language,
        "Office.Common/Misc/FirstRun": "false",
        "Setup/Product/ooSetupLastVersion": "99.0",  # no new version: it would test the graphics for half a second
        "Office.Calc/Formula/Load/OOXMLRecalcMode": mode,
        "Office.Calc/Formula/Load/ODFRecalcMode": mode,
    }
    if not trusting:
        settings |= {
            "Office.Common/Security/Scripting/DisableMacrosExecution": "true",
            "Inet/Settings/ooInetProxyType": 2,  # the proxies named here
            "Inet/Settings/ooInetHTTPProxyName": "localhost",
            "Inet/Settings/ooInetHTTPProxyPort": _NOBODY,
            "Inet/Settings/ooInetHTTPSProxyName": "localhost",
            "Inet/Settings/ooInetHTTPSProxyPort": _NOBODY,
            "Inet/Settings/ooInetFTPProxyName": "localhost",
            "Inet/Settings/ooInetFTPProxyPort": _NOBODY,
            "Inet/Settings/ooInetNoProxy": "",
        }
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(_SETTINGS.format(items="".join(map(_setting, settings, settings.values()))))


def _setting(path: str, value: object) -> str:
    node, _, name = path.rpartition("/")
    prop = f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
    return f'<item oor:path="/org.openoffice.{node}">{prop}</item>'


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    """Runs in the child before the office: when the thread that started it ends, however it ends, so does the office."""
    assert _libc
    _libc.prctl(1, signal.SIGKILL)
