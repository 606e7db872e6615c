"""Module texts: files of the VBA editor, attribute headers, and Chinese made ASCII."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyopenvba.apps.excel import ExcelApplication
from vba_samples import vendored

from jixiao.vba import DECODER, Kind, Module, SourceError, module

CLASS_FILE = """VERSION 1.0 CLASS
BEGIN
  MultiUse = -1  'True
END
Attribute VB_Name = "Holder"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = False
Attribute VB_Exposed = False
Option Explicit
Public Text As String
"""


def escaped(body: str) -> str:
    """A body as it stands in a project, with LF."""
    header, _, text = Module("M", Kind.MODULE, body).source().replace("\r\n", "\n").partition("\n")
    assert header == 'Attribute VB_Name = "M"'
    assert text.endswith("\n") or not body
    return text.removesuffix("\n")


def refusal(body: str, name: str = "M") -> str:
    with pytest.raises(SourceError) as caught:
        Module(name, Kind.MODULE, body).source()
    return str(caught.value)


# ---------------------------------------------------------------- files


def test_a_class_file_loses_its_preamble_and_its_attributes() -> None:
    assert module("Holder", CLASS_FILE, Kind.CLASS) == Module(
        "Holder", Kind.CLASS, "Option Explicit\nPublic Text As String\n", first_line=10
    )


def test_a_bare_body_is_a_module_as_it_is() -> None:
    assert module("M", "Option Explicit\n", Kind.MODULE) == Module("M", Kind.MODULE, "Option Explicit\n")


def test_byte_order_mark_and_ends_of_lines_do_not_matter() -> None:
    text = '\ufeffAttribute VB_Name = "M"\r\nOption Explicit\r\n'
    assert module("M", text, Kind.MODULE) == Module("M", Kind.MODULE, "Option Explicit\n", first_line=2)


def test_attributes_of_procedures_stay_in_the_body() -> None:
    body = "Public Property Get Item()\nAttribute Item.VB_UserMemId = 0\nEnd Property"
    assert module("M", 'Attribute VB_Name = "M"\n' + body, Kind.CLASS).body == body


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [
        ("Other", Kind.CLASS, "Other.cls:5: 'Attribute VB_Name = \"Holder\"' is not for a class named Other"),
        ("holder", Kind.CLASS, "holder.cls:5: "),
        (
            "Holder",
            Kind.MODULE,
            "Holder.bas:6: 'Attribute VB_GlobalNameSpace = False' is not for a module named Holder",
        ),
        (
            "Holder",
            Kind.WORKBOOK,
            "Holder.cls:8: 'Attribute VB_PredeclaredId = False' is not for a workbook named Holder",
        ),
    ],
)
def test_attributes_of_another_name_or_kind_are_refused(name: str, kind: Kind, told: str) -> None:
    with pytest.raises(SourceError, match="^" + re.escape(told)):
        module(name, CLASS_FILE, kind)


def test_a_class_keeps_whether_others_may_use_it() -> None:
    exposed = module("Holder", CLASS_FILE.replace("Exposed = False", "Exposed = True"), Kind.CLASS)
    assert exposed.exposed
    assert "\r\nAttribute VB_Exposed = True\r\n" in exposed.source()


def test_headers_are_those_that_excel_writes() -> None:
    assert Module("M", Kind.MODULE, "").source() == 'Attribute VB_Name = "M"\r\n'
    assert Module("C", Kind.CLASS, "").source().split("\r\n") == [
        'Attribute VB_Name = "C"',
        'Attribute VB_Base = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"',
        "Attribute VB_GlobalNameSpace = False",
        "Attribute VB_Creatable = False",
        "Attribute VB_PredeclaredId = False",
        "Attribute VB_Exposed = False",
        "Attribute VB_TemplateDerived = False",
        "Attribute VB_Customizable = False",
        "",
    ]
    for kind, base in ((Kind.WORKBOOK, "00020819"), (Kind.WORKSHEET, "00020820")):
        assert Module("D", kind, "").source().split("\r\n") == [
            'Attribute VB_Name = "D"',
            f'Attribute VB_Base = "0{{{base}-0000-0000-C000-000000000046}}"',
            "Attribute VB_GlobalNameSpace = False",
            "Attribute VB_Creatable = False",
            "Attribute VB_PredeclaredId = True",
            "Attribute VB_Exposed = True",
            "Attribute VB_TemplateDerived = False",
            "Attribute VB_Customizable = True",
            "",
        ]


def test_lines_end_with_crlf_and_the_text_with_one_of_them() -> None:
    assert Module("M", Kind.MODULE, "a\r\nb\rc\n\n\n").source() == 'Attribute VB_Name = "M"\r\na\r\nb\r\nc\r\n'


def test_what_is_taken_over_from_xlwings_stays_as_it_is() -> None:
    for one in vendored():
        assert one.source().endswith(one.body.rstrip("\n").replace("\n", "\r\n") + "\r\n")


# ---------------------------------------------------------------- Chinese


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('MsgBox "绩效"', r'MsgBox U("\u7EE9\u6548")'),
        ('MsgBox"绩"', r'MsgBox U("\u7EE9")'),
        ('x = y_ & "绩" & "a"', r'x = y_ & U("\u7EE9") & "a"'),
        ('x = "a ""绩"" b"', r'x = U("a ""\u7EE9"" b")'),
        ('x = """绩"', r'x = U("""\u7EE9")'),
        ('x = "" & "绩"', r'x = "" & U("\u7EE9")'),
        ('x = "😀"', r'x = U("\uD83D\uDE00")'),
        ('x = "\x80"', r'x = U("\u0080")'),
        ('x = "café"', r'x = U("caf\u00E9")'),
        (r'x = "\绩\"', r'x = U("\\u7EE9\")'),
        ("x = \"it's 绩\" ' end", r"""x = U("it's \u7EE9") ' end"""),
        ('x = "Const 绩"', r'x = U("Const \u7EE9")'),
        ('x = "Rem 绩"', r'x = U("Rem \u7EE9")'),
        ('Call F(_\n "绩")', 'Call F(_\n U("\\u7EE9")'.replace("\\\\", "\\") + ")"),
        (r'x = "\u7EE9"', r'x = "\u7EE9"'),
        ("x = 1 ' 绩效", "x = 1 '"),
        ("x = 1 ' plain \"", "x = 1 ' plain \""),
        ("' 绩效", "'"),
        ("Rem 绩效", "Rem"),
        ("x = 1: rem 绩效", "x = 1: rem"),
        ("Rem", "Rem"),
        ("Remark = 1 ' 绩", "Remark = 1 '"),
        ('x = a.Rem: y = "绩"', r'x = a.Rem: y = U("\u7EE9")'),
        ("x = ['绩效 1'!A1]", None),
        ("x = ['a b'!A1] & \"绩\"", r"""x = ['a b'!A1] & U("\u7EE9")"""),
    ],
)
def test_literals_become_calls_and_comments_are_emptied(text: str, expected: str | None) -> None:
    if expected is None:
        assert "stands outside of strings" in refusal(text)
    else:
        assert escaped(text) == expected


