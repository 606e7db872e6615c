"""Calls to an office program that may be busy, or refuse."""

from collections.abc import Callable
from time import sleep
from typing import TypeVar

from jixiao.errors import Refusal
from jixiao.wording import excel as words

_BUSY = {-2147418111, -2146777998}  # RPC_E_CALL_REJECTED, VBA_E_IGNORE: a cell is being edited or a box is open
_PAUSES = (0.1, 0.2, 0.4, 0.8)  # seconds
_T = TypeVar("_T")


def patient(work: Callable[[], _T]) -> _T:
    """The answer of a call; while the program is busy it is asked again, for a second and a half."""
    for pause in _PAUSES:
        try:
            return work()
        except Exception as error:
            if not _is_busy(error):
                raise
            sleep(pause)
    raise Refusal(words.BUSY)


def is_denied(error: Exception) -> bool:
    """Whether the program refused, not our code failed: an error of COM carries its number."""
    return hasattr(error, "hresult")


def _is_busy(error: Exception) -> bool:
    """Whether the program only said "not now": its number stands in the error itself, or in what came with it."""
    details = getattr(error, "excepinfo", None)
    return bool({getattr(error, "hresult", None), details[5] if details else None} & _BUSY)
