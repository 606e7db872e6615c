"""Draw the icons of the buttons: ``python macros/icons/draw.py``.

Paper is white, what stands is blue, what happens is orange; both colours hold on light and on dark backgrounds. Shapes lie on a grid
of 32 units, their edges on even units, so that they fall on whole pixels at 16, 32 and 64.
"""

from collections.abc import Callable, Iterator, Sequence
from math import cos, radians, sin
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent
UNITS = 32
SIZES = {"-16": 16, "": 32, "-64": 64}
"""Pixels by the ending of the file name; the ribbon takes the plain one."""
OVERSAMPLING = 8
STROKE = 2
PAPER, BLUE, ORANGE = "#FFFFFF", "#2F74C0", "#E8781A"
CLEAR = "#00000000"
"""Takes away what was drawn: a gap around what lies in front."""

Point = tuple[float, float]


class Canvas:
    """A transparent square in which shapes are drawn in units."""

    def __init__(self, pixels: int) -> None:
        self._pixels = pixels
        self._scale = pixels * OVERSAMPLING / UNITS
        self._image = Image.new("RGBA", (pixels * OVERSAMPLING, pixels * OVERSAMPLING))
        self._draw = ImageDraw.Draw(self._image)

    def box(self, left: float, top: float, right: float, bottom: float, colour: str, radius: float = 0) -> None:
        """A filled rectangle."""
        corners = self._scaled(left, top, right, bottom)
        inclusive = (corners[0], corners[1], corners[2] - 1, corners[3] - 1)
        self._draw.rounded_rectangle(inclusive, radius * self._scale, colour)

    def frame(self, left: float, top: float, right: float, bottom: float, radius: float = 0) -> None:
        """A sheet of paper with a blue edge."""
        self.box(left, top, right, bottom, BLUE, radius)
        inner = max(radius - STROKE, 0)
        self.box(left + STROKE, top + STROKE, right - STROKE, bottom - STROKE, PAPER, inner)

    def polygon(self, points: Sequence[Point], colour: str) -> None:
        """A filled polygon."""
        self._draw.polygon([*self._pairs(points)], colour)

    def disc(self, centre: Point, radius: float, colour: str) -> None:
        """A filled circle."""
        x, y = centre
        self._draw.ellipse(self._scaled(x - radius, y - radius, x + radius, y + radius), colour)

    def stroke(self, points: Sequence[Point], colour: str, width: float) -> None:
        """A line with round ends and corners."""
        self._draw.line([*self._pairs(points)], colour, round(width * self._scale))
        for point in points:
            self.disc(point, width / 2, colour)

    def image(self) -> Image.Image:
        """The picture in its final size; the mean of the samples keeps edges on whole pixels sharp, which LANCZOS would soften."""
        return self._image.resize((self._pixels, self._pixels), Image.Resampling.BOX)

    def _scaled(self, *units: float) -> tuple[float, ...]:
        return tuple(unit * self._scale for unit in units)

    def _pairs(self, points: Sequence[Point]) -> Iterator[Point]:
        return ((x * self._scale, y * self._scale) for x, y in points)


def arc(centre: Point, radius: float, start: int, end: int) -> list[Point]:
    """Points on a circle from one angle to another, in degrees, clockwise from the right."""
    step = 3 if end > start else -3
    return [
        (centre[0] + radius * cos(radians(angle)), centre[1] + radius * sin(radians(angle)))
        for angle in range(start, end + step, step)
    ]


def sheet(canvas: Canvas, left: float, right: float) -> None:
    """A page with its upper right corner folded."""
    canvas.frame(left, 2, right, 30)
    canvas.box(right - 8, 2, right, 10, BLUE)
    canvas.polygon([(right - 8, 0), (right + 2, 0), (right + 2, 10), (right, 10), (right - 8, 2)], CLEAR)


def new(canvas: Canvas) -> None:
    """A page and a plus."""
    sheet(canvas, 4, 26)
    for margin, colour in ((2, CLEAR), (0, ORANGE)):
        canvas.box(16 - margin, 22 - margin, 32, 26 + margin, colour)
        canvas.box(22 - margin, 16 - margin, 26 + margin, 32, colour)


def import_(canvas: Canvas) -> None:
    """An arrow into a page."""
    sheet(canvas, 8, 30)
    canvas.box(8, 14, 14, 22, CLEAR)
    canvas.polygon([(10, 6), (22.5, 18), (10, 30)], CLEAR)
    canvas.box(0, 16, 12, 20, ORANGE)
    canvas.polygon([(12, 10), (20, 18), (12, 26)], ORANGE)


