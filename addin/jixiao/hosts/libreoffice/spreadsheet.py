"""A spreadsheet document of the office: its notation, its number formats, and what its cells show."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property

from jixiao.hosts.libreoffice.bridge import Live, struct
from jixiao.hosts.libreoffice.formulas import Notation

GENERAL = "General"
_LOGICAL = 1024  # com.sun.star.util.NumberFormat


class Spreadsheet:
    """What cells, names and layout ask of the document they are in; the kinds of number formats are asked once."""

    def __init__(self, document: Live, notation: Notation) -> None:
        self.live = document
        self.notation = notation
        self._kinds: dict[int, int] = {}

    def texts(self, cells: Live) -> Sequence[str]:
        """What cells show, column by column. Only the source of a chart tells that of many cells in one call."""
        texts: Sequence[str] = self._chart_data.createDataSequenceByRangeRepresentation(
            cells.getPropertyValue("AbsoluteName")
        ).getTextualData()
        return texts

    def kind_of_format(self, key: int) -> int:
        """Whether a number format is one of dates, truth values … (``com.sun.star.util.NumberFormat``)."""
        if key not in self._kinds:
            self._kinds[key] = self.live.getNumberFormats().getByKey(key).getPropertyValue("Type")
        return self._kinds[key]

    def code_of_format(self, key: int) -> str:
        """A number format as Excel writes it. Chinese and English codes differ in the word for General."""
        formats = self.live.getNumberFormats()
        form = formats.getByKey(key)
        code, locale = form.getPropertyValue("FormatString"), form.getPropertyValue("Locale")
        general = formats.getByKey(formats.getStandardIndex(locale)).getPropertyValue("FormatString")
        return str(code).replace(general, GENERAL)

    def key_of_format(self, code: str) -> int:
        """The key of a number format in Excel's notation; a new one is entered."""
        formats, english = self.live.getNumberFormats(), struct("lang.Locale")
        if code == GENERAL:  # the one that cells have by themselves belongs to no language
            return int(formats.getStandardIndex(english))
        english.Language, english.Country = "en", "US"
        key: int = formats.queryKey(code, english, False)
        return key if key != -1 else int(formats.addNew(code, english))

    def logical_format(self) -> int:
        """The key of the number format that shows TRUE and FALSE."""
        key: int = self.live.getNumberFormats().getStandardFormat(_LOGICAL, struct("lang.Locale"))
        return key

    @contextmanager
    def rows_as_high(self) -> Iterator[None]:
        """Meanwhile rows keep their heights. Calc would fit every row it is asked to write in, even one that was never fitted."""
        self.live.setPropertyValue("IsAdjustHeightEnabled", False)
        try:
            yield
        finally:
            self.live.setPropertyValue("IsAdjustHeightEnabled", True)

    @cached_property
    def day_zero(self) -> date:
        """The day that serial numbers of dates count from."""
        day = self.live.getPropertyValue("NullDate")
        return date(day.Year, day.Month, day.Day)

    @cached_property
    def _chart_data(self) -> Live:
        provider: Live = self.live.createInstance("com.sun.star.chart2.data.DataProvider")
        provider.setPropertyValue("IncludeHiddenCells", True)
        return provider
