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
    Picture("form.png", "大同样式*经费.xlsx", 1),
    Picture("findings.png", "大同样式*经费.xlsx", 3),
    Picture("form-2024.png", "五华样式*经费.xlsx", 1),
    Picture("report.png", "大同样式*评价报告.docx", 3),
    Picture("report-scores.png", "大同样式*评价报告.docx", 4),
)


def main() -> None:
    """Write every picture anew. Raises RuntimeError for one that is too heavy for a page in the intranet."""
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder, "demo")
        subprocess.run([JIXIAO, "demo", "-o", demo], check=True, stdout=subprocess.DEVNULL)
        for picture in PICTURES:
            source = next(demo.glob(picture.file))
            page = _page(_pdf(source, Path(folder)), picture)
            if page.stat().st_size > MOST_BYTES:
                raise RuntimeError(f"{picture.name} has {page.stat().st_size} bytes")
            shutil.copyfile(page, FOLDER / picture.name)


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
