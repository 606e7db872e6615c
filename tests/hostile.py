"""Packages made to harm whoever opens them: small, seeded, each one trick. What they must give is a result or a refusal."""

import io
import struct
import zipfile
from collections.abc import Iterator, Mapping
from itertools import islice
from random import Random
from typing import NamedTuple

from packages import MAIN, relations, workbook, worksheet, zipped

SHEET = "xl/worksheets/sheet1.xml"
DOCUMENT = "word/document.xml"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


class Package(NamedTuple):
    """A hostile package; ``says`` stands in the sentence that refuses it, and is empty where it is read."""

    name: str
    data: bytes
    says: str = ""

    @property
    def file(self) -> str:
        return self.name + (".docx" if self.name.startswith("word") else ".xlsx")


def packages() -> Iterator[Package]:
    """All of them. Each starts from a workbook or a document that is read without a word."""
    for kind in (_zips, _markup, _sheets, _documents):
        yield from kind()


PLAIN = workbook(worksheet('<row r="1"><c r="A1"><v>1</v></c></row>'))


def sheet(rows: str, after: str = "", before: str = "", **more: str) -> bytes:
    return zipped(workbook(worksheet(rows, after, before), **more))


def document(body: str, **parts: str) -> bytes:
    contents = {
        "_rels/.rels": relations(("rId1", "officeDocument", DOCUMENT)),
        DOCUMENT: f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
    }
    return zipped({name: text.encode() for name, text in (contents | parts).items()})


def noise(size: int) -> str:
    """A comment that does not shrink: what stands beside it passes for honestly packed."""
    return f"<!--{Random(9).randbytes(size // 2).hex()}-->"


# ---------------------------------------------------------------- zip


def _zips() -> Iterator[Package]:
    blown = zipped(PLAIN | {"xl/a.xml": b"<a>" + b" " * 30_000_000 + b"</a>"})
    yield Package("zip-bomb", blown, "过大")
    yield Package("zip-bomb-in-zip", zipped(PLAIN | {"xl/embeddings/b.xlsx": blown}))
    yield Package("zip-6000-entries", zipped(PLAIN | {f"a{n}": b"" for n in range(6_000)}), "数量过多")
    yield Package("zip-twice", _twice(SHEET), "损坏")
    yield Package("zip-twice-in-capitals", zipped(PLAIN | {SHEET.upper(): b"<a/>"}), "损坏")
    for number, name in enumerate(("/etc/passwd", "../../a.xml", "xl\\a.xml", "C:a.xml", "a\n.xml")):
        yield Package(f"zip-path-{number}", zipped(PLAIN | {name: b"<a/>"}), "" if number == 4 else "损坏")
    yield Package(
        "zip-sheet-is-folder", zipped({n: c for n, c in PLAIN.items() if n != SHEET} | {SHEET + "/": b""}), "缺少"
    )
    yield Package("zip-encrypted", _patched(PLAIN, 8, 1), "密码")
    for number, method in enumerate((1, 6, 9, 12, 14, 93, 99)):
        yield Package(f"zip-method-{number}", _patched(PLAIN, 10, method), "压缩方式")
    yield Package("zip-deflate-is-none", _patched(PLAIN, 10, 8, zipfile.ZIP_STORED), "损坏")
    for number, size in enumerate((0, 1, 2**27, 2**32 - 1)):
        yield Package(f"zip-size-{number}", _patched(PLAIN, 24, size, wide=True), "：")
    yield Package("zip-crc", _patched(PLAIN, 16, 1, wide=True), "损坏")
    yield Package("zip-overlap", _patched(PLAIN, 42, 0, wide=True), "损坏")
    data = zipped(PLAIN)
    yield Package("zip-count", data[:-14] + b"\xff\xff\xff\xff" + data[-10:], "压缩方式")
    yield Package("zip-comment", data[:-2] + b"\xff\xff", "不完整")
    yield Package("zip-end-only", b"PK\5\6" + bytes(18), "Excel 工作簿")
    yield Package("zip-ends", b"PK" + b"PK\5\6" * 200_000, "：")
    yield Package("zip-of-noise", b"PK\3\4" + Random(1).randbytes(100_000), "不完整")


