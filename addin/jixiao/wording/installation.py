"""What install and uninstall say. Every sentence of trouble says what to do."""

INSTALLED = "已安装加载项：{path}"
CONFIGURED = "已写入设置：{path}"
SCRIPT = "已安装 xlwings 的脚本：{path}"
AT_LOGON = "已设为登录 Windows 时启动函数服务，现在也已启动。"
AT_LOGON_RUNNING = "已设为登录 Windows 时启动函数服务；服务正在运行，如刚升级过，请注销后重新登录。"
NO_LONGER_AT_LOGON = "已取消登录时启动函数服务；正在运行的服务到注销时结束。"
OPEN_EXCEL = "请重新打开 Excel，功能区会出现“绩效”；如果没有，请运行 jixiao doctor。"
NO_FUNCTIONS_ON_MAC = (
    "macOS 上只有功能区按钮可用；单元格函数 PERF_… 需要 Windows，新建表单时请加 --native 改用原生公式。"
)

REMOVED = "已删除：{path}"
NOTHING_TO_REMOVE = "没有安装过，无需移除。"

NO_OFFICE = (
    "本机没有 Excel，也没有找到 LibreOffice；新建、导入、填写、校验、生成报告都可以直接用命令行（jixiao --help）。"
    "要在 LibreOffice 里使用，请先安装 libreoffice-calc 和 python3-uno，再运行 jixiao install。"
)
ADDON_INSTALLED = "已为 LibreOffice 安装加载项：{path}"
ADDON_REMOVED = "已从 LibreOffice 中移除加载项；LibreOffice 如果开着，请关闭全部窗口后再打开。"
OPEN_OFFICE = "请关闭全部 LibreOffice 窗口后再打开 Calc，会出现菜单和工具栏“绩效”；如果没有，请运行 jixiao doctor。"
ONLY_FUNCTIONS = "单元格函数可以使用，按钮还不能用：{reason}"
ROOT = "LibreOffice 的加载项装在每个用户自己名下，请不要用 root 或 sudo，改用平时登录的用户运行 jixiao install。"
ADDON_NOT_PLACED = (
    "LibreOffice 没有装上加载项：请关闭全部 LibreOffice 窗口，确认装有 python3-uno，再运行一次；"
    "仍不成功时，在文件管理器中双击 {path}。"
)
ADDON_NOT_REMOVED = (
    "LibreOffice 没有移除加载项：请关闭全部 LibreOffice 窗口再试，或在“工具—扩展管理器”中选中“绩效”，点“移除”。"
)
ONLY_WINDOWS = "--at-logon 只用于 Windows，请去掉后再试。"
NO_ADDIN = "程序里没有 {name}，安装包不完整，请重新安装（pip install --force-reinstall jixiao）。"
NO_SCRIPT = "没有找到 {name}，xlwings 的版本不符，请运行 pip install xlwings=={version} 后再试。"
NOT_PLACED = "{reason}如果 Excel 开着，请先退出全部 Excel 窗口，再运行一次。"
NOT_REMOVED = "{name}：正被占用或没有权限，未能删除；请退出全部 Excel 窗口后再试。"
UNWRITABLE = "“{value}”含有本机代码页（{code_page}）以外的字，Excel 读不出；请把 Python 安装到纯英文路径（如 D:\\jixiao）后再试。"
QUOTED = "“{value}”含有引号或换行，无法写入设置；请把 Python 安装到纯英文路径（如 D:\\jixiao）后再试。"
ODD_PATH = (
    "✗ Python 的路径 {path} 含有本机代码页（{code_page}）以外的字，Excel 的宏找不到它："
    "请把 Python 安装到纯英文路径（如 D:\\jixiao），再运行 jixiao install"
)
LOGON_FORBIDDEN = (
    "其他都已装好，只是本机策略不允许写入登录启动项：请按 Win+R，输入 shell:startup，"
    "在打开的文件夹里新建名为 jixiao 的快捷方式，目标填 {command}"
)
LOGON_STUCK = "本机策略不允许删除登录启动项“{name}”，其他都已完成；请联系管理员，或在任务管理器的“启动”页中禁用它。"
NOT_STARTED = "其他都已装好，只是函数服务现在没有启动成功（{reason}）：请注销后重新登录，再运行 jixiao doctor。"
