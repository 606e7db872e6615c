"""The component LibreOffice loads into its own Python: cell functions, buttons, and repairs of documents."""

from typing import Any

import uno
import unohelper
from com.sun.star.frame import FeatureStateEvent, XDispatch, XDispatchProvider
from com.sun.star.lang import XInitialization, XServiceInfo
from com.sun.star.task import XJob
from com.sun.star.uno import RuntimeException
from org.jixiao import XFunctions

from jixiao.addins.calc import names, repairs
from jixiao.addins.calc.answers import method
from jixiao.addins.calc.installed import installed_press
from jixiao.errors import Refusal
from jixiao.functions import FUNCTIONS
from jixiao.logbook import keep_traceback, report_bug
from jixiao.wording.buttons import BUG, BUG_LOST, TAB

_OK = 1  # com.sun.star.awt.MessageBoxButtons.BUTTONS_OK


class _Service(unohelper.Base, XServiceInfo):  # type: ignore[misc]
    """What LibreOffice asks of every component."""

    implementation = ""
    service = ""

    def __init__(self, context: Any) -> None:
        self._context = context

    def getImplementationName(self) -> str:
        return self.implementation

    def getSupportedServiceNames(self) -> tuple[str, ...]:
        return (self.service,)

    def supportsService(self, name: str) -> bool:
        return name == self.service


class Functions(_Service, XFunctions):  # type: ignore[misc]
    """The cell functions; their names and help stand in CalcAddIns.xcu."""

    implementation = service = names.FUNCTIONS


for _function in FUNCTIONS.values():
    setattr(Functions, _function.name, method(_function))


class Handler(_Service, XDispatchProvider, XDispatch, XInitialization):  # type: ignore[misc]
    """The buttons: ``vnd.jixiao:`` addresses, from menu, toolbar or another program."""

    implementation = names.HANDLER
    service = "com.sun.star.frame.ProtocolHandler"

    def initialize(self, arguments: tuple[Any, ...]) -> None:
        """LibreOffice names the frame whose button this is."""
        [self._frame] = arguments

    def queryDispatch(self, address: Any, target: str, flags: int) -> "Handler | None":
        return self if address.Protocol == names.PROTOCOL else None

    def queryDispatches(self, requests: tuple[Any, ...]) -> tuple["Handler | None", ...]:
        return tuple(self.queryDispatch(one.FeatureURL, one.FrameName, one.SearchFlags) for one in requests)

    def dispatch(self, address: Any, arguments: tuple[Any, ...]) -> None:
        """Press a button. The user hears one sentence at worst; without a window whoever called hears it."""
        try:
            controller = self._frame.getController()
            press = installed_press()
            press(self._context, controller and controller.getModel(), *names.pressed(address.Complete))
        except Refusal as refusal:
            self._tell(str(refusal))
        except Exception:
            self._tell(report_bug(BUG, BUG_LOST))

    def _tell(self, sentence: str) -> None:
        window = self._frame.getContainerWindow()
        if not window.isVisible():
            raise RuntimeException(sentence, self)
        kind = uno.Enum("com.sun.star.awt.MessageBoxType", "WARNINGBOX")
        box = window.getToolkit().createMessageBox(window, kind, _OK, TAB, sentence)
        box.execute()
        box.dispose()

    def addStatusListener(self, listener: Any, address: Any) -> None:
        """Buttons are always enabled: what cannot be done is said when one is pressed."""
        state = FeatureStateEvent()
        state.FeatureURL, state.IsEnabled, state.Source = address, True, self
        listener.statusChanged(state)

    def removeStatusListener(self, listener: Any, address: Any) -> None:
        """Nothing changes, so nobody is listed."""


class Events(_Service, XJob):  # type: ignore[misc]
    """Documents that were loaded or saved: names of our functions that LibreOffice 7 cannot read or write."""

    implementation = names.EVENTS
    service = "com.sun.star.task.Job"

    def execute(self, arguments: tuple[Any, ...]) -> None:
        """A repair that fails leaves the document as it was; the user is not to be troubled."""
        try:
            given = {one.Name: one.Value for one in arguments}
            environment = {one.Name: one.Value for one in given["Environment"]}
            _repair(environment["EventName"], environment["Model"])
        except Exception:
            keep_traceback()


def _repair(event: str, document: Any) -> None:
    if event == names.LOADED:
        repairs.mend_document(document)
    elif document.getURL().lower().endswith(repairs.ENDINGS):
        repairs.mend_file(uno.fileUrlToSystemPath(document.getURL()))


g_ImplementationHelper = unohelper.ImplementationHelper()
for _component in (Functions, Handler, Events):
    g_ImplementationHelper.addImplementation(_component, _component.implementation, (_component.service,))
