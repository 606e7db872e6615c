Attribute VB_Name = "JixiaoRibbon"
Option Explicit

' 按钮：功能区和表上的按钮都到这里，一个按钮是 Python 里的一个动作。

' 菜单各项的 id 是“按钮名_序号”，tag 是交给动作的参数。
Public Sub JixiaoOnAction(control As IRibbonControl)
    JixiaoPress Split(control.ID, "_")(0), control.Tag
End Sub

Public Sub JixiaoPress(ByVal button As String, Optional ByVal argument As String = "")
    Dim sentence As String
    sentence = ObstacleTo(button)
    If sentence = "" Then sentence = HandOver(PressCommand(button, argument, IsReadOnly()))
    If sentence <> "" Then MsgBox sentence, vbExclamation, "绩效"
End Sub

Private Function PressCommand(ByVal button As String, ByVal argument As String, ByVal readOnly As Boolean) As String
    PressCommand = "from jixiao import buttons; buttons.press(" & Quoted(button) & ", " & Quoted(argument) & ", " _
        & IIf(readOnly, "True", "False") & ")"
End Function

' Python 的字符串。
Private Function Quoted(ByVal text As String) As String
    Quoted = "'" & Replace(Replace(text, "\", "\\"), "'", "\'") & "'"
End Function

' 还没有交给 Python 就办不了的，一句话说明；能办的为空。
Private Function ObstacleTo(ByVal button As String) As String
    Dim stranger As String
    stranger = OtherAddIn()
    If IsBusy() Then
        ObstacleTo = "Excel 正在编辑单元格或正忙，请先按回车键结束编辑，再点按钮。"
    ElseIf stranger <> "" Then
        ObstacleTo = "同时打开了两个绩效加载项（" & ThisWorkbook.Name & " 和 " & stranger & "），请在“文件－选项－加载项”中只留 jixiao.xlam，再重新打开 Excel。"
    ElseIf ActiveWorkbook Is Nothing And NeedsWorkbook(button) Then
        ObstacleTo = "请先打开绩效表工作簿再点按钮；在“受保护的视图”中的，请先点“启用编辑”。"
    End If
    #If Mac Then
        If ObstacleTo = "" Then ObstacleTo = OddName(ActiveWorkbook.FullName)
    #End If
End Function

' Mac 的 RunPython 把文件名写进命令行：名字里有命令行认作指令的符号，就不交给它。
Private Function OddName(ByVal path As String) As String
    If path Like "*[$`""';|=&<>\]*" Then
        OddName = "文件名或文件夹名里有 $ ` "" ' ; | = & < > \ 这样的符号，请改名以后再点按钮。"
    End If
End Function

Private Function NeedsWorkbook(ByVal button As String) As Boolean
    Select Case button
        Case "bind", "fill", "check", "report", "export", "undo"
            NeedsWorkbook = True
    End Select
    #If Mac Then
        NeedsWorkbook = True    ' RunPython 要有当前工作簿
    #End If
End Function

' WPS 没有这两个属性：当作不忙。
Private Function IsBusy() As Boolean
    Dim host As Object
    Set host = Application
    On Error Resume Next
    IsBusy = Not host.Ready
    IsBusy = IsBusy Or Not host.Interactive
End Function

' 另一个打开着的绩效加载项的文件名；没有为空。
Private Function OtherAddIn() As String
    Dim host As Object, known As Object
    Set host = Application
    On Error GoTo unknown    ' 没有 AddIns2 的程序不查
    For Each known In host.AddIns2
        If known.IsOpen And IsOurs(known.Name) And LCase$(known.Name) <> LCase$(ThisWorkbook.Name) Then OtherAddIn = known.Name
    Next
unknown:
End Function

Private Function IsReadOnly() As Boolean
    If Not ActiveWorkbook Is Nothing Then IsReadOnly = ActiveWorkbook.ReadOnly
End Function

' 交给 Python 去做；交不过去的，返回一句说明。
Private Function HandOver(ByVal command As String) As String
    On Error GoTo unreachable
    #If Mac Then
        RunPython command
    #Else
        Dim program As Object
        Set program = Python
        program.SetAttr program.Module("xlwings._xlwindows"), "BOOK_CALLER", Caller()
        program.Exec command
    #End If
    Exit Function
unreachable:
    HandOver = "未能启动绩效程序，请运行 jixiao doctor（检查安装）查看原因，或请信息人员重新运行 jixiao install。"
End Function

' 当前工作簿；一个都没有打开时，是加载项自己。
Private Function Caller() As Object
    Set Caller = ActiveWorkbook
    If Caller Is Nothing Then Set Caller = ThisWorkbook
End Function
