Attribute VB_Name = "JixiaoBinding"
Option Explicit

' Python 绑定工作簿时经 app.macro 调用：标记的条件格式、“校验结果”的版面、选中几处单元格、另存副本。

' 满足条件的单元格着色；别人的条件格式不动。
Public Sub JixiaoShowMarks(ByVal book As String, ByVal sheet As String, ByVal area As String, ByVal condition As String)
    Dim rule As Object
    Set rule = Together(Workbooks(book).Worksheets(sheet), area).FormatConditions.Add(xlExpression, , "=" & condition)
    rule.StopIfTrue = False
    rule.Interior.Color = RGB(255, 199, 206)
End Sub

' 去掉条件里有这个词的条件格式，答复它们管的区域；数据条、色阶和图标集没有条件。
Public Function JixiaoHideMarks(ByVal book As String, ByVal sheet As String, ByVal word As String) As String
    Dim rules As Object, areas As String
    Dim i As Long
    Set rules = Workbooks(book).Worksheets(sheet).Cells.FormatConditions
    For i = rules.Count To 1 Step -1
        If rules(i).Type = xlExpression Then
            If InStr(rules(i).Formula1, word) > 0 Then
                areas = areas & "," & rules(i).AppliesTo.Address(False, False)
                rules(i).Delete
            End If
        End If
    Next
    JixiaoHideMarks = Mid$(areas, 2)
End Function

' 文字已经写好，这里只管样子；L 列起是标记，不显示。
Public Sub JixiaoLayOutResults(ByVal book As String, ByVal sheet As String, ByVal widths As String)
    Dim target As Worksheet, numbers As Variant
    Dim i As Long, last As Long
    Set target = Workbooks(book).Worksheets(sheet)
    numbers = Split(widths, ",")
    last = UBound(numbers) + 1
    Dress target.Range("A1"), "黑体", 14
    Dress target.Range("A2"), "宋体", 9
    target.Range("A2").Font.Color = RGB(102, 102, 102)
    With target.Range(target.Cells(3, 1), target.Cells(3, last))
        Dress .Cells, "宋体", 10.5
        .Font.Bold = True
        .Borders.LineStyle = xlContinuous
        .HorizontalAlignment = xlCenter
        .VerticalAlignment = xlCenter
        .WrapText = True
    End With
    With target.Range(target.Cells(4, 1), target.Cells(63, last))
        Dress .Cells, "宋体", 10.5
        .HorizontalAlignment = xlLeft
        .VerticalAlignment = xlTop
        .WrapText = True
    End With
    For i = 1 To last
        target.Columns(i).ColumnWidth = Val(numbers(i - 1))
    Next
    target.Range(target.Columns(12), target.Columns(target.Columns.Count)).Hidden = True
End Sub

Public Sub JixiaoSelect(ByVal book As String, ByVal sheet As String, ByVal addresses As String)
    Workbooks(book).Activate
    Workbooks(book).Worksheets(sheet).Activate
    Together(Workbooks(book).Worksheets(sheet), addresses).Select
End Sub

Public Sub JixiaoSaveCopy(ByVal book As String, ByVal path As String)
    Workbooks(book).SaveCopyAs path
End Sub

Private Sub Dress(ByVal cells As Range, ByVal font As String, ByVal points As Double)
    cells.Font.Name = font
    cells.Font.Size = points
End Sub

' Range("A1,B2") 只收 255 个字符。
Private Function Together(ByVal source As Worksheet, ByVal addresses As String) As Range
    Dim address As Variant
    For Each address In Split(addresses, ",")
        If Together Is Nothing Then
            Set Together = source.Range(address)
        Else
            Set Together = Union(Together, source.Range(address))
        End If
    Next
End Function
