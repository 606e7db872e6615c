"""The product's VBA among stand-ins: what Excel and xlwings would do is recorded, and the rest runs as it is.

The same modules run in two engines: pyOpenVBA's interpreter and LibreOffice's Basic.
"""

import re

from jixiao.addins.excel.modules import addin_modules, form_modules
from jixiao.vba import Kind, Module

NOT_RUN = {"ThisWorkbook", "Sheet1", "xlwings", "Dictionary"}
"""Modules of documents, and the code of others."""

REPLACED = {
    "JixiaoRibbon": {
        "Set host = Application": "Set host = New Office_",
        "ThisWorkbook.Name": "AddInName",
        "ActiveWorkbook": "InFront",
        "Set Caller = ThisWorkbook": "Set Caller = BookNamed(AddInName)",
        "MsgBox ": "Say ",
        "As IRibbonControl": "As Object",
    },
    "JixiaoHost": {"InputBox(": "NextTyped("},
    "JixiaoEvents": {"WithEvents ": ""},
    "JixiaoCells": {"Application.MacroOptions ": "RecordHelp ", "ThisWorkbook.Name": "AddInName"},
    "JixiaoRebind": {
        "shown(r, c) = CVErr(xlErrName)": 'CStr(shown(r, c)) = "Error 2029"'
    },  # pyOpenVBA compares no errors
    "JixiaoButtons": {
        'Workbooks("jixiao.xlam")': "OpenAddIn",
        "Application.Run ": "RecordRun ",
        "MsgBox ": "Say ",
    },
}
"""What stands for Excel in the product's modules."""

LIBREOFFICE = {
    "JixiaoCells": {r"\.Value2\b": ".Value"},
    "JixiaoRebind": {r"\.Value2\b": ".Value"},
}
"""What LibreOffice's Basic does not know."""

_MAC = re.compile(r"[ ]*#If Mac Then\n.*?(?:#Else\n(?P<windows>.*?))?[ ]*#End If\n", re.DOTALL)
"""LibreOffice's Basic runs both branches."""

_XLWINGS = """Option Explicit
Public Recorded As String, Said As String
Public Attempts As Long, Failing As Boolean, Reply As Variant
Public AddInName As String, OtherName As String, OtherOpen As Boolean
Public Busy As Boolean, NoBook As Boolean, OpenedReadOnly As Boolean, NoAddIn As Boolean
Public NoSettings As Boolean
Public ToType As String

Public Sub Reset()
    Recorded = ""
    Said = ""
    Attempts = 0
    Failing = False
    Reply = 1
    AddInName = "jixiao.xlam"
    OtherName = ""
    OtherOpen = True
    Busy = False
    NoBook = False
    OpenedReadOnly = False
    NoAddIn = False
    NoSettings = False
End Sub

Public Sub Record(ByVal line As String)
    Recorded = Recorded & line & vbLf
End Sub

Public Sub Say(ByVal sentence As String, ByVal style As Long, ByVal title As String)
    Said = Said & title & ": " & sentence & vbLf
End Sub

Public Function NextTyped(ByVal question As String, ByVal title As String) As String
    Say question, 0, title
    NextTyped = Split(ToType, ",")(0)
    ToType = Mid$(ToType, Len(NextTyped) + 2)
End Function

Public Function GetConfig(ByVal setting As String) As String
    If setting = "INTERPRETER_WIN" And Not NoSettings Then GetConfig = "python.exe"
End Function

Public Function XLPy() As Object
    Attempts = Attempts + 1
    If Failing Then Err.Raise 1000
    Set XLPy = New Server_
End Function

Public Function InFront() As Object
    Set InFront = Nothing
    If Not NoBook Then Set InFront = BookNamed("book.xlsx")
End Function

Public Function OpenAddIn() As Object
    If NoAddIn Then Err.Raise 9
    Set OpenAddIn = BookNamed("jixiao.xlam")
End Function

Public Function BookNamed(ByVal title As String) As Object
    Set BookNamed = New Book
    BookNamed.Name = title
End Function

Public Sub RecordHelp(ByVal Macro As String, ByVal Description As String, ByVal Category As String, ByVal ArgumentDescriptions As Variant)
    Record Macro & "|" & Category & "|" & Description & "|" & Join(ArgumentDescriptions, "|")
End Sub

Public Sub RecordRun(ByVal macro_ As String, ByVal argument As String)
    Record macro_ & "(" & argument & ")"
End Sub
"""

_SERVER = """Option Explicit
Public Function CallUDF(moduleName, functionName, arguments)
    Dim i As Long, text As String
    For i = LBound(arguments) To UBound(arguments)
        text = text & "|" & Shown(arguments(i))
    Next
    Record moduleName & "." & functionName & text
    CallUDF = Reply
End Function

Public Function Module(moduleName)
    Module = moduleName
End Function

Public Sub SetAttr(owner, member, value)
    Record owner & "." & member & " = " & value.Name
End Sub

Public Sub Exec(command)
    Record command
End Sub
"""

_OFFICE = """Option Explicit
Public Property Get Ready() As Boolean
    Ready = Not Busy
End Property

Public Property Get Interactive() As Boolean
    Interactive = True
End Property

Public Property Get AddIns2() As Object
    Dim known As Collection, other As Object
    Set known = New Collection
    Set other = New AddIn_
    known.Add other
    Set AddIns2 = known
End Property
"""

