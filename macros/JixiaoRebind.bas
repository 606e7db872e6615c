Attribute VB_Name = "JixiaoRebind"
Option Explicit
Option Private Module

' 重新绑定：公式中的 PERF_ 函数指向别处的加载项，或者显示 #NAME? 的，照原样重写一遍。只动我们的表。

Private rebound As String

' 工作簿打开时：去掉链接；有一处显示 #NAME?，说明都没有绑定，全部重写。
Public Sub Rebind(ByVal book As Workbook)
    Dim sheet As Worksheet, lost As Boolean
    If Not HasForm(book) Then Exit Sub
    For Each sheet In book.Worksheets
        lost = lost Or ShowsLost(sheet)
    Next
    RebindAll book, lost
End Sub

' 重算以后：每个工作簿只重写一次，重写也不认得的名称不再试。
Public Sub RebindLost(ByVal sheet As Worksheet)
    Dim book As Workbook
    Set book = sheet.Parent
    If InStr(rebound, "|" & book.FullName & "|") > 0 Then Exit Sub
    If Not HasForm(book) Then Exit Sub
    If Not ShowsLost(sheet) Then Exit Sub
    rebound = rebound & "|" & book.FullName & "|"
    RebindAll book, True
End Sub

Public Function HasForm(ByVal book As Workbook) As Boolean
    Dim sheet As Worksheet, defined As Name
    For Each sheet In book.Worksheets
        For Each defined In sheet.Names
            If LCase$(Right$(defined.Name, 8)) = "!jx.form" Then
                HasForm = True
                Exit Function
            End If
        Next
    Next
End Function

Private Sub RebindAll(ByVal book As Workbook, ByVal lost As Boolean)
    Dim sheet As Worksheet, wasSaved As Boolean, hadEvents As Boolean
    wasSaved = book.Saved
    hadEvents = Application.EnableEvents
    On Error GoTo restore
    Application.EnableEvents = False
    For Each sheet In book.Worksheets
        RebindSheet sheet, lost
    Next
restore:
    Application.EnableEvents = hadEvents
    book.Saved = wasSaved    ' 没有改动内容，关闭时不问是否保存
End Sub

Private Sub RebindSheet(ByVal sheet As Worksheet, ByVal lost As Boolean)
    Dim texts As Variant, found As Collection
    Dim r As Long, c As Long
    Set found = New Collection
    texts = Formulas(WholeSheet(sheet))
    For r = 1 To UBound(texts, 1)
        For c = 1 To UBound(texts, 2)
            If Mentions(texts(r, c)) Then
                If lost Or Unlinked(texts(r, c)) <> texts(r, c) Then found.Add sheet.Cells(r, c)
            End If
        Next
    Next
    If found.Count > 0 Then Rewrite sheet, found
End Sub

' 没有密码的保护解开后按原样恢复；有密码的不动。
Private Sub Rewrite(ByVal sheet As Worksheet, ByVal found As Collection)
    Dim cell As Variant, wasProtected As Boolean, options As Variant
    wasProtected = sheet.ProtectContents
    If wasProtected Then
        options = ProtectionOf(sheet)
        If Not Unprotected(sheet) Then Exit Sub
    End If
    For Each cell In found
        Reenter cell
    Next
    If wasProtected Then ProtectAgain sheet, options
End Sub

' 动态数组版的 Excel 用 Formula2：原来是不是数组公式，写回去还是。
Private Sub Reenter(ByVal cell As Object)
    On Error GoTo leaveIt    ' 多单元格数组公式的一格写不进去
    If cell.NumberFormat = "@" Then Exit Sub    ' 文本格式的格子，重写就成了文字
    If cell.HasFormula Then Enter cell, Unlinked(Formulas(cell))
leaveIt:
End Sub

Private Sub Enter(ByVal cell As Object, ByVal text As String)
    On Error GoTo older
    cell.Formula2 = text
    Exit Sub
older:
    cell.Formula = text
End Sub

Private Function Formulas(ByVal area As Object) As Variant
    On Error GoTo older
    Formulas = area.Formula2
    Exit Function
older:
    Formulas = area.Formula
End Function

Private Function ShowsLost(ByVal sheet As Worksheet) As Boolean
    Dim shown As Variant
    Dim r As Long, c As Long
    shown = WholeSheet(sheet).Value2
    For r = 1 To UBound(shown, 1)
        For c = 1 To UBound(shown, 2)
            If IsError(shown(r, c)) Then
                If shown(r, c) = CVErr(xlErrName) Then
                    If Mentions(sheet.Cells(r, c).Formula) Then ShowsLost = True
                End If
            End If
        Next
    Next
End Function

' 从 A1 到已用区域的末尾，至少 A1:B2：读出来总是二维数组，下标就是行号和列号。
Public Function WholeSheet(ByVal sheet As Worksheet) As Range
    Set WholeSheet = sheet.Range(sheet.Range("A1:B2"), FilledRange(sheet))
End Function

