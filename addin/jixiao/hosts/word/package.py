"""The package (zip) of a document: opened for its main part, and put together from finished parts."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, ParseError, XMLParser, fromstring

from jixiao.errors import Refusal
from jixiao.hosts.parts import Part
from jixiao.hosts.word.names import DECLARATION, PACKAGE, RELATIONS
from jixiao.hosts.zipped import Archive
from jixiao.wording import word

_EMPTY_ZIP = b"PK\5\6" + bytes(18)
_RELATIONS_PART = "_rels/.rels"
MOST_TAGS = 500_000  # the longest of 1,400 foreign documents has 110,000


def main_part(path: str) -> tuple[Part, Element]:
    """The main part of a file, and its root (``w:document``).

    Raises Refusal for anything but a sound Word document.
    """
    package = Archive.open(path)
    relations = package.xml(package.named(_RELATIONS_PART), MOST_TAGS)
    part = package.xml(package.named(_main_name(_parsed(relations))), MOST_TAGS)
    root = _parsed(part)
    if not root.tag.endswith("}document") or not any(child.tag.endswith("}body") for child in root):
        raise Refusal(word.NOT_A_DOCUMENT.format(name=package.name))
    return part, root


def _main_name(relations: Element) -> str:
    """Where the package says its main part is."""
    for relation in relations:
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "")
    return "word/document.xml"


def _parsed(part: Part) -> Element:
    try:
        return fromstring(part.content, XMLParser(encoding="utf-8"))  # whatever it declares: it was made UTF-8
    except ParseError:
        raise part.not_xml() from None


def packed(parts: Mapping[str, str | bytes]) -> Archive:
    """A new package of these parts, in the order given."""
    package = Archive(_EMPTY_ZIP, "")
    for name, content in parts.items():
        package.put(name, content if isinstance(content, bytes) else content.encode())
    return package


def content_types(defaults: Mapping[str, str], overrides: Mapping[str, str]) -> str:
    """The part ``[Content_Types].xml``: types by extension, and by part name."""
    by_extension = "".join(
        f'<Default Extension="{extension}" ContentType="{kind}"/>'
        for extension, kind in {
            "rels": "application/vnd.openxmlformats-package.relationships+xml",
            "xml": "application/xml",
            **defaults,
        }.items()
    )
    by_name = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">{by_extension}{by_name}</Types>'


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    """A relationships part: id -> (kind, target). A kind is the last word of its type, or a whole type."""
    items = "".join(
        f'<Relationship Id="{identity}" Type="{kind if "/" in kind else f"{RELATIONS}/{kind}"}" Target="{target}"/>'
        for identity, (kind, target) in targets.items()
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'
