"""Write ``macros/help.html``, the page the button 帮助 opens without a network: ``python docs/help.py``.

One file with everything in it: the buttons, the guide, what to do when something looks wrong, the PERF_* functions.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.toc import TocExtension, slugify_unicode
from markdown.treeprocessors import Treeprocessor

from jixiao.functions import FUNCTIONS, Argument, Function
from jixiao.wording.buttons import BUTTONS

DOCS = Path(__file__).parent
ICONS = DOCS.parent / "macros" / "icons"
PAGE = DOCS.parent / "macros" / "help.html"
TROUBLES = "看见什么，怎么办"
CJK = r"[\u2014\u2018-\u201d\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"


class Example(NamedTuple):
    """What stands in the arguments of a function, and what the cell shows; a list is what a range holds."""

    given: Sequence[str | float | list[float]]
    answer: str


EXAMPLES = {
    "PERF_GRADE": Example([92.5], "优"),
    "PERF_SCORE": Example(["≥95%", "90%", 10], "9.47"),
    "PERF_EXEC_RATE": Example([17.29, 17.32], "0.9983"),
    "PERF_EXEC_SCORE": Example([6959, 10000, 10], "6.96"),
    "PERF_ARRIVAL_RATE": Example([80, 100], "0.8"),
    "PERF_TIER_CHECK": Example([1, 10, 9], "符合"),
    "PERF_SATISFACTION_SCORE": Example(["85%", "≥90%", 10], "9.44"),
    "PERF_WEIGHT_DIFF": Example([[50, 30, 10]], "-10"),
    "PERF_COMPLETION": Example([97, 100], "0.97"),
    "PERF_DEVIATION": Example([100, 97], "-0.03"),
    "PERF_GROWTH": Example([120, 100], "0.2"),
    "PERF_SHARE": Example([25, 200], "0.125"),
    "PERF_SAVING_RATE": Example([100, 92], "0.08"),
    "PERF_BAND_SCORE": Example([85, 95, 75, 10], "5"),
    "PERF_STEP_SCORE": Example([93, 95, 1, 0.5, 5], "4"),
    "PERF_SURVEY_SCORE": Example([[80, 15, 5], [100, 60, 0], 100], "89"),
    "PERF_WAN": Example([1234567], "123.46"),
    "PERF_EXPLAIN": Example(["≥95%", "97%", 10], "完成值97%达到指标值95%，得满分10分"),
}
"""One example of every function, worked out by hand."""

ERRORS = """
方括号中的参数可以省略。参数为空白，结果也是空白；比率的除数为 0（例如预算数是 0）的，结果也是空白。算不出来的，单元格显示错误值，求和时不会被当成 0：

| 显示 | 原因 |
|---|---|
| `#VALUE!` | 参数不是这个函数要的内容，例如该填数字的格子里是文字，分值是负数 |
| `#N/A` | 没有这个评分方案或档次；或者计算程序没有启动，见“遇到问题” |
| `#NAME?` | 这台电脑上没有加载项，见“遇到问题” |

参数本身是错误值的，结果就是那个错误值。比率是小数，要显示成百分数请设单元格格式。
"""


def page() -> str:
    """The whole help page. Raises ValueError if a document lacks the part it should give."""
    document = Markdown(extensions=["tables", "sane_lists", TocExtension(slugify=slugify_unicode)])
    document.treeprocessors.register(_SelfContained(document), "self-contained", 1)
    parts = {
        "按钮": _buttons(),
        "使用说明": document.convert(_below(_text("guide.md"), "# 使用说明")),
        "遇到问题": document.convert(_below(_text("excel.md"), f"## {TROUBLES}")),
        "函数": document.convert(ERRORS) + "\n" + "\n".join(map(_function, FUNCTIONS.values())),
    }
    frame = _text("help-frame.html")
    links = "\n".join(_links(title, part) for title, part in parts.items())
    body = "\n".join(f'<section>\n<h1 id="{title}">{title}</h1>\n{part}\n</section>' for title, part in parts.items())
    return frame.replace("<!-- links -->", f"<ul>\n{links}\n</ul>").replace("<!-- body -->", body)


def _text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def _below(text: str, heading: str) -> str:
    """What stands below a heading, up to the next one of its level."""
    level = heading.split()[0]
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^{level} |\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise ValueError(f"no heading {heading!r}")
    return found[1]


def _links(title: str, part: str) -> str:
    """The entry of one part in the list at the side, with its chapters."""
    chapters = re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', part)
    below = "".join(f'<li><a href="#{name}">{re.sub("<.*?>", "", text)}</a></li>' for name, text in chapters)
    return f'<li><a href="#{title}">{title}</a><ul>{below}</ul></li>'


class _SelfContained(Treeprocessor):
    """Pictures go into the page, links to other files become text, and no space is left where Chinese lines were joined."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "a" and not element.get("href", "").startswith("#"):
                element.tag = "span"
                element.attrib.clear()
            if element.tag == "img":
                element.set("src", _embedded(DOCS / element.get("src", "")))
            element.text, element.tail = _joined(element.text), _joined(element.tail)


def _joined(text: str | None) -> str | None:
    return text and re.sub(rf"(?<={CJK})\n *(?={CJK})", "", text)


def _embedded(picture: Path) -> str:
    return "data:image/png;base64," + b64encode(picture.read_bytes()).decode()


def _buttons() -> str:
    rows = []
    for group, names in groupby(BUTTONS, lambda name: BUTTONS[name].group):
        rows.append(f'<tr class="group"><th colspan="2">{group}</th></tr>')
        rows += [_button(name) for name in names]
    return '<p>都在功能区的“绩效”选项卡上。</p>\n<table class="buttons">\n{}\n</table>'.format("\n".join(rows))


def _button(name: str) -> str:
    words = BUTTONS[name]
    icon = f'<img src="{_embedded(ICONS / f"{name}-64.png")}" alt="">'
    return f"<tr><td>{icon}{escape(words.label)}</td><td>{escape(words.screentip)}。</td></tr>"


def _function(function: Function) -> str:
    """One function: what it does, how it is written, its arguments, an example."""
    arguments = ", ".join(map(_name, function.arguments))
    rows = "\n".join(map(_argument, function.arguments))
    return f"""<div class="function">
<h2 id="{function.name}"><code>{function.name}</code></h2>
<p>{escape(function.description)}</p>
<p class="call"><code>{function.name}({arguments})</code></p>
<table>
<tr><th>参数</th><th>填什么</th></tr>
{rows}
</table>
<p>例：{_example(function.name, EXAMPLES[function.name])}</p>
</div>"""


def _argument(argument: Argument) -> str:
    return f"<tr><td>{_name(argument)}</td><td>{escape(argument.help)}</td></tr>"


def _name(argument: Argument) -> str:
    return f"[{argument.name}]" if argument.optional else argument.name


def _example(name: str, example: Example) -> str:
    """``D5:D7 依次为 50、30、10 时，=PERF_WEIGHT_DIFF(D5:D7) 得 -10``."""
    written, held = [], []
    for column, given in zip("DEFGH", example.given, strict=False):
        if isinstance(given, list):
            written.append(f"{column}5:{column}{4 + len(given)}")
            held.append(f"{written[-1]} 依次为 {'、'.join(map(str, given))}")
        else:
            written.append(f'"{given}"' if isinstance(given, str) else str(given))
    when = "，".join(held) + " 时，" if held else ""
    return f"{when}<code>={name}({escape(', '.join(written), quote=False)})</code> 得 {example.answer}。"


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
