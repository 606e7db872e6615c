"""What is said in a live workbook."""

TITLE = "绩效"
BUSY = "Excel 正忙或正在编辑单元格，请先按回车结束编辑，再点一次按钮。"
NOT_WRITABLE = "{name}：“{sheet}”的 {cell} 没有写入，表中未作任何改动。工作表可能受保护，请先用“审阅”中的“撤销工作表保护”，再点一次按钮。"
NO_ADDIN = "绩效加载项没有应答，请关闭所有 Excel 窗口后重新打开；如仍如此，请运行 jixiao install 重新安装加载项。"
WORKBOOKS = "工作簿"
WORD_DOCUMENTS = "Word 文档"
FORMS = "填好的表"
