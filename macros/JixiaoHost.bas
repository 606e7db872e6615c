Attribute VB_Name = "JixiaoHost"
Option Explicit

' Python 经 app.macro 调用的函数：一次调用读完一张表的版面，把一张表放到前面，两个文件对话框，以及从几行里选一行。

' 每行一件事：字母、四个数或文字、空。f 同格式的一段列，m 合并区域，r 一段隐藏的行，c 一段隐藏的列，n 表内名称，u 已用区域（总在第一行）。
Public Function JixiaoLayout(ByVal book As String, ByVal sheet As String) As Variant
    Dim source As Worksheet, facts As Collection
    Set source = Workbooks(book).Worksheets(sheet)
    Set facts = New Collection
    AddArea facts, "u", FilledRange(source)
    AddFormats facts, source
    AddMerged facts, source
    AddHidden facts, "r", source, WholeSheet(source).Rows.Count
    AddHidden facts, "c", source, WholeSheet(source).Columns.Count
    AddNames facts, source
    JixiaoLayout = Table(facts)
End Function

Public Sub JixiaoShow(ByVal book As String, ByVal sheet As String)
    Workbooks(book).Worksheets(sheet).Activate
End Sub

Public Function JixiaoAskSave(ByVal suggested As String, ByVal filter As String, ByVal title As String) As Variant
    #If Mac Then
        JixiaoAskSave = Application.GetSaveAsFilename(suggested, Title:=title)    ' Mac 版没有筛选
    #Else
        JixiaoAskSave = Application.GetSaveAsFilename(suggested, filter, Title:=title)
    #End If
End Function

Public Function JixiaoAskOpen(ByVal filter As String, ByVal title As String) As Variant
    #If Mac Then
        JixiaoAskOpen = Application.GetOpenFilename(Title:=title)
    #Else
        JixiaoAskOpen = Application.GetOpenFilename(filter, Title:=title)
    #End If
End Function

' 选中那一行的序号，从 1 起；取消是 0。输入框装不下太多字，一次列十二行。
Public Function JixiaoAskOne(ByVal lines As String, ByVal title As String) As Variant
    Dim items As Variant, first As Long, typed As String, chosen As Double
    items = Split(lines, vbLf)
    Do
        typed = Trim$(InputBox(ListedFrom(items, first), title))
        chosen = Val(typed)
        If typed = "0" Then
            first = first + 12
            If first > UBound(items) Then first = 0
        End If
    Loop Until typed = "" Or (chosen >= 1 And chosen <= UBound(items) + 1 And chosen = Int(chosen))
    JixiaoAskOne = CLng(chosen)
End Function

Private Function ListedFrom(ByVal items As Variant, ByVal first As Long) As String
    Dim number As Long
    ListedFrom = "请输入序号："
    For number = first To UBound(items)
        If number = first + 12 Then Exit For
        ListedFrom = ListedFrom & vbLf & (number + 1) & "  " & Left$(items(number), 60)
    Next
    If UBound(items) >= 12 Then ListedFrom = ListedFrom & vbLf & "0  看其余的"
End Function

Private Sub AddArea(ByVal facts As Collection, ByVal letter As String, ByVal area As Range)
    facts.Add Array(letter, area.Row, area.Column, area.Row + area.Rows.Count - 1, area.Column + area.Columns.Count - 1, "")
End Sub

' 空白单元格不打断一段。
Private Sub AddFormats(ByVal facts As Collection, ByVal source As Worksheet)
    Dim texts As Variant, formatOfCell As String, formatOfRun As String
    Dim r As Long, c As Long, top As Long, bottom As Long
    texts = WholeSheet(source).Formula
    For c = 1 To UBound(texts, 2)
        top = 0
        For r = 1 To UBound(texts, 1)
            If Len(texts(r, c)) > 0 Then
                formatOfCell = source.Cells(r, c).NumberFormat
                If top > 0 And formatOfCell <> formatOfRun Then
                    facts.Add Array("f", top, c, bottom, formatOfRun, "")
                    top = 0
                End If
                If top = 0 Then top = r
                bottom = r
                formatOfRun = formatOfCell
            End If
        Next
        If top > 0 Then facts.Add Array("f", top, c, bottom, formatOfRun, "")
    Next
End Sub

Private Sub AddMerged(ByVal facts As Collection, ByVal source As Worksheet)
    Dim cell As Range, used As Range
    Dim r As Long, c As Long
    Set used = FilledRange(source)
    For r = used.Row To used.Row + used.Rows.Count - 1
        c = used.Column
        Do While c < used.Column + used.Columns.Count
            Set cell = source.Cells(r, c)
            If cell.MergeCells Then
                If cell.MergeArea.Row = r Then AddArea facts, "m", cell.MergeArea
                c = cell.MergeArea.Column + cell.MergeArea.Columns.Count
            Else
                c = c + 1
            End If
        Loop
    Next
End Sub

' 逐行逐列问，都在 Excel 里面，很快；SpecialCells 一次能答，但在受保护的表上会出错。
Private Sub AddHidden(ByVal facts As Collection, ByVal letter As String, ByVal source As Worksheet, ByVal last As Long)
    Dim i As Long, first As Long
    For i = 1 To last
        If IsHidden(source, letter, i) Then
            If first = 0 Then first = i
        ElseIf first > 0 Then
            facts.Add Array(letter, first, i - 1, "", "", "")
            first = 0
        End If
    Next
    If first > 0 Then facts.Add Array(letter, first, last, "", "", "")
End Sub

Private Function IsHidden(ByVal source As Worksheet, ByVal letter As String, ByVal i As Long) As Boolean
    If letter = "r" Then IsHidden = source.Rows(i).Hidden Else IsHidden = source.Columns(i).Hidden
End Function

Private Sub AddNames(ByVal facts As Collection, ByVal source As Worksheet)
    Dim defined As Name
    For Each defined In source.Names
        facts.Add Array("n", Mid$(defined.Name, InStrRev(defined.Name, "!") + 1), defined.RefersTo, "", "", "")
    Next
End Sub

Private Function Table(ByVal facts As Collection) As Variant
    Dim rows() As Variant, fact As Variant
    Dim r As Long, c As Long
    ReDim rows(1 To facts.Count, 1 To 6)
    For Each fact In facts
        r = r + 1
        For c = 1 To 6
            rows(r, c) = fact(c - 1)
        Next
    Next
    Table = rows
End Function
