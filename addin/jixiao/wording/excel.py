"""What is said in a live workbook, in Excel and in LibreOffice."""

TITLE = "绩效"
BUSY = "表格程序正忙或正在编辑单元格，请先按回车结束编辑，再点一次按钮。"
NOT_WRITABLE = (
    "{name}：“{sheet}”的 {cell} 没有写入，表中未作任何改动。工作表可能受保护，请先撤销工作表保护"
    "（Excel 在“审阅”里，LibreOffice 在“工具”里），再点一次按钮。"
)
NOT_BOUND, NOT_UNBOUND = (
    "{name}：“{sheet}”" + result + "，表中未作任何改动。工作表或工作簿的结构可能受保护，请先撤销保护"
    "（Excel 在“审阅”里，LibreOffice 在“工具”里），再点一次按钮。"
    for result in ("没有绑定成", "没有恢复到绑定以前")
)
NO_COPY = "{name}：表格程序没有交出这个工作簿的副本，没有继续。请先保存，再点一次按钮。"
NO_ADDIN = "绩效加载项没有应答，请点“检查安装”看原因；如仍如此，请关闭所有窗口后重新打开。"
WORKBOOKS = "工作簿"
WORD_DOCUMENTS = "Word 文档"
FORMS = "填好的表"
SAME_NAME = "已生成：\n{path}\n\n现在打不开：已经有一个同名的工作簿开着，请先关闭它，再打开这个文件。"
