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

Private Sub HandOver(ByVal button As String)
    On Error GoTo missing
    Application.Run "'jixiao.xlam'!JixiaoPress", button
    Exit Sub
missing:
    MsgBox "绩效加载项没有打开，请信息人员运行 jixiao install，再重新打开 Excel。", vbExclamation, "绩效"
End Sub
