"""The workbook part and its neighbours: sheets, names, shared texts and styles."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jixiao.errors import Refusal
from jixiao.formats import NumberFormat, number_format
from jixiao.grid import Area
from jixiao.hosts import defined, stated
from jixiao.hosts.notes import is_note
from jixiao.hosts.package.formats import BUILT_IN
from jixiao.hosts.package.markup import Attributes, Ends, Starts, capture, captured, decoded, new_parser, walk
from jixiao.hosts.parts import Odd, Part
from jixiao.hosts.zipped import Archive
from jixiao.ours import MARKS_NAME
from jixiao.wording import files

MOST_TAGS = 800_000  # of all parts read, 200,000 cells; the largest of 2,000 foreign workbooks has 290,000
MOST_STYLES = 65_490  # Excel's own limits
LONGEST_FORMAT = 255

CONTENT_TYPES = "[Content_Types].xml"
"""The part that says what every part of a package is."""


class Relation(NamedTuple):
    """A relation of one part to another; ``kind`` is the last word of its type."""

    kind: str
    target: str


class Sheet(NamedTuple):
    """One sheet: its name, its part (empty if it has no cells), and the names scoped to it."""

    title: str
    part: str
    names: Mapping[str, Area]
    constants: Mapping[str, str]
    has_marks: bool


class Workbook(NamedTuple):
    """What the sheets' cells refer to.

    ``names`` are all defined names: the sheet each belongs to (``""`` for the workbook) and its own, with its formula.
    ``to_compute`` says that the program that saved it computes nothing and asks the next one to do so.
    """

    part: str
    relations: Mapping[str, Relation]
    sheets: Sequence[Sheet]
    from_1904: bool
    names: Mapping[tuple[str, str], str]
    to_compute: bool

    def related(self, kind: str) -> str | None:
        """The part of one kind, if the workbook has one."""
        return next((relation.target for relation in self.relations.values() if relation.kind == kind), None)


class _Defined(NamedTuple):
    name: str
    text: str


def read_workbook(archive: Archive) -> Workbook:
    """The index of a workbook. Raises Refusal if the package is something else."""
    root = read_relations(archive, "").values()
    part = next((relation.target for relation in root if relation.kind == "officeDocument"), "xl/workbook.xml")
    if part not in archive or part.lower().endswith(".bin"):  # the dialect of .xlsb
        raise Refusal(files.NOT_A_WORKBOOK.format(name=archive.name))
    relations = read_relations(archive, part)
    is_workbook = False
    sheets: dict[str, str] = {}  # title -> part
    names: dict[int | None, list[_Defined]] = {}  # by the position of their sheet; None: those of the whole workbook
    from_1904 = to_compute = False
    parser = new_parser()
    pending: list[tuple[Attributes, list[str]]] = []

    def workbook(_: Attributes) -> None:
        nonlocal is_workbook
        is_workbook = True

    def properties(attributes: Attributes) -> None:
        nonlocal from_1904
        from_1904 = stated.truth(attributes, "date1904")

    def calculation(attributes: Attributes) -> None:
        nonlocal to_compute
        to_compute = stated.truth(attributes, "fullCalcOnLoad")

    def sheet(attributes: Attributes) -> None:
        title = decoded(stated.text(attributes, "name"))
        if title in sheets:  # what is written to one would reach the other
            raise Odd("name", title)
        sheets[title] = _part_of(attributes, relations)

    def name_end() -> None:
        attributes, pieces = pending.pop()
        own = stated.whole(attributes, "localSheetId") if "localSheetId" in attributes else None
        text = decoded(captured(parser, pieces))
        names.setdefault(own, []).append(_Defined(stated.text(attributes, "name"), text))

    starts = {
        "workbook": workbook,
        "workbookPr": properties,
        "calcPr": calculation,
        "sheet": sheet,
        "definedName": lambda attributes: pending.append((attributes, capture(parser))),
    }
    walk(xml(archive, part), starts, {"definedName": name_end}, parser)
    if not is_workbook:
        raise Refusal(files.NOT_A_WORKBOOK.format(name=archive.name))
    parts = [part for part in sheets.values() if part]
    if len(set(parts)) < len(parts):  # a few bytes would make thousands of sheets
        raise Refusal(files.DAMAGED.format(name=archive.name))
    found = [_sheet(*pair, names.get(at, ())) for at, pair in enumerate(sheets.items())]
    titles: dict[int | None, str] = {None: "", **dict(enumerate(sheets))}
    known = {(titles[at], name.name): name.text for at in names.keys() & titles.keys() for name in names[at]}
    return Workbook(part, relations, found, from_1904, known, to_compute)


def xml(archive: Archive, part: str) -> Part:
    """A part of a workbook that is going to be read."""
    return archive.xml(part, MOST_TAGS)


def _part_of(sheet: Attributes, relations: Mapping[str, Relation]) -> str:
    """The part of a sheet; none if it is a module of macros from before 1997, which Excel lists with an empty relation."""
    identity = next((value for key, value in sheet.items() if key.endswith(":id")), None)
    if identity == "":
        return ""
    if identity is None or identity not in relations or not relations[identity].target:
        raise Odd("r:id", identity)
    return relations[identity].target


def relations_part(archive: Archive, part: str) -> str:
    """The part that lists the relations of a part: ``xl/workbook.xml`` -> ``xl/_rels/workbook.xml.rels``."""
    folder, _, base = part.rpartition("/")
    return archive.named(f"_rels/{base}.rels", folder)


def read_relations(archive: Archive, part: str) -> dict[str, Relation]:
    """The relations of a part to others by id, none if nothing lists them; targets are full part names."""
    relations: dict[str, Relation] = {}
    folder = part.rpartition("/")[0]

    def relation(attributes: Attributes) -> None:
        kind = stated.text(attributes, "Type").rpartition("/")[2]
        if attributes.get("TargetMode") != "External":
            target = archive.named(stated.text(attributes, "Target"), folder)
            relations[stated.text(attributes, "Id")] = Relation(kind, target)

    listed = relations_part(archive, part)
    if listed in archive:
        walk(xml(archive, listed), {"Relationship": relation}, {})
    return relations


def read_texts(archive: Archive, workbook: Workbook) -> list[str]:
    """The shared texts of all sheets, without phonetic guides."""
    part = workbook.related("sharedStrings")
    texts: list[str] = []
    if part is None or part not in archive:
        return texts
    reader = RichText()
    starts = {"si": reader.begin, **reader.starts}
    walk(xml(archive, part), starts, {"si": lambda: texts.append(reader.text), **reader.ends}, reader.parser)
    return texts


class RichText:
    """Collects the runs of one text; a phonetic guide (``rPh``) and the mark of a note to a figure are no part of it."""

    def __init__(self) -> None:
        self.parser = new_parser()
        self._runs: list[str] = []
        self._pieces: list[str] = []
        self._in_guide = False
        self._is_raised = False

    @property
    def starts(self) -> Starts:
        return {"t": self._run, "r": self._begin_run, "vertAlign": self._align, "rPh": self._guide}

    @property
    def ends(self) -> Ends:
        return {"t": self._run_end, "rPh": self._guide_end}

    def begin(self, _: Attributes) -> None:
        self._runs = []
        self._is_raised = False

    @property
    def text(self) -> str:
        return decoded("".join(self._runs))

    def _begin_run(self, _: Attributes) -> None:
        self._is_raised = False

    def _align(self, attributes: Attributes) -> None:
        self._is_raised = attributes.get("val") == "superscript"

    def _run(self, _: Attributes) -> None:
        self._pieces = capture(self.parser)

    def _run_end(self) -> None:
        text = captured(self.parser, self._pieces)
        if not (self._in_guide or (self._is_raised and is_note(self._runs, text))):
            self._runs.append(text)

    def _guide(self, _: Attributes) -> None:
        self._in_guide = True

    def _guide_end(self) -> None:
        self._in_guide = False


def read_formats(archive: Archive, workbook: Workbook) -> list[NumberFormat]:
    """The number format of each cell style, by style number; none at all if the workbook has no styles."""
    part = workbook.related("styles")
    if part is None or part not in archive:
        return []
    codes: dict[int, str] = dict(BUILT_IN)
    styles: list[int] = []
    inside = ""  # of the lists that say what cells look like; others (dxfs) repeat their elements

    def entered(name: str) -> None:
        nonlocal inside
        inside = name

    def custom(attributes: Attributes) -> None:
        if inside != "numFmts":
            return
        code = decoded(stated.text(attributes, "formatCode"))
        if len(code) > LONGEST_FORMAT:
            raise Odd("formatCode", code)
        codes[stated.whole(attributes, "numFmtId")] = code

    def style(attributes: Attributes) -> None:
        if inside != "cellXfs":
            return
        if len(styles) == MOST_STYLES:
            raise Odd("cellXfs", f"{MOST_STYLES}+")
        styles.append(stated.whole(attributes, "numFmtId") if "numFmtId" in attributes else 0)

    starts = {"numFmts": lambda _: entered("numFmts"), "cellXfs": lambda _: entered("cellXfs")}
    ends = dict.fromkeys(starts, lambda: entered(""))
    walk(xml(archive, part), {**starts, "numFmt": custom, "xf": style}, ends)
    return [number_format(codes.get(style, "General")) for style in styles]


def _sheet(title: str, part: str, names: Sequence[_Defined]) -> Sheet:
    areas = ((name.name, defined.area(name.text, title)) for name in names)
    texts = ((name.name, defined.constant(name.text)) for name in names)
    return Sheet(
        title,
        part,
        {name: area for name, area in areas if area},
        {name: text for name, text in texts if text is not None},
        any(name.name == MARKS_NAME for name in names),
    )
