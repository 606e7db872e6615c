"""The workbook part and its neighbours: sheets, names, shared texts and styles."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jixiao.errors import Refusal
from jixiao.formats import GENERAL, NumberFormat, number_format
from jixiao.grid import Area
from jixiao.hosts import defined
from jixiao.hosts.package.formats import BUILT_IN
from jixiao.hosts.package.markup import Attributes, capture, captured, decoded, new_parser, utf8, walk
from jixiao.hosts.zipped import Archive
from jixiao.wording import files


class Relation(NamedTuple):
    """A relation of one part to another; ``kind`` is the last word of its type."""

    kind: str
    target: str


class Sheet(NamedTuple):
    """One sheet: its name, its part, and the names scoped to it."""

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
    sheet: int | None
    text: str


def read_workbook(archive: Archive) -> Workbook:
    """The index of a workbook. Raises Refusal if the package is something else."""
    root = read_relations(archive, "").values()
    part = next((relation.target for relation in root if relation.kind == "officeDocument"), "xl/workbook.xml")
    if part not in archive or part.lower().endswith(".bin"):  # the dialect of .xlsb
        raise Refusal(files.NOT_A_WORKBOOK.format(name=archive.name))
    relations = read_relations(archive, part)
    is_workbook = False
    sheets: list[tuple[str, str]] = []
    names: list[_Defined] = []
    from_1904 = to_compute = False
    parser = new_parser()
    pending: list[tuple[Attributes, list[str]]] = []

    def workbook(_: Attributes) -> None:
        nonlocal is_workbook
        is_workbook = True

    def properties(attributes: Attributes) -> None:
        nonlocal from_1904
        from_1904 = attributes.get("date1904") in ("1", "true")

    def calculation(attributes: Attributes) -> None:
        nonlocal to_compute
        to_compute = attributes.get("fullCalcOnLoad") in ("1", "true")

    def sheet(attributes: Attributes) -> None:
        relation = next(value for key, value in attributes.items() if key.endswith(":id"))
        sheets.append((decoded(attributes["name"]), relations[relation].target))

    def name_end() -> None:
        attributes, pieces = pending.pop()
        text = decoded(captured(parser, pieces))
        sheet = int(attributes["localSheetId"]) if "localSheetId" in attributes else None
        names.append(_Defined(attributes["name"], sheet, text))

    starts = {
        "workbook": workbook,
        "workbookPr": properties,
        "calcPr": calculation,
        "sheet": sheet,
        "definedName": lambda attributes: pending.append((attributes, capture(parser))),
    }
    walk(utf8(archive.read(part)), starts, {"definedName": name_end}, parser)
    if not is_workbook:
        raise Refusal(files.NOT_A_WORKBOOK.format(name=archive.name))
    found = [_sheet(at, *pair, names) for at, pair in enumerate(sheets)]
    titles: dict[int | None, str] = {None: "", **{at: sheet.title for at, sheet in enumerate(found)}}
    known = {(titles[name.sheet], name.name): name.text for name in names if name.sheet in titles}
    return Workbook(part, relations, found, from_1904, known, to_compute)


def relations_part(archive: Archive, part: str) -> str:
    """The part that lists the relations of a part: ``xl/workbook.xml`` -> ``xl/_rels/workbook.xml.rels``."""
    folder, _, base = part.rpartition("/")
    return archive.named(f"_rels/{base}.rels", folder)


def read_relations(archive: Archive, part: str) -> dict[str, Relation]:
    """The relations of a part to others by id, none if nothing lists them; targets are full part names."""
    relations: dict[str, Relation] = {}
    folder = part.rpartition("/")[0]

    def relation(attributes: Attributes) -> None:
        kind = attributes["Type"].rpartition("/")[2]
        if attributes.get("TargetMode") != "External":
            relations[attributes["Id"]] = Relation(kind, archive.named(attributes["Target"], folder))

    listed = relations_part(archive, part)
    if listed in archive:
        walk(utf8(archive.read(listed)), {"Relationship": relation}, {})
    return relations


def read_texts(archive: Archive, workbook: Workbook) -> list[str]:
    """The shared texts of all sheets, without phonetic guides."""
    part = workbook.related("sharedStrings")
    texts: list[str] = []
    if part is None or part not in archive:
        return texts
    reader = RichText()
    starts = {"si": reader.begin, **reader.starts}
    walk(utf8(archive.read(part)), starts, {"si": lambda: texts.append(reader.text), **reader.ends}, reader.parser)
    return texts


class RichText:
    """Collects the runs of one text; what stands in a phonetic guide (``rPh``) is not part of it."""

    def __init__(self) -> None:
        self.parser = new_parser()
        self._runs: list[str] = []
        self._pieces: list[str] = []
        self._in_guide = False
        self.starts = {"t": self._run, "rPh": self._guide}
        self.ends = {"t": self._run_end, "rPh": self._guide_end}

    def begin(self, _: Attributes) -> None:
        self._runs = []

    @property
    def text(self) -> str:
        return decoded("".join(self._runs))

    def _run(self, _: Attributes) -> None:
        self._pieces = capture(self.parser)

    def _run_end(self) -> None:
        text = captured(self.parser, self._pieces)
        if not self._in_guide:
            self._runs.append(text)

    def _guide(self, _: Attributes) -> None:
        self._in_guide = True

    def _guide_end(self) -> None:
        self._in_guide = False


def read_formats(archive: Archive, workbook: Workbook) -> list[NumberFormat]:
    """The number format of each cell style, by style number."""
    part = workbook.related("styles")
    if part is None or part not in archive:
        return [GENERAL]
    codes: dict[int, str] = dict(BUILT_IN)
    styles: list[int] = []
    inside = ""  # of the lists that say what cells look like; others (dxfs) repeat their elements

    def entered(name: str) -> None:
        nonlocal inside
        inside = name

    def custom(attributes: Attributes) -> None:
        if inside == "numFmts":
            codes[int(attributes["numFmtId"])] = decoded(attributes["formatCode"])

    def style(attributes: Attributes) -> None:
        if inside == "cellXfs":
            styles.append(int(attributes.get("numFmtId", 0)))

    starts = {"numFmts": lambda _: entered("numFmts"), "cellXfs": lambda _: entered("cellXfs")}
    ends = dict.fromkeys(starts, lambda: entered(""))
    walk(utf8(archive.read(part)), {**starts, "numFmt": custom, "xf": style}, ends)
    return [number_format(codes.get(style, "General")) for style in styles] or [GENERAL]


def _sheet(position: int, title: str, part: str, names: Sequence[_Defined]) -> Sheet:
    own = [name for name in names if name.sheet == position]
    areas = ((name.name, defined.area(name.text, title)) for name in own)
    texts = ((name.name, defined.constant(name.text)) for name in own)
    return Sheet(
        title,
        part,
        {name: area for name, area in areas if area},
        {name: text for name, text in texts if text is not None},
        any(name.name == defined.MARKS_NAME for name in own),
    )
