"""Extensions, put in through the API: the program ``unopkg`` refuses to serve root."""

import sys
from functools import cache
from typing import Any

from jixiao.office.finding import load_uno


def add_extension(context: Any, url: str) -> None:
    """Put an extension into the profile of a running office, in place of an older one of the same identifier."""
    manager = context.getValueByName("/singletons/com.sun.star.deployment.ExtensionManager")
    manager.addExtension(url, (), "user", manager.createAbortChannel(), _approving()())


@cache
def _approving() -> type:
    """A class whose instances say yes to every question. Its bases are known only when UNO is loaded."""
    uno = load_uno()
    environment = uno.getClass("com.sun.star.ucb.XCommandEnvironment")
    handler = uno.getClass("com.sun.star.task.XInteractionHandler")
    yes = uno.getTypeByName("com.sun.star.task.XInteractionApprove")

    class Approving(sys.modules["unohelper"].Base, environment, handler):  # type: ignore[misc, valid-type]
        def getInteractionHandler(self) -> "Approving":
            return self

        def getProgressHandler(self) -> None:
            return None

        def handle(self, request: Any) -> None:
            next(answer for answer in request.getContinuations() if answer.queryInterface(yes)).select()

    return Approving
