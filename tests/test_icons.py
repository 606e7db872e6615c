"""The icons of the buttons are what the script draws, and fit for a ribbon and a toolbar."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

from jixiao.wording.buttons import BUTTONS

FOLDER = Path(__file__).parent.parent / "macros" / "icons"
PIXELS = {"-16": 16, "": 32, "-64": 64}
FILES = {f"{button}{ending}.png": pixels for button in BUTTONS for ending, pixels in PIXELS.items()}


def drawing() -> ModuleType:
    """The script that draws; it is no part of a package."""
    spec = importlib.util.spec_from_file_location("draw", FOLDER / "draw.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def committed(name: str) -> Image.Image:
    with Image.open(FOLDER / name) as image:
        image.load()
    return image


def test_every_button_has_its_icon_in_every_size_and_nothing_else_lies_there() -> None:
    assert {path.name for path in FOLDER.glob("*.png")} == FILES.keys()


def test_the_icons_are_what_the_script_draws_now() -> None:
    drawn = {path.name: image for path, image in drawing().icons()}
    assert drawn.keys() == FILES.keys()
    stale = [name for name, image in drawn.items() if committed(name).tobytes() != image.tobytes()]
    assert stale == [], "run: python macros/icons/draw.py"


@pytest.mark.parametrize(("name", "pixels"), FILES.items())
def test_an_icon_is_square_transparent_around_and_solid_within(name: str, pixels: int) -> None:
    image = committed(name)
    assert (image.format, image.mode, image.size) == ("PNG", "RGBA", (pixels, pixels))
    least, most = image.getchannel("A").getextrema()
    assert (least, most) == (0, 255)


@pytest.mark.parametrize("name", FILES)
def test_an_icon_shows_what_stands_and_what_happens(name: str) -> None:
    data = committed(name).tobytes()
    pixels = {data[start : start + 4] for start in range(0, len(data), 4)}
    assert {bytes.fromhex("2F74C0FF"), bytes.fromhex("E8781AFF")} <= pixels


@pytest.mark.parametrize("ending", PIXELS)
def test_no_two_icons_look_the_same(ending: str) -> None:
    assert len({committed(f"{button}{ending}.png").tobytes() for button in BUTTONS}) == len(BUTTONS)