def test_a_comment_goes_on_where_its_line_does() -> None:
    assert escaped("' 绩效 _\nMsgBox 评价\nx = 1") == "'\n\nx = 1"


def test_every_line_keeps_its_number() -> None:
    body = 'Option Explicit\n\'绩\n\nSub S()\n  F "一", _\n    "二", _\n    3 \'三\nEnd Sub'
    lines = escaped(body).split("\n")
    assert len(lines) == body.count("\n") + 1
    assert [lines[0], lines[3], lines[4], lines[5], lines[7]] == [
        "Option Explicit",
        "Sub S()",
        r'  F U("\u4E00"), _',
        r'    U("\u4E8C"), _',
        "End Sub",
    ]


@pytest.mark.parametrize(
    "text",
    [
        'Const A = "绩"',
        'Private Const A As String = "绩"',
        'Const A = _\n"绩"',
        'x = 1: Const A = "绩"',
        '#Const A = "绩"',
        '#If A = "绩" Then',
        'Attribute S.VB_Description = "绩"',
        'Private Declare PtrSafe Function F Lib "绩" ()',
        'Sub S(Optional a = "绩")',
        'Sub S(a, _\n optional b = "绩")',
    ],
)
def test_chinese_is_refused_where_vba_takes_constants_only(text: str) -> None:
    line = text.split("绩")[0].count("\n") + 1
    assert re.fullmatch(rf'M\.bas:{line}: "绩" stands where VBA takes constants only: .*', refusal(text))


