"""The forms that are present in a document, or why nothing can be done with it."""

from jixiao.errors import Refusal
from jixiao.forms.recognise import Form, forms
from jixiao.grid import Document
from jixiao.wording import commands


def present_forms(document: Document) -> list[Form]:
    """The forms of a document. Raises Refusal, naming what was seen instead, if it holds none."""
    found = forms(document)
    if not found:
        from jixiao.forms.sighted import headings_seen

        raise Refusal(commands.nothing_to_check(document.name, headings_seen(document)))
    return found
