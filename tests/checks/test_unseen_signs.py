"""Signs that take no room come along when text is copied; a form says the same with them and without."""

from pathlib import Path
from random import Random

import pytest

from jixiao.actions.examine import examine
from jixiao.errors import Refusal
from jixiao.figures import INVISIBLE, visible
from jixiao.grid import Cell, Document, Paragraph
from jixiao.hosts.files import load_document

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.docx"))
EVERYWHERE = INVISIBLE + "\u00a0"


def strewn(text: str, random: Random) -> str:
    """The text with signs that cannot be seen around it and inside."""
    if not text.strip():
        return random.choice(INVISIBLE)
    at = random.randrange(len(text))
    return random.choice(EVERYWHERE) + text[:at] + random.choice(INVISIBLE) + text[at:] + random.choice(EVERYWHERE)


def overgrown(document: Document, seed: int) -> Document:
    """The same document, such signs in every cell and paragraph."""
    random = Random(seed)
    blocks = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            blocks.append(block._replace(text=strewn(block.text, random)))
        else:
            cells = {at: Cell(text := strewn(cell.text, random), text) for at, cell in block.cells.items()}
            blocks.append(block._replace(cells=cells))
    return document._replace(blocks=blocks)


def said(document: Document) -> list[tuple[str, ...]]:
    """The findings, without the signs a quoted text may hold."""
    return [
        (finding.code, *(str(place.spot) for place in finding.places), "".join(visible(finding.message).split()))
        for finding in examine(document)
    ]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_form_says_the_same_with_signs_nobody_sees(path: Path) -> None:
    document = load_document(str(path))
    expected = said(document)
    assert expected
    for seed in range(2):
        assert said(overgrown(document, seed)) == expected


def test_a_cell_of_nothing_but_such_signs_is_blank() -> None:
    form = load_document(str(SEEDS[1]))
    blanked = form.with_grids(lambda grid: grid._replace(cells=dict.fromkeys(grid.cells, Cell(""))))
    for document in (blanked, overgrown(blanked, 1)):
        with pytest.raises(Refusal, match="没有找到"):
            examine(document)