@pytest.mark.parametrize("text", ["绩 = 1", "Sub 绩()", "x = a.绩", "x = 1　+ 2", "Rem绩", "x = [绩]", "x = “a”"])
def test_chinese_is_refused_in_names_and_signs(text: str) -> None:
    assert "stands outside of strings and comments" in refusal(text)


def test_an_escape_in_a_chinese_string_is_refused() -> None:
    assert refusal('a\nx = "绩\\u0041"') == r'M.bas:2: \u would be read as an escape in "绩\u0041"'


@pytest.mark.parametrize("text", ['x = "a', 'x = "a""', 'x = "a _\nb"', 'x = "绩'])
def test_a_string_without_end_is_refused(text: str) -> None:
    assert refusal(text) == "M.bas:1: a string does not end"


def test_lines_are_counted_from_the_head_of_the_file() -> None:
    text = CLASS_FILE + 'Const A = "绩"\n'
    with pytest.raises(SourceError, match=r"^Holder\.cls:12: "):
        module("Holder", text, Kind.CLASS).source()


def test_a_line_may_have_1023_characters_after_escaping() -> None:
    around = len('x = U("")')
    longest = 'x = "' + "绩" * 169 + '"'
    assert len(escaped(longest)) == around + 169 * 6 == 1023
    assert "the line has 1024 characters" in refusal(longest.replace("x", "xx"))
    assert "M.bas:2: the line has 1024 characters" in refusal("\n" + "x" * 1024)


def test_a_line_may_have_24_continuations() -> None:
    allowed = "x = 1" + " + _\n1" * 24
    assert escaped(allowed) == allowed
    assert refusal("\n" + allowed + " + _\n1") == "M.bas:2: the line has more than 24 continuations"


def test_control_characters_are_refused() -> None:
    assert refusal("x = 1\ny =\x0c 1") == "M.bas:2: the line has a control character"
    assert escaped("\tx = 1") == "\tx = 1"


@pytest.mark.parametrize("text", ["Dim u As Long", "For u = 1 To 3", "Sub S(ByVal U As String)", "x = u + 1"])
def test_nothing_else_may_have_the_name_of_the_decoder(text: str) -> None:
    assert refusal(f'MsgBox "绩"\n{text}') == "M.bas:2: U is the name of the decoder"
    assert escaped(text) == text


@pytest.mark.parametrize("text", ["x.U = 1", 'MsgBox "u"', "' u", "Dim Us As Long"])
def test_what_only_looks_like_the_decoder_may_stay(text: str) -> None:
    assert escaped(f'MsgBox "绩"\n{text}').endswith(text)


# ---------------------------------------------------------------- the decoder

STRINGS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40).filter(lambda text: r"\u" not in text)


@given(STRINGS)
def test_whatever_a_string_holds_can_be_read_from_the_escapes(text: str) -> None:
    literal = '"' + text.replace('"', '""') + '"'
    line = escaped(f"x = {literal}")
    assert line.isascii()
    inner = line.removeprefix('x = U("').removesuffix('")') if not text.isascii() else line[5:-1]
    units = re.sub(r"\\u(....)", lambda found: chr(int(found[1], 16)), inner) if not text.isascii() else inner
    assert units.encode("utf-16-le", "surrogatepass").decode("utf-16-le").replace('""', '"') == text


@pytest.mark.parametrize("text", ["绩效", "a 绩 b", "😀", "\\绩", "é", '引号 "x"', "\uffff绩", "\ufeff", "。"])
def test_the_decoder_gives_the_text_back_when_it_runs(text: str) -> None:
    literal = text.replace('"', '""')
    application = ExcelApplication()
    application.add_workbook()
    application.add_module(DECODER.source(), name=DECODER.name)
    caller = Module("Caller", Kind.MODULE, f'Public Function Told()\nTold = "{literal}"\nEnd Function')
    application.add_module(caller.source(), name="Caller")
    told = str(application.run("Told"))
    assert told.encode("utf-16-le", "surrogatepass") == text.encode("utf-16-le")
