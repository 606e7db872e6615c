"""Whether everything that is stated is known."""

from collections.abc import Iterable

from jixiao.errors import Refusal
from jixiao.evaluation.stated import Stated, not_known
from jixiao.wording.files import no_results


def ensure_known(cells: Iterable[Stated], name: str = "") -> None:
    """Raises Refusal, naming the cells, where the result of a formula is not known: nobody stated that they are blank."""
    places = [cell.place for cell in cells if not_known(cell)]
    if places:
        raise Refusal(no_results(places, name))
