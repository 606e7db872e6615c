"""Sentences about LibreOffice: where it is missing, does not answer, or cannot read a file."""

NOT_FOUND = "没有找到 LibreOffice，请先安装（软件包 libreoffice-calc、libreoffice-writer 和 python3-uno）。"
NO_UNO = "LibreOffice 缺少 Python 接口，请先安装（软件包 python3-uno 或 libreoffice-pyuno）。"
OTHER_PYTHON = (
    "LibreOffice 的 Python 接口只供 Python 3.{theirs} 使用，本程序运行在 Python 3.{ours} 上；"
    "两者要相同（3.11 以上），否则只能用单元格函数和命令行。"
)
BROKEN_UNO = "LibreOffice 的 Python 接口无法载入（{reason}），请重新安装 LibreOffice 和 python3-uno。"

NOT_STARTED = "LibreOffice 没有启动成功，请再试一次；仍不成功时请重新安装 LibreOffice。"
TOO_LATE = "LibreOffice 超过 {seconds:.0f} 秒没有答复，已将其结束；原文件未改动，请再试一次。"
DIED = "LibreOffice 意外退出；原文件未改动，请再试一次。"

OUR_REPORT = "评价报告"
NOT_READ = (
    "{name}：LibreOffice 打不开这个文件，可能设有密码或已损坏；请用原来的程序打开，另存为 .xlsx 或 .docx 后再试。"
)
