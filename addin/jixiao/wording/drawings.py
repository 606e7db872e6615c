"""What is said about a mistake in a drawing: the line, what is wrong, and the nearest name."""

from jixiao.places import Place
from jixiao.wording.places import place_words

MISTAKE = "表样{name}第{line}行：{sentence}。"
NEAREST = "；最接近的是“{name}”"
SECTION = "没有“== {name}”这一段"
KEY = "没有“{name}”这个开头项"
NO_KEY = "开头缺少 {keys}"
MARKER = "行首的“{marker}”看不懂"
WIDTH = "画了{cells}格，列宽有{width}列"
KIND = "没有“{name}”这种单元格"
RELATION = "没有名为“{name}”的关系"
TWICE = "“{name}”已在第{line}行画过"
TWICE_PRINTED = "“{name}”表上已经有了，不必再放在右边"
NAME = "“{name}”不能作名称：用小写字母、数字和点，最后一段不能像单元格地址"
NO_HEADER = "重复的行“{name}”上面没有表头"
BEGUN_TWICE = "重复的行“{name}”在第{line}行已经开始，中间隔着别的行，不能再开始一次"
BAND_AND_FACT = "“{name}”既是重复的行，又是单独一格"
UNIT = "没有“{name}”这个单位"
NUMBER = "“{key}”应填数字，填的是“{text}”"
VALUE = "没有“{name}”"
NOTHING_LEFT = "第一格左边没有可以合并的格"
NOTHING_ABOVE = "第一行上面没有可以合并的格"
BRACES = "“{text}”里的花括号看不懂：一格一个名称，用小写字母、数字和点"
WORDS_IN_BAND = "重复的行里，“{text}”这一格只能写名称和先印的字"
HEADING = "“{kind}”：label 和 table 后面写标题，别的后面什么也不写"
TOO_MANY = "竖线太多"
ARGUMENT = "关系“{name}”后面的 of 不对：sum 必须写，执行率和执行得分可以写，别的不写"
SECTION_TWICE = "“== {name}”只能有一段"
KEY_ONCE = "“{key}”要写一次，也只写一次"
NO_FORM = "没有“== form”，或者里面没有画表"
ALONE_IN_BAND = "“{name}”不能放在重复的行里；重复的行里名称写作“表.列”"
MOVED = "“{name}”和这张表别的行不在同一列"
UNITS = "“{name}”和所加的“{argument}”单位不同"
RELATED = "“{name}”：computed 和 suggested 要写关系，别的不写"
NOT_REPEATED = "“{name}”不是重复的行"
OTHER_ID = "“id”应与文件名相同，填的是“{id}”"
NOT_TEXT = "表样{name}不是 UTF-8 文本，请另存为 UTF-8。"
NO_FACT = "表上没有“{name}”这一格"
NO_HEADING = "“{name}”上面没有标题“{heading}”"
TOO_WIDE = "最多画 {most} 列"
TOO_MUCH = "{number} 太大，最多 {most}"

DRAWN_FROM = "由“{name}”画出。改好后放进 {folder}，新建、导入、导出和按钮都认得它；文件名就是编号。"
IS_KNOWN = "“{name}”里的表就是已有的表样“{id}”，照印如下。"
MONEY = "金额单位：{unit}。"
NO_MONEY = "没有看出金额单位，请在数字格式后面补写，如 General 万元。"
STAGE = "环节：{stage}。"
STAGES = {
    "goal": "绩效目标申报（批复）",
    "monitoring": "绩效运行监控",
    "self": "绩效自评",
    "department": "部门评价",
    "review": "复核",
    "undecided": "没有看出",
}
MEND = "还有一处要改：{sentence}"
DOUBTFUL = "下面的格子拿不准，先用了临时的名称；核对后改成所说的名称，或另起一个："
DOUBT = "{fact}（{place}“{label}”）：可能是 {guess}，把握 {sure}%"
UNREAD = "{fact}（{place}“{label}”）：没有看懂"
NOT_UNDERSTOOD = "{place}“{words}”：没有看懂，照原样印出"
BEGUN_AGAIN_BLOCK = "{name}：中间隔着别的行，又是同样的栏，先另成一张表"
LOOK = "有 {count} 处拿不准或没有看懂，列在文件末尾"
PUT_INTO = "改好后放进 {folder}，新建、导入、导出和按钮都认得它；放好后可用 jixiao draw --check 检查。"


SOUND = "{name}：没有问题，{facts} 项、{tables} 张重复的表，评分方案 {scheme}"
SOUND_SCHEME = "{name}：没有问题，评分方案“{title}”，{since} 年起用"
SAME_HEADINGS = "；栏目与“{other}”完全相同，遇到这种表按“{first}”认"
FEW_HEADINGS = "；表上印的字太少，只认用它新建的工作簿"
FOR_NOW = "；还有 {count} 项用着临时的名称，校验时不起作用"
EMPTY = "“{folder}”里还没有表样。"
NO_DRAWING = "“{path}”不是表样（.txt）或评分方案（.toml）。"


def doubt(fact: str, place: Place, guess: str, sure: float) -> str:
    """What a cell with a name for now may be, and under which words it stands."""
    told = {"fact": fact, "place": place_words(place), "label": place.label}
    return DOUBT.format(guess=guess, sure=round(sure * 100), **told) if guess else UNREAD.format(**told)


def not_understood(place: Place, text: str) -> str:
    """What of a form stays as it is printed."""
    return NOT_UNDERSTOOD.format(place=place_words(place), words=text)
