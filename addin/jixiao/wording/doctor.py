"""The lines of 检查安装: ✓ in order, · to know, ✗ to mend; each says what to do."""

PYTHON = "✓ Python {version}，{bits} 位（{path}）"
JIXIAO = "✓ 绩效 {version}，表样 {forms} 种"
OWN = "✓ 自己的表样 {count} 种（{folder}）"
WRONG = "✗ {sentence}"
PACKAGE = "✓ {name} {version}"
NO_PACKAGE = "✗ 缺少 {name}：请重新安装（pip install jixiao）"
OTHER_XLWINGS = "✗ xlwings {version}：加载项按 {wanted} 制作，两者必须一致；请运行 pip install xlwings=={wanted}"
OFFICE = "✓ LibreOffice：可把报告转为 PDF 查看"
NO_OFFICE = "· 没有 LibreOffice：不影响填写、校验和生成报告"
FONTS = "✓ 公文字体：齐全，或由办公软件自行提供"
NO_FONTS = "· 缺少公文字体 {fonts}：报告可以生成，打印前请安装或替换"

NO_EXCEL_SYSTEM = "· 本机没有 Excel，也没有 LibreOffice：加载项用不到，请用命令行（jixiao --help）"
NO_FUNCTIONS_ON_MAC = "· macOS 上只有功能区按钮；单元格函数 PERF_… 需要 Windows，请新建表单时加 --native"
UNREADABLE = "· {topic}：无法查看（{reason}）；如使用正常可不理会，否则请联系管理员"
TOPICS = {
    "dlls": "xlwings 的 DLL",
    "pywin32": "pywin32",
    "path_of_python": "Python 的路径",
    "excel": "Excel",
    "wps": "WPS 表格",
    "addin": "加载项",
    "copies": "其他加载项",
    "disabled": "Excel 的禁用项目",
    "script": "xlwings 的脚本",
    "settings": "设置文件",
    "function_server": "函数服务",
    "office_policies": "Office 策略",
    "defender_rules": "Windows 安全中心的规则",
    "libreoffice": "LibreOffice",
    "bridge": "LibreOffice 的 Python 接口",
    "addon": "LibreOffice 的加载项",
    "note": "设置文件",
}

DLLS = "✓ {names}"
NO_DLLS = "✗ 缺少 {names}（应在 {folder} 或上一级）：请运行 pip install --force-reinstall xlwings=={version}，不加 --user、--target"
PYWIN32 = "✓ pywin32"
NO_PYWIN32 = "✗ pywin32 无法使用：请运行 pip install --force-reinstall pywin32"

EXCEL = "✓ Excel {version}，{bits} 位（{path}）"
EXCEL_ELSEWHERE = (
    "✗ Excel.Application 登记的是 {path}，不是 Excel：请修复 Office（WPS 用户请先在“配置工具”中取消兼容设置）"
)
NO_EXCEL = "✗ 没有找到 Excel：请安装或修复 Office；命令行不受影响"
UNKNOWN_BITS = "未知"
WPS = "· 有 WPS 表格（{path}）：加载项未在 WPS 中测试，请以 Excel 为准"

ADDIN = "✓ 加载项：{path}"
NO_ADDIN = "✗ 没有安装加载项：请运行 jixiao install"
OTHER_ADDIN = "✗ 已安装的加载项不是本版的：请退出 Excel，再运行 jixiao install"
MARKED = "✗ 加载项带有“来自互联网”标记，Excel 会拦截：请退出 Excel，再运行 jixiao install"
COPY = "✗ 还有一份加载项 {path}：两份会冲突，请退出 Excel 后删除它"
LISTED = "✗ Excel 的加载项列表里还登记着 {entry}：请在“文件—选项—加载项—转到”中取消勾选"
DISABLED = "✗ Excel 曾因异常停用了加载项：请在“文件—选项—加载项—管理：禁用项目—转到”中启用，再重开 Excel"
SCRIPT = "✓ xlwings 的脚本：{path}"
NO_SCRIPT = "✗ 缺少 {path}，按钮不能用：请运行 jixiao install"

SETTINGS = "✓ 设置：{path}"
NO_SETTINGS = "✗ 没有设置文件 {path}：请运行 jixiao install"
NO_INTERPRETER = "✗ 设置里的 Python（{python}）不存在：请运行 jixiao install"
OTHER_INTERPRETER = "✗ 设置用的是另一个 Python（{python}）：如要改用现在这个，请运行 jixiao install"

LIBREOFFICE = "✓ LibreOffice {version}（{path}）"
BRIDGE = "✓ LibreOffice 的 Python 接口：Python {python}，与本程序相同"
NO_BRIDGE = "✗ 按钮不能用（单元格函数不受影响）：{reason}"
EXTENSION = "✓ LibreOffice 的加载项 {version}"
NO_EXTENSION = "✗ LibreOffice 里没有加载项：请运行 jixiao install"
OTHER_EXTENSION = (
    "✗ LibreOffice 里的加载项是 {found} 版，程序是 {ours} 版：请运行 jixiao install，再重新打开 LibreOffice"
)
OTHER_NOTE = "✗ 设置 {path} 指的是另一处的绩效程序：如要改用现在这个，请运行 jixiao install"

BY_EXCEL = "· 函数服务由 Excel 启动；如单位策略不允许，请运行 jixiao install --at-logon"
AT_LOGON = "✓ 函数服务：登录时启动，正在运行"
NOT_RUNNING = "✗ 函数服务没有运行：请注销后重新登录，或再运行一次 jixiao install --at-logon"
NO_ENTRY = "✗ 设置为登录时启动函数服务，但没有登录启动项：请运行 jixiao install --at-logon"
USELESS_ENTRY = "✗ 有登录启动项，但设置没有用它：请运行 jixiao install --at-logon 启用，或 jixiao install 去掉它"
OTHER_ENTRY = "✗ 登录启动项用的是另一个命令（{command}）：请运行 jixiao install --at-logon"

NO_POLICIES = "✓ 没有发现限制宏和加载项的 Office 策略"
VBA_OFF = "✗ 策略停用了 VBA，加载项不能运行：请管理员放开，或改用命令行"
ADDINS_OFF = "✗ 策略停用了全部加载项：请管理员放开，或改用命令行"
LOCATIONS_OFF = "✗ 策略停用了受信任位置，XLSTART 不再受信任：请管理员恢复，或给加载项签名并加入受信任的发布者"
ADDINS_SIGNED = "✗ 策略要求加载项有数字签名：请管理员给 jixiao.xlam 签名，并把证书加入受信任的发布者"
MACROS_SIGNED = "· 策略只允许有签名的宏：XLSTART 里的加载项不受影响；带按钮的 .xlsm 请用 .xlsx 代替"
MACROS_OFF = "· 策略禁用了宏：XLSTART 里的加载项不受影响；带按钮的 .xlsm 请用 .xlsx 代替"
INTERNET_OFF = "· 策略禁用来自互联网的文件中的宏：收到的 .xlsm 请改用 .xlsx，或在文件属性中“解除锁定”"

NO_RULES = "✓ 没有发现限制 Office 启动程序的安全规则"
NO_CHILDREN = "✗ 安全规则不允许 Office 启动程序：请运行 jixiao install --at-logon（已经这样安装的不必再做）"
NO_CALLS = "✗ 安全规则不允许宏调用系统函数，加载项会被拦截：请管理员为 jixiao.xlam 设置例外，或改用命令行"