def bind(canvas: Canvas) -> None:
    """Two links of a chain on a table."""
    canvas.frame(2, 2, 30, 22)
    canvas.box(2, 2, 30, 8, BLUE)
    canvas.box(10, 2, 12, 22, BLUE)
    canvas.box(0, 14, 32, 32, CLEAR)
    for left in (0, 18):
        canvas.box(left, 16, left + 14, 30, ORANGE, 7)
        canvas.box(left + 4, 20, left + 10, 26, CLEAR, 3)
    canvas.box(10, 16, 22, 30, CLEAR)
    canvas.box(8, 21, 24, 25, ORANGE, 2)


def fill(canvas: Canvas) -> None:
    """A pencil on a table."""
    canvas.frame(2, 2, 28, 24)
    canvas.box(2, 2, 28, 8, BLUE)
    canvas.box(2, 14, 28, 16, BLUE)
    canvas.box(10, 2, 12, 24, BLUE)
    canvas.polygon([(9, 32), (12, 20), (27, 5), (32, 5), (32, 15), (20, 28)], CLEAR)
    canvas.polygon([(15, 20), (26, 9), (31, 14), (20, 25)], ORANGE)
    canvas.polygon([(14, 21), (19, 26), (12, 28)], BLUE)


def check(canvas: Canvas) -> None:
    """A tick on a clipboard."""
    canvas.frame(2, 4, 26, 30, 2)
    canvas.box(8, 2, 20, 8, BLUE, 2)
    tick = [(12, 20), (18, 26), (29, 13)]
    canvas.stroke(tick, CLEAR, 8)
    canvas.stroke(tick, ORANGE, 4)


def undo(canvas: Canvas) -> None:
    """An arrow that turns back from a cell."""
    canvas.frame(2, 20, 14, 32)
    canvas.stroke([(16, 26), *arc((20, 18), 8, 90, -90), (10, 10)], ORANGE, 4)
    canvas.polygon([(2, 10), (12, 0), (12, 20)], ORANGE)


def report(canvas: Canvas) -> None:
    """A page with a chart."""
    sheet(canvas, 4, 28)
    canvas.box(8, 8, 16, 10, BLUE)
    for left, top in ((8, 20), (14, 16), (20, 12)):
        canvas.box(left, top, left + 4, 26, ORANGE)


def export(canvas: Canvas) -> None:
    """A page and an arrow up, to the authority above."""
    sheet(canvas, 2, 24)
    canvas.polygon([(10, 26), (22, 12), (32, 12), (32, 26), (28, 26), (28, 32), (18, 32), (18, 26)], CLEAR)
    canvas.box(20, 22, 26, 32, ORANGE)
    canvas.polygon([(14, 24), (23, 14), (32, 24)], ORANGE)


def doctor(canvas: Canvas) -> None:
    """A pulse on a screen."""
    canvas.frame(2, 4, 30, 24, 2)
    canvas.box(14, 24, 18, 28, BLUE)
    canvas.box(8, 28, 24, 30, BLUE)
    canvas.stroke([(6, 14), (11, 14), (14, 8), (18, 19), (21, 14), (26, 14)], ORANGE, 2.5)


def help_(canvas: Canvas) -> None:
    """A question mark in a circle."""
    canvas.disc((16, 16), 14, BLUE)
    canvas.disc((16, 16), 12, PAPER)
    canvas.stroke([*arc((16, 12.5), 4.5, 180, 405), (16, 18.5)], ORANGE, 3.5)
    canvas.disc((16, 23.5), 2.2, ORANGE)


DRAWINGS: dict[str, Callable[[Canvas], None]] = {
    "new": new,
    "import": import_,
    "bind": bind,
    "fill": fill,
    "check": check,
    "undo": undo,
    "report": report,
    "export": export,
    "doctor": doctor,
    "help": help_,
}
"""What draws the icon, by the name of the button."""


def icons() -> Iterator[tuple[Path, Image.Image]]:
    """Every icon in every size, with the file it belongs in."""
    for name, drawing in DRAWINGS.items():
        for ending, pixels in SIZES.items():
            canvas = Canvas(pixels)
            drawing(canvas)
            yield FOLDER / f"{name}{ending}.png", canvas.image()


def main() -> None:
    """Write every icon anew."""
    for path, image in icons():
        image.save(path, optimize=True)


if __name__ == "__main__":
    main()
