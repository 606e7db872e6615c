"""Make the pictures of the README and the guide: run the demo, turn its files into PDF with LibreOffice, take pages of them.

Run ``python docs/pictures.py`` where soffice and pdftoppm are installed.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "pictures"
JIXIAO = Path(sys.executable).with_name("jixiao")
MOST_BYTES = 200_000


class Picture(NamedTuple):
    """One page of one file of the demo."""

    name: str
    file: str
    page: int
    dots_per_inch: int = 80


PICTURES = (
    Picture("form.png", "五华样式*经费.xlsx", 1),
    Picture("report.png", "五华样式*评价报告.docx", 3),
    Picture("scores.png", "五华样式*评价报告.docx", 4),
    Picture("marked.png", "marked.xlsx", 1),
)


def main() -> None:
    """Write every picture anew. Raises RuntimeError for one that is too heavy for a page in the intranet."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _files(folder)
        for picture in PICTURES:
            page = _page(_pdf(next(folder.glob(picture.file)), folder), picture)
            if page.stat().st_size > MOST_BYTES:
                raise RuntimeError(f"{picture.name} has {page.stat().st_size} bytes")
            shutil.copyfile(page, FOLDER / picture.name)


def _files(folder: Path) -> None:
    """The files of the demo, and one of its forms as imported, with marks; native, for LibreOffice has no PERF_ functions."""
    _jixiao("demo", "-o", folder)
    marked = folder / "marked.xlsx"
    _jixiao("import", next(folder.glob("大同样式*经费.docx")), "-o", marked, "--native")
    _jixiao("check", "--mark", marked)


def _jixiao(*arguments: object) -> None:
    subprocess.run([JIXIAO, *map(str, arguments)], check=False, stdout=subprocess.DEVNULL)


def _pdf(source: Path, folder: Path) -> Path:
    made = folder / f"{source.stem}{source.suffix}.pdf"
    if not made.exists():
        options = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
        command = ["soffice", *options, "--outdir", str(folder), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        (folder / f"{source.stem}.pdf").rename(made)
    return made


def _page(pdf: Path, picture: Picture) -> Path:
    made = pdf.with_name(picture.name)
    number, dots = str(picture.page), str(picture.dots_per_inch)
    options = ["-png", "-singlefile", "-r", dots, "-f", number, "-l", number]
    subprocess.run(["pdftoppm", *options, str(pdf), str(made.with_suffix(""))], check=True)
    return made


if __name__ == "__main__":
    main()
