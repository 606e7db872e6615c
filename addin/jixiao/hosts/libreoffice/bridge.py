"""UNO objects as the engine holds them: one place where a call of the office can fail, and what that means."""

from functools import cached_property
from typing import Any

from jixiao.errors import Refusal
from jixiao.office.finding import load_uno
from jixiao.wording import calc as words
from jixiao.wording.libreoffice import DIED

_INTERFACES = {"pyuno", "PyUNO_callable"}
"""How the bridge calls the types of its objects and their methods; everything else it hands over is a plain value."""


class Denied(Exception):
    """The office refused: it carries a number, as the errors of Excel do, so that both look alike to a host."""

    hresult = -2146827284  # "application-defined or object-defined error"


class Gone(Refusal):
    """The office has ended."""


class Live:
    """An object of a running office, or one of its methods.

    Attributes, calls and their results are those of the object. Raises Denied for what the office refuses, Gone where it
    has ended, and Refusal where the document of the object has been closed.
    """

    __slots__ = ("_context", "_document", "_native")

    def __init__(self, native: Any, context: Any, document: Any = None) -> None:
        for name, value in (("_native", native), ("_context", context), ("_document", document)):
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        return self._held(self._asked(getattr, self._native, name))

    def __setattr__(self, name: str, value: Any) -> None:
        self._asked(setattr, self._native, name, _bare(value))

    def __call__(self, *arguments: Any) -> Any:
        return self._held(self._asked(self._native, *map(_bare, arguments)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Live) and bool(self._native == other._native)

    def __hash__(self) -> int:
        return hash(self._native)

    def as_document(self) -> "Live":
        """The same object, as the document that it and everything got from it belong to."""
        return Live(self._native, self._context, self._native)

    def of(self, native: Any) -> "Live":
        """Another object of the same office and document."""
        return Live(native, self._context, self._document)

    def _held(self, value: Any) -> Any:
        return self.of(value) if type(value).__name__ in _INTERFACES else value

    def _asked(self, function: Any, *arguments: Any) -> Any:
        """Everything that goes to the office and comes back passes here."""
        errors = load_uno().getClass("com.sun.star.uno.Exception")
        try:
            return function(*arguments)
        except errors as error:
            raise self._meaning(error) from error

    def _meaning(self, error: Exception) -> Exception:
        if _is_disposed(self._context.getServiceManager):
            return Gone(DIED)
        if self._document is not None and _is_disposed(self._document.getURL):
            return Refusal(words.CLOSED)
        return Denied(str(error))


class RunningOffice:
    """An office that is there already, by its component context."""

    def __init__(self, context: Any) -> None:
        self._context = Live(context, context)

    @cached_property
    def desktop(self) -> Live:
        """Its windows and documents."""
        return self.service("com.sun.star.frame.Desktop")

    def service(self, name: str) -> Live:
        """One of its services."""
        service: Live = self._context.getServiceManager().createInstanceWithContext(name, self._context)
        return service

    def document(self, native: Any) -> Live:
        """One of its documents, as UNO hands it over."""
        return self._context.of(native).as_document()


def struct(name: str, **fields: Any) -> Any:
    """A structure of UNO, such as ``beans.PropertyValue``."""
    return load_uno().createUnoStruct(f"com.sun.star.{name}", **fields)


def enum(name: str, value: str) -> Any:
    """A value of an enumeration of UNO, such as LEFT of ``table.CellHoriJustify``."""
    return load_uno().Enum(f"com.sun.star.{name}", value)


def path_of(url: str) -> str:
    """The file of an address; addresses of other places stay as they are."""
    return str(load_uno().fileUrlToSystemPath(url)) if url.startswith("file:") else url


def _bare(value: Any) -> Any:
    return value._native if isinstance(value, Live) else value


def _is_disposed(question: Any) -> bool:
    """Whether an object is gone: a call that never fails otherwise fails."""
    try:
        question()
    except load_uno().getClass("com.sun.star.uno.Exception"):
        return True
    return False