_ADDIN = """Option Explicit
Public Property Get Name() As String
    Name = OtherName
End Property

Public Property Get IsOpen() As Boolean
    IsOpen = OtherOpen
End Property
"""

_BOOK = """Option Explicit
Public Name As String

Public Property Get ReadOnly() As Boolean
    ReadOnly = OpenedReadOnly
End Property
"""

_CONTROL = """Option Explicit
Public ID As String
Public Tag As String
"""

_CALLS = """Option Explicit
Public Function Shown(value) As String
    If IsArray(value) Then
        Shown = ShownArray(value)
    ElseIf IsError(value) Then
        Shown = CStr(value)
    ElseIf IsEmpty(value) Then
        Shown = "blank"
    ElseIf VarType(value) = vbString Then
        Shown = "'" & value & "'"
    Else
        Shown = CStr(value)
    End If
End Function

Private Function ShownArray(value) As String
    Dim r As Long, c As Long
    For r = LBound(value, 1) To UBound(value, 1)
        ShownArray = ShownArray & "["
        For c = LBound(value, 2) To UBound(value, 2)
            ShownArray = ShownArray & Shown(value(r, c)) & ","
        Next
        ShownArray = ShownArray & "]"
    Next
End Function

Public Function Told() As String
    Told = Recorded
End Function

Public Function Heard() As String
    Heard = Said
End Function

Public Sub Arrange(ByVal what As String, ByVal text As String)
    Select Case what
        Case "failing": Failing = (text = "yes")
        Case "other": OtherName = text
        Case "closed": OtherOpen = False
        Case "typing": ToType = text
        Case "busy": Busy = True
        Case "no book": NoBook = True
        Case "read-only": OpenedReadOnly = True
        Case "no add-in": NoAddIn = True
        Case "no settings": NoSettings = True
    End Select
End Sub

Public Function AttemptsMade() As String
    AttemptsMade = CStr(Attempts)
End Function

Public Function Answered(ByVal text As String) As String
    Reply = text
    Answered = Shown(PERF_GRADE(1))
End Function

Public Function AnsweredNumber() As String
    Reply = 0.25
    AnsweredNumber = Shown(PERF_GRADE(1) * 2)
End Function

Public Function CalledWith(ByVal what As String) As String
    Dim sheet As Worksheet
    Set sheet = ThisWorkbook.Worksheets(2)
    sheet.Range("Q1").Value = 12.5
    sheet.Range("R1").Value = "95%"
    sheet.Range("R2").Value = True
    Recorded = ""
    Select Case what
        Case "nothing left out": PERF_SCORE "95%", 0.5, 10, "x", "s"
        Case "left out": PERF_SCORE 95, 96, 10
        Case "left out in between": PERF_SCORE 95, 96, 10, , "s"
        Case "a cell": PERF_WAN sheet.Range("Q1")
        Case "a blank cell": PERF_WAN sheet.Range("Z99")
        Case "a range": PERF_WEIGHT_DIFF sheet.Range("Q1:R2")
        Case "columns": PERF_WEIGHT_DIFF sheet.Range("Q:R")
        Case "below everything": PERF_WEIGHT_DIFF sheet.Range("Q900:R999")
        Case "two areas": PERF_WEIGHT_DIFF sheet.Range("Q1:Q2,R1:R2")
        Case "an error": PERF_WAN CVErr(xlErrDiv0)
    End Select
    CalledWith = Recorded
End Function

Public Sub PressOnRibbon(ByVal id As String, ByVal tag As String)
    Dim pressed As New Control
    pressed.ID = id
    pressed.Tag = tag
    JixiaoOnAction pressed
End Sub
"""

STAND_INS = [
    Module("xlwings", Kind.MODULE, _XLWINGS),
    Module("Server_", Kind.CLASS, _SERVER),
    Module("Office_", Kind.CLASS, _OFFICE),
    Module("AddIn_", Kind.CLASS, _ADDIN),
    Module("Book", Kind.CLASS, _BOOK),
    Module("Control", Kind.CLASS, _CONTROL),
    Module("Calls", Kind.MODULE, _CALLS),
]


def modules() -> list[Module]:
    """The product's modules with Excel replaced, and the stand-ins."""
    buttons = [module for module in form_modules() if module.name == "JixiaoButtons"]
    product = [module for module in addin_modules() if module.name not in NOT_RUN]
    return [*map(_replaced, product + buttons), *STAND_INS]


def for_libreoffice() -> list[Module]:
    """The same in the Basic of LibreOffice."""
    return [module._replace(body=_in_basic(module)) for module in modules()]


def _replaced(module: Module) -> Module:
    body = module.body
    for old, new in REPLACED.get(module.name, {}).items():
        assert old in body, f"{module.name} does not hold {old}"
        body = body.replace(old, new)
    return module._replace(body=body)


def _in_basic(module: Module) -> str:
    body = _MAC.sub(lambda branches: branches["windows"] or "", module.body)
    for pattern, new in LIBREOFFICE.get(module.name, {}).items():
        body = re.sub(pattern, new, body)
    return body
