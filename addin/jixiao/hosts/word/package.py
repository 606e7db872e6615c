"""Open the package of a Word document and find its main part."""

from os.path import basename
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile


def main_part(path: str) -> tuple[str, Element]:
    """The file's name and the root of its main part (``w:document``)."""
    with ZipFile(path) as package:
        return basename(path), fromstring(package.read("word/document.xml"))
