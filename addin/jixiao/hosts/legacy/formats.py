"""Number formats that go by a name in XML Spreadsheet 2003 and in web pages that Excel wrote."""

from jixiao.formats import NumberFormat, number_format

_NAMED = {
    "general": "General",
    "general number": "General",
    "fixed": "0.00",
    "standard": "#,##0.00",
    "currency": "#,##0.00",
    "euro currency": "#,##0.00",
    "percent": "0.00%",
    "general date": "yyyy-mm-dd hh:mm",
    "long date": "yyyy-mm-dd",
    "medium date": "yyyy-mm-dd",
    "short date": "yyyy-mm-dd",
    "long time": "hh:mm",
    "medium time": "hh:mm",
    "short time": "hh:mm",
}


def named_format(code: str) -> NumberFormat:
    """A format by its name (``Percent``) or its code (``0.00%``)."""
    return number_format(_NAMED.get(code.lower(), code))
