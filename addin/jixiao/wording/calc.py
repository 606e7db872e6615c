"""What is said in a live workbook of LibreOffice, where it differs from Excel."""

MARKED_STYLE = "绩效标记"
CLOSED = "这个工作簿已经关闭，没有继续。请重新打开它，再点一次按钮。"
READ_ONLY = "{name} 是以只读方式打开的，LibreOffice 不让改动，表中未作任何改动。请先用“编辑”菜单中的“编辑模式”，或者另存一份，再点一次按钮。"
SAME_NAMES = "有两个名为 {name} 的工作簿开着，分不清是哪一个。请先关闭其中一个，再点一次按钮。"
NOT_SAVED_YET = "{name} 还没有保存过，请先用“另存为”给它一个文件名。"