' 已用区域；边框画到了表底的，只到有内容的最后一行、最后一列，免得一格一格看上百万行。
Public Function FilledRange(ByVal sheet As Worksheet) As Range
    Dim lowest As Range, rightmost As Range
    Set FilledRange = sheet.UsedRange
    If FilledRange.Rows.Count <= 20000 And FilledRange.Columns.Count <= 500 Then Exit Function
    Set lowest = LastFilled(sheet, xlByRows)
    Set rightmost = LastFilled(sheet, xlByColumns)
    If lowest Is Nothing Then
        Set FilledRange = sheet.Range("A1")
    Else
        Set FilledRange = sheet.Range(sheet.Range("A1"), sheet.Cells(lowest.Row, rightmost.Column))
    End If
End Function

Private Function LastFilled(ByVal sheet As Worksheet, ByVal order As Long) As Range
    Set LastFilled = sheet.Cells.Find(What:="*", LookIn:=xlFormulas, LookAt:=xlPart, SearchOrder:=order, SearchDirection:=xlPrevious)
End Function

' ---- 公式的文字

Public Function Mentions(ByVal text As String) As Boolean
    Mentions = Left$(text, 1) = "=" And InStr(UCase$(text), "PERF_") > 0
End Function

' 去掉 PERF_ 函数前面指向加载项的路径、链接和 Excel 的前缀；引号里的文字和别的加载项不动。
Public Function Unlinked(ByVal text As String) As String
    Dim at As Long, piece As String
    at = 1
    Do While at <= Len(text)
        piece = PieceAt(text, at)
        at = at + Len(piece)
        If UCase$(Mid$(text, at, 6)) = "!PERF_" And IsOurs(FileOf(piece)) Then
            at = at + 1
        Else
            Unlinked = Unlinked & WithoutPrefix(piece)
        End If
    Loop
End Function

' 公式的一段：引号括起来的、一个名称，或者一个字符。
Private Function PieceAt(ByVal text As String, ByVal at As Long) As String
    Dim last As Long, mark As String
    last = at
    mark = Mid$(text, at, 1)
    If mark = "'" Or mark = """" Then
        last = ClosingQuote(text, at, mark)
    ElseIf IsNamePart(mark) Then
        Do While last < Len(text) And IsNamePart(Mid$(text, last + 1, 1))
            last = last + 1
        Loop
    End If
    PieceAt = Mid$(text, at, last - at + 1)
End Function

' 连续两个引号是里面的一个。
Private Function ClosingQuote(ByVal text As String, ByVal opening As Long, ByVal mark As String) As Long
    ClosingQuote = InStr(opening + 1, text, mark)
    Do While ClosingQuote > 0 And Mid$(text, ClosingQuote + 1, 1) = mark
        ClosingQuote = InStr(ClosingQuote + 2, text, mark)
    Loop
    If ClosingQuote = 0 Then ClosingQuote = Len(text)
End Function

Private Function IsNamePart(ByVal mark As String) As Boolean
    If mark = "" Then Exit Function
    IsNamePart = mark Like "[A-Za-z0-9_.]" Or AscW(mark) > 127 Or AscW(mark) < 0
End Function

Private Function WithoutPrefix(ByVal piece As String) As String
    Dim prefix As Variant
    WithoutPrefix = piece
    For Each prefix In Array("_xludf.", "_xll.")
        If LCase$(Left$(piece, Len(prefix) + 5)) = prefix & "perf_" Then WithoutPrefix = Mid$(piece, Len(prefix) + 1)
    Next
End Function

' 链接的文件名：'C:\…\jixiao.xlam' 是 jixiao.xlam。
Private Function FileOf(ByVal link As String) As String
    FileOf = link
    If Left$(link, 1) = "'" Then FileOf = Mid$(link, 2, Len(link) - 2)
    FileOf = Replace(FileOf, "/", "\")
    FileOf = Mid$(FileOf, InStrRev(FileOf, "\") + 1)
End Function

Public Function IsOurs(ByVal file As String) As Boolean
    IsOurs = LCase$(file) Like "jixiao*.xlam"
End Function

' ---- 工作表保护

Private Function Unprotected(ByVal sheet As Worksheet) As Boolean
    On Error Resume Next    ' 有密码的在这里出错
    sheet.Unprotect ""
    Unprotected = Not sheet.ProtectContents
End Function

Private Function ProtectionOf(ByVal sheet As Worksheet) As Variant
    With sheet.Protection
        ProtectionOf = Array(sheet.ProtectDrawingObjects, sheet.ProtectScenarios, _
            .AllowFormattingCells, .AllowFormattingColumns, .AllowFormattingRows, _
            .AllowInsertingColumns, .AllowInsertingRows, .AllowInsertingHyperlinks, _
            .AllowDeletingColumns, .AllowDeletingRows, .AllowSorting, .AllowFiltering, .AllowUsingPivotTables)
    End With
End Function

Private Sub ProtectAgain(ByVal sheet As Worksheet, ByVal options As Variant)
    sheet.Protect DrawingObjects:=options(0), Contents:=True, Scenarios:=options(1), _
        AllowFormattingCells:=options(2), AllowFormattingColumns:=options(3), AllowFormattingRows:=options(4), _
        AllowInsertingColumns:=options(5), AllowInsertingRows:=options(6), AllowInsertingHyperlinks:=options(7), _
        AllowDeletingColumns:=options(8), AllowDeletingRows:=options(9), AllowSorting:=options(10), _
        AllowFiltering:=options(11), AllowUsingPivotTables:=options(12)
End Sub
