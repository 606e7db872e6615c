"""Render documents and workbooks for tests and for eyes: LibreOffice -> PDF -> PNG, each call with a profile of its own."""

import shutil
import subprocess
import tempfile
from pathlib import Path

OFFICE = shutil.which("soffice")
_PATIENCE = 120  # seconds


def to_pdf(path: Path, folder: Path) -> Path:
    """The PDF of a .docx or .xlsx, written into ``folder``. Raises CalledProcessError or TimeoutExpired if it cannot be."""
    assert OFFICE, "LibreOffice is missing: install libreoffice-calc and libreoffice-writer"
    with tempfile.TemporaryDirectory() as profile:
        options = [f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", "pdf"]
        command = [OFFICE, *options, "--outdir", str(folder), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)
    return folder / f"{path.stem}.pdf"


def pages(pdf: Path) -> int:
    """The number of pages."""
    described = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    return next(int(line.split()[1]) for line in described.splitlines() if line.startswith("Pages:"))


def text(pdf: Path) -> list[str]:
    """The text of every page, laid out as on the page."""
    command = ["pdftotext", "-layout", str(pdf), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\f")[:-1]


def to_pictures(pdf: Path, dots_per_inch: int = 60) -> list[Path]:
    """One PNG a page, beside the PDF."""
    subprocess.run(["pdftoppm", "-r", str(dots_per_inch), "-png", str(pdf), str(pdf.with_suffix(""))], check=True)
    return sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))