def _twice(name: str) -> bytes:
    import warnings

    buffer = io.BytesIO(zipped(PLAIN))
    with zipfile.ZipFile(buffer, "a") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file.writestr(name, "<a/>")
    return buffer.getvalue()


def _patched(
    parts: Mapping[str, bytes], offset: int, value: int, method: int = zipfile.ZIP_DEFLATED, wide: bool = False
) -> bytes:
    """A zip whose directory says something else of its last part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    data = bytearray(buffer.getvalue())
    struct.pack_into("<I" if wide else "<H", data, data.rindex(b"PK\1\2") + offset, value)
    return bytes(data)


# ---------------------------------------------------------------- XML

LOL = '<!DOCTYPE x [<!ENTITY a "lol">{}]>'.format(
    "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
BEFORE = {
    "nothing": "",
    "blanks": " \t\r\n" * 100,
    "comments": f"<!-- <a> -->{' ' * 600}<!-- {'x' * 600} -->",
    "instructions": '<?xml-stylesheet href="a"?>' * 40,
    "64k": f"<!--{'x' * 66_000}-->",
}
NARROW = (
    "utf-7",
    "punycode",
    "gb18030",
    "gbk",
    "big5",
    "shift_jis",
    "iso-2022-jp",
    "hz",
    "cp037",
    "idna",
    "rot13",
    "zlib",
    "mbcs",
    "x",
)


def _markup() -> Iterator[Package]:
    text = PLAIN[SHEET].decode().partition("?>")[2].strip()
    for declared, before in BEFORE.items():
        for entities in (LOL, OUTSIDE):
            content = before + entities + text.replace("<v>1</v>", "<v>&i;</v>")
            for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
                part = content.encode(encoding)
                yield Package(f"xml-doctype-{declared}-{encoding}-{len(entities)}", _with(part), "DOCTYPE")
    for name in ("docProps/app.xml", "xl/media/a.png", "xl/vbaProject.bin"):
        yield Package(
            f"xml-doctype-{name.replace('/', '-')}", zipped(PLAIN | {name: f" {' ' * 90}{LOL}<a/>".encode()}), "DOCTYPE"
        )
    for encoding in NARROW:
        for eq in ("=", " = "):
            part = f'<?xml version="1.0" encoding{eq}"{encoding}"?>{text}<!--{"+" * 1_000_000}-->'.encode()
            yield Package(f"xml-{encoding}-{len(eq)}", _with(part), "编码")
    yield Package("xml-utf-7-doctype", _with(b'<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE a+AD4-<a/>'), "编码")
    for encoding in ("utf-32", "utf-32-le", "utf-32-be"):
        yield Package(f"xml-{encoding}", _with(text.encode(encoding)), "编码")
    yield Package("xml-cp037", _with(text.encode("cp037")), "损坏")
    yield Package("xml-gb18030-undeclared", _with(text.replace("<v>1", "<v>表").encode("gb18030")), "损坏")
    yield Package("xml-lower-case", _with(f"<!doctype a [<!entity b 'c'>]>{text}".encode()), "损坏")
    yield Package("xml-capital-declaration", _with(f'<?XML version="1.0" encoding="utf-7"?>{text}'.encode()), "损坏")
    for number, cut in enumerate((1, 60, len(text) // 2, len(text) - 3)):
        yield Package(f"xml-cut-{number}", _with(text[:cut].encode()), "损坏")
    yield Package("xml-empty", _with(b""), "损坏")
    yield Package("xml-twice-the-attribute", sheet('<row r="1" r="1"/>'), "损坏")
    yield Package("xml-no-character", sheet('<row r="1"><c t="str"><v>\1</v></c></row>'), "损坏")
    yield Package("xml-deep", sheet("<a>" * 350_000 + "</a>" * 350_000, noise(30_000)))
    yield Package("xml-deeper", sheet("<a>" * 5_000_000, noise(120_000)), "内容过多")
    yield Package("xml-tiny", sheet(f"<row>{'<c/>' * 16_000}</row>" * 45, noise(30_000)))
    yield Package("xml-tinier", sheet("<row/>" * 3_000_000, noise(200_000)), "内容过多")
    yield Package("xml-attribute", sheet(f'<row r="1" a="{"x" * 9_000_000}"/>', noise(100_000)), "内容过多")
    yield Package("xml-attributes", sheet(_attributes(240_000)))
    yield Package("xml-more-attributes", sheet(_attributes(900_000)), "内容过多")
    for name in ("word-deep", "word-deeper"):
        depth = 120_000 if name == "word-deep" else 900_000
        yield Package(name, document("<w:p>" * depth + "</w:p>" * depth + noise(50_000)), "：")
    yield Package("word-tiny", document("<w:p/>" * 400_000 + noise(50_000)))
    yield Package(
        "word-doctype",
        document("", **{DOCUMENT: f"{' ' * 70}{LOL}<w:document {WORD}><w:body/></w:document>"}),
        "DOCTYPE",
    )
    yield Package(
        "word-gb18030",
        document(
            "", **{DOCUMENT: f'<?xml version="1.0" encoding="GB18030"?><w:document {WORD}><w:body/></w:document>'}
        ),
        "编码",
    )


def _attributes(count: int) -> str:
    return "<row " + " ".join(f'a{number}=""' for number in range(count)) + "/>"


def _with(part: bytes) -> bytes:
    return zipped(PLAIN | {SHEET: part})


# ---------------------------------------------------------------- sheets


def _sheets() -> Iterator[Package]:
    cells = (f'<c s="1"><v>{number}.7</v></c>' for number in range(100_000))
    full = "".join(f"<row>{next(cells)}{''.join(islice(cells, 9))}</row>" for _ in range(10_000))
    styles = f'<styleSheet {MAIN}><cellXfs><xf/><xf numFmtId="2"/></cellXfs></styleSheet>'
    styled = {"xl/styles.xml": styles}
    yield Package("sheet-100000-cells", sheet(full, **styled))
    one = '<row r="1"><c r="A1" {}</c></row>'
    for name, content, says in (
        ("text-number", 't="s"><v>5</v>', "A1 为“5”"),
        ("text-number-from-the-end", 't="s"><v>-1</v>', "A1 为“-1”"),
        ("text-number-of-python", 't="s"><v>0_0</v>', "A1 为“0_0”"),
        ("style", 's="2"><v>1</v>', ""),
        ("style-from-the-end", 's="-1"><v>1</v>', "s 为“-1”"),
        ("kind", 't="z"><v>1</v>', "t 为“z”"),
        ("number-of-python", "><v>1_0</v>", "A1 为“1_0”"),
        ("number-wide", "><v>１</v>", "A1 为“１”"),
        ("number-long", f"><v>{'9' * 1_000_000}</v>", ""),
        ("number-longer", f"><v>0.{'0' * 1_000_000}1</v>", ""),
        ("nan", "><v>NaN</v>", ""),
        ("inf", "><v>-Infinity</v>", ""),
        ("1e308", 's="1"><v>1e308</v>', ""),
        ("1e-320", 's="1"><v>1e-320</v>', ""),
        ("1e999999999", 's="1"><v>1e999999999</v>', ""),
        ("truth", 't="b"><v>2</v>', "A1 为“2”"),
        ("shared", '><f t="shared" si="7"/><v>1</v>', ""),
        ("shared-by-none", '><f t="shared"/><v>1</v>', "缺少 si"),
        ("formula-kind", '><f t="z">1</f><v>1</v>', "t 为“z”"),
    ):
        yield Package(
            f"sheet-{name}",
            sheet(one.format(content), **styled, **{"xl/sharedStrings.xml": f"<sst {MAIN}><si><t>甲</t></si></sst>"}),
            says,
        )
    long = "+".join(["A1"] * 2_700)
    followers = "".join('<row><c/><c><f t="shared" si="0"/></c></row>' for _ in range(10_000))
    yield Package(
        "sheet-shared-by-many",
        sheet(f'<row><c><f t="shared" si="0">{long}</f></c></row>{followers}', noise(20_000)),
        "内容过多",
    )
    for number, reference in enumerate(("A2", "A", "1", "XFE1", "AAAA1", "A01", "A-1", "Ａ1")):
        yield Package(
            f"sheet-address-{number}", sheet(f'<row r="1"><c r="{reference}"><v>1</v></c></row>'), f"r 为“{reference}”"
        )
    for number, row in enumerate(("0", "-1", "1048577", "9" * 20, "1.0", "x", "1_0")):
        yield Package(f"sheet-row-{number}", sheet(f'<row r="{row}"/>'), f"r 为“{row}”")
    yield Package("sheet-wide", sheet(f"<row>{'<c/>' * 16_385}</row>"), "缺少 r")
    yield Package("sheet-far", sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    for number, area in enumerate(("A1:XFD1048577", "A1:", "A:A", "A1:B2:C3", "")):
        merges = f'<mergeCells><mergeCell ref="{area}"/></mergeCells>'
        yield Package(f"sheet-merge-{number}", sheet("", merges), f"ref 为“{area}”")
    yield Package("sheet-merge-nothing", sheet("", "<mergeCells><mergeCell/></mergeCells>"), "缺少 ref")
    merges = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 150_000))
    yield Package("sheet-150000-merges", sheet("", f"<mergeCells>{merges}</mergeCells>"))
    for name, column in (("col", 'min="x" max="2" hidden="1"'), ("col-hidden", 'min="1" max="2" hidden="z"')):
        yield Package(f"sheet-{name}", sheet("", before=f"<cols><col {column}/></cols>"), "为“")
    yield from _workbooks()


def _workbooks() -> Iterator[Package]:
    index = "xl/_rels/workbook.xml.rels"
    yield Package(
        "book-to-itself",
        zipped(
            PLAIN
            | {
                index: relations(
                    ("rId1", "worksheet", "workbook.xml"), ("rId2", "officeDocument", "workbook.xml")
                ).encode()
            }
        ),
    )
    yield Package(
        "book-in-a-circle",
        zipped(PLAIN | {"_rels/.rels": relations(("rId1", "officeDocument", "_rels/.rels")).encode()}),
        "Excel 工作簿",
    )
    for number, target in enumerate(
        ("http://127.0.0.1:1/a.xml", "file:///etc/passwd", "../../../../etc/passwd", "", "/", "\\\\host\\a.xml")
    ):
        yield Package(
            f"book-outside-{number}", zipped(PLAIN | {index: relations(("rId1", "worksheet", target)).encode()}), "损坏"
        )
    for name in ("_rels/.rels", "[Content_Types].xml", index, "xl/workbook.xml", SHEET):
        kept = {other: content for other, content in PLAIN.items() if other != name}
        says = {index: "r:id", "xl/workbook.xml": "Excel 工作簿", SHEET: "缺少"}.get(name, "")
        yield Package(f"book-without-{name.replace('/', '-')}", zipped(kept), says)
    for number, (old, new, says) in enumerate((
        (' name="表1"', "", "缺少 name"),
        (' r:id="rId1"', "", "缺少 r:id"),
        ('r:id="rId1"', 'r:id="rId9"', "r:id 为“rId9”"),
        ("</sheets>", '<sheet name="表1" sheetId="2" r:id="rId1"/></sheets>', "name 为“表1”"),
        ("<sheets>", '<workbookPr date1904="z"/><sheets>', "date1904 为“z”"),
        ("</sheets>", '</sheets><definedNames><definedName localSheetId="z" name="a">1</definedName></definedNames>', "localSheetId 为“z”"),
        ("</sheets>", '</sheets><definedNames><definedName localSheetId="0">1</definedName></definedNames>', "缺少 name"),
        ("</sheets>", '</sheets><definedNames><definedName localSheetId="0" name="a">表1!$A$99999999</definedName></definedNames>', ""),
        ("</sheets>", '</sheets><definedNames><definedName localSheetId="-5" name="a">表1!$A$1</definedName></definedNames>', ""),
    )):  # fmt: skip
        assert old in PLAIN["xl/workbook.xml"].decode()
        book = PLAIN["xl/workbook.xml"].decode().replace(old, new)
        yield Package(f"book-{number}", zipped(PLAIN | {"xl/workbook.xml": book.encode()}), says)
    for number, attribute in enumerate(("Id", "Type", "Target")):
        broken = PLAIN[index].decode().replace(f"{attribute}=", f"{attribute.lower()}=", 1)
        yield Package(f"book-relation-{number}", zipped(PLAIN | {index: broken.encode()}), f"缺少 {attribute}")
    for number, (style, says) in enumerate((
        ('<numFmts><numFmt numFmtId="z" formatCode="0"/></numFmts>', "numFmtId 为“z”"),
        ('<numFmts><numFmt numFmtId="170"/></numFmts>', "缺少 formatCode"),
        ('<numFmts><numFmt formatCode="0"/></numFmts>', "缺少 numFmtId"),
        (f'<numFmts><numFmt numFmtId="170" formatCode="{"0" * 300}"/></numFmts>', "formatCode 为“"),
        ('<cellXfs><xf numFmtId="1_0"/></cellXfs>', "numFmtId 为“1_0”"),
        (f'<cellXfs>{"<xf/>" * 70_000}</cellXfs>', "cellXfs 为“"),
        *((f'<numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="170"/></cellXfs>', "")
          for code in ("_a" * 100 + "&quot;", "&quot;&quot;" * 40 + "&quot;", "0." + "0" * 200, "[" * 200, ";" * 200, "\\" * 255, "?/" * 100)),
    )):  # fmt: skip
        yield Package(
            f"book-style-{number}",
            zipped(PLAIN | {"xl/styles.xml": f"<styleSheet {MAIN}>{style}</styleSheet>".encode()}),
            says,
        )
    many = "".join(f'<definedName name="a.b{n}" localSheetId="0">表1!$A$1</definedName>' for n in range(100_000))
    yield Package("book-100000-names", zipped(workbook(worksheet(""), names=f"<definedNames>{many}</definedNames>")))


# ---------------------------------------------------------------- Word


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(content: str = "<w:p/>", properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def _documents() -> Iterator[Package]:
    long = f"<w:p><w:r><w:t>{'字' * 500_000}</w:t></w:r></w:p>"
    for depth, says in ((8, ""), (60, "损坏"), (4_000, "损坏")):
        nested = long
        for _ in range(depth):
            nested = table(cell(nested + "<w:p/>") + cell("<w:p><w:r><w:t>a</w:t></w:r></w:p>"))
        yield Package(f"word-nested-{depth}", document(nested + noise(30_000)), says)
    frames = long
    for _ in range(3_000):
        frames = table(cell(frames))
    yield Package("word-frames", document(frames + noise(30_000)), "损坏")
    for name in ("gridSpan", "gridBefore"):
        for number, (value, says) in enumerate(
            (("9" * 30, "为“"), ("999999999", ""), ("-3", "为“-3”"), ("x", "为“x”"), ("1.5", "为“1.5”"), ("", "为“”"))
        ):
            mark = f'<w:{name} w:val="{value}"/>'
            row = cell(properties=mark) if name == "gridSpan" else f"<w:trPr>{mark}</w:trPr>{cell()}"
            yield Package(f"word-{name}-{number}", document(table(row)), says and f"{name} {says}")
    yield Package("word-gridSpan-none", document(table(cell(properties='<w:gridSpan w:val="0"/>'))), "gridSpan 为“0”")
    yield Package("word-wide", document(table(cell(properties='<w:gridSpan w:val="63"/>') * 5_000)))
    yield Package(
        "word-goes-on-from-nothing",
        document(table(cell(properties="<w:vMerge/>"), cell(properties='<w:vMerge w:val="continue"/>'))),
    )
    yield Package("word-merge", document(table(cell(properties='<w:vMerge w:val="z"/>'))), "vMerge 为“z”")
    yield Package("word-hidden", document(table(f'<w:trPr><w:hidden w:val="z"/></w:trPr>{cell()}')), "hidden 为“z”")
    yield Package(
        "word-tick", document('<w:p><w:r><w:checkBox><w:checked w:val="z"/></w:checkBox></w:r></w:p>'), "checked 为“z”"
    )
    for number, char in enumerate(("", "F0", "D800", "FFFF", "F0FC", "-0FC", "0_FC", "1F600")):
        yield Package(
            f"word-symbol-{number}", document(f'<w:p><w:r><w:sym w:font="Wingdings" w:char="{char}"/></w:r></w:p>')
        )
    yield Package("word-without-body", document("", **{DOCUMENT: f"<w:document {WORD}/>"}), "不是 Word 文档")
    yield Package("word-is-a-book", zipped(PLAIN), "不是 Word 文档")
    yield Package(
        "word-outside",
        document("", **{"_rels/.rels": relations(("rId1", "officeDocument", "http://127.0.0.1:1/a.xml"))}),
        "缺少",
    )
    yield Package("word-number", document(table(cell(f"<w:p><w:r><w:t>{'9' * 1_000_000}</w:t></w:r></w:p>"))))
