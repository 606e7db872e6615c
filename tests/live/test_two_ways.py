"""Published forms go through binding and back as files; ``python bench/two_ways.py`` takes all of them."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "forms" / "local"))
sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

from building import write
from form_file import FOLDER, load
from two_ways import WAYS, results

from jixiao import shelf

FORMS = ("yongde-2022", "ezhou-2022")
"""A workbook and a Word file."""


@pytest.fixture(scope="module")
def differing(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """By form and way, what came back otherwise."""
    folder = tmp_path_factory.mktemp("two-ways")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        Path(shelf.own_folder()).mkdir(parents=True)
        shelf.forget()
        sources = [write(load(FOLDER / f"{form}.form"), folder) for form in FORMS]
        found = {result.form.rpartition("-")[0]: result.differing for result in results(sources, folder)}
    shelf.forget()
    return found


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", FORMS)
def test_a_form_comes_back_as_it_went_in(
    form: str, way: str, differing: Mapping[str, Mapping[str, Sequence[str]]]
) -> None:
    assert differing[form][way] == []
