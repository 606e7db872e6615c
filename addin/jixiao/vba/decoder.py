"""The module that turns escaped literals back into text when a macro runs."""

from jixiao.vba.escaping import DECODER_NAME
from jixiao.vba.source import Kind, Module

DECODER = Module(
    DECODER_NAME,
    Kind.MODULE,
    r"""Option Explicit
Option Private Module

' "\uXXXX" is one UTF-16 unit; everything else stays as it is.
Public Function U(ByVal escaped As String) As String
    Dim parts() As String
    Dim text As String
    Dim i As Long
    parts = Split(escaped, "\u")
    text = parts(0)
    For i = 1 To UBound(parts)
        text = text & ChrW(CLng("&H" & Left$(parts(i), 4))) & Mid$(parts(i), 5)
    Next
    U = text
End Function
""",
)
