Attribute VB_Name = "JixiaoCells"
Option Explicit
Option Private Module

' 单元格函数的公用部分：参数怎样交出去，结果怎样变成单元格的值。

Private retryAfter As Date

' xlwings 的函数服务。没有设置过的，xlwings 会去用别处的 pythonw 和当前文件夹里的 DLL：不让它试。
Public Function Python() As Object
    If GetConfig("INTERPRETER_WIN") = "" Then Err.Raise vbObjectError + 1
    Set Python = XLPy
End Function

' 单元格用的函数服务。连不上时 30 秒内不再试，免得每个单元格都等。
Public Function Server() As Object
    If Now < retryAfter Then Err.Raise vbObjectError + 1
    retryAfter = Now + TimeSerial(0, 0, 30)
    Set Server = Python
    retryAfter = 0
End Function

' 一个参数：单元格区域一次读出全部的值，其余原样；省略的为空，和空白单元格一样取默认值。
Public Function Plain(Optional ByVal value As Variant) As Variant
    If IsMissing(value) Then
        Plain = Empty
    ElseIf IsObject(value) Then
        Plain = Values(value)
    Else
        Plain = value
    End If
End Function

' 整列只读到已用区域的末尾；从区域的左上角读起，两列才对得上行。
Private Function Values(ByVal source As Range) As Variant
    Dim used As Range, last As Range
    If source.Areas.Count > 1 Then
        Values = CVErr(xlErrValue)
        Exit Function
    End If
    Set used = source.Worksheet.UsedRange
    Set last = used.Cells(used.Rows.Count, used.Columns.Count)
    Values = Intersect(source, source.Worksheet.Range(source.Cells(1, 1), last)).Value2
End Function

' 结果：错误值的文字变成真正的错误值，SUM 才不会略过。
Public Function Answer(ByVal value As Variant) As Variant
    Answer = value
    If VarType(value) <> vbString Then Exit Function
    Select Case value
        Case "#NULL!": Answer = CVErr(xlErrNull)
        Case "#DIV/0!": Answer = CVErr(xlErrDiv0)
        Case "#VALUE!": Answer = CVErr(xlErrValue)
        Case "#REF!": Answer = CVErr(xlErrRef)
        Case "#NAME?": Answer = CVErr(xlErrName)
        Case "#NUM!": Answer = CVErr(xlErrNum)
        Case "#N/A": Answer = CVErr(xlErrNA)
    End Select
End Function

Public Function Unavailable() As Variant
    Unavailable = CVErr(xlErrNA)
End Function

' 函数向导里的说明。
Public Sub Describe(ByVal functionName As String, ByVal category As String, ByVal text As String, ByVal help As Variant)
    On Error Resume Next    ' 说明登记不上，函数照样能用
    Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & functionName, _
        Description:=text, Category:=category, ArgumentDescriptions:=help
End Sub
