Attribute VB_Name = "JixiaoButtons"
Option Explicit

' 表上的按钮：一律交给加载项，工作簿里不留会过时的程序。

Public Sub JixiaoFill()
    HandOver "fill"
End Sub

Public Sub JixiaoCheck()
    HandOver "check"
End Sub

Public Sub JixiaoReport()
    HandOver "report"
End Sub

Public Sub JixiaoUndo()
    HandOver "undo"
End Sub

' 先看加载项开着没有：没开的，Excel 会去当前文件夹里找一个同名文件来打开。
Private Sub HandOver(ByVal button As String)
    Dim addIn As Object
    On Error GoTo missing
    Set addIn = Workbooks("jixiao.xlam")
    Application.Run "'" & addIn.Name & "'!JixiaoPress", button
    Exit Sub
missing:
    MsgBox "绩效加载项没有打开，请信息人员运行 jixiao install，再重新打开 Excel。", vbExclamation, "绩效"
End Sub
