"""The strict checker of built workbooks and add-ins: what Excel would repair, refuse or ask about is a defect here.

Nothing else tells before an accountant does: Excel does not run where these files are built.
"""

from collections.abc import Callable, Iterator

from jixiao.builder.verify.code import code_defects
from jixiao.builder.verify.package import Package, package_defects, parts_of
from jixiao.builder.verify.ribbon import ribbon_defects
from jixiao.builder.verify.shapes import shape_defects
from jixiao.builder.verify.sheets import sheet_defects
from jixiao.builder.verify.workbook import workbook_defects
from jixiao.errors import Refusal


def defects(package: bytes, ending: str) -> list[str]:
    """What is wrong with a built file that is to be saved as ``.xlam``, ``.xlsm`` or ``.xlsx``; empty for a sound one.

    Only if the parts are whole and hang together is what stands in them looked at.
    """
    try:
        taken_apart = Package(parts_of(package))
    except (Refusal, ValueError) as error:
        return [str(error)]
    loose = list(package_defects(taken_apart, ending))
    if loose:
        return loose
    checks = (workbook_defects, sheet_defects, shape_defects, code_defects, ribbon_defects)
    return [defect for check in checks for defect in _found(check, taken_apart)]


def _found(check: Callable[[Package], Iterator[str]], package: Package) -> list[str]:
    """What one check finds; a number or address it cannot read is a defect too."""
    try:
        return list(check(package))
    except (ValueError, LookupError) as error:
        return [f"{check.__name__}: {error!r}"]
