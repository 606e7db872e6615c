"""What an indicator row says of itself."""

import pytest

from jixiao.evaluation import Indicator, Stated
from jixiao.law.scoring import Direction
from jixiao.places import Place


@pytest.mark.parametrize(
    ("nature", "target", "direction", "quantitative"),
    [
        ("≥", "95", Direction.POSITIVE, True),
        ("＜", "5", Direction.REVERSE, True),
        ("＝", "及时", Direction.EQUAL, True),
        ("定性", "95", Direction.QUALITATIVE, False),
        ("大于", "95", None, False),
        ("", "≤5", Direction.REVERSE, True),
        ("", "及时", Direction.EQUAL, False),
    ],
)
def test_its_nature_goes_before_its_target(
    nature: str, target: str, direction: Direction | None, quantitative: bool
) -> None:
    row = Indicator(1, nature=Stated(nature, Place()), target=Stated(target, Place()))
    assert (row.direction, row.quantitative) == (direction, quantitative)
