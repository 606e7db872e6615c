"""The offline help page is fresh, complete, and asks nothing of a network."""

import importlib.util
import re
from base64 import b64encode
from collections import Counter
from decimal import Decimal
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest

from jixiao.addins.excel.modules import addin_modules
from jixiao.checks import CATALOGUE
from jixiao.figures import plain
from jixiao.functions import FUNCTIONS
from jixiao.wording.buttons import BUTTONS

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "macros" / "help.html").read_text(encoding="utf-8")


class Elements(HTMLParser):
    """The tags of a page with their attributes, and the text of each kind of element."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.tags if attribute in attributes]


@pytest.fixture(scope="module")
def elements() -> Elements:
    return Elements(PAGE)


@pytest.fixture(scope="module")
def writer() -> ModuleType:
    """The script that writes the page; it is no part of a package."""
    spec = importlib.util.spec_from_file_location("help_page", ROOT / "docs" / "help.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_documents_and_tables_give_now(writer: ModuleType) -> None:
    assert writer.page() == PAGE, "run: python docs/help.py"


def test_the_page_holds_everything_it_shows(elements: Elements) -> None:
    names = {tag for tag, _ in elements.tags}
    assert names.isdisjoint({"script", "link", "iframe", "object", "embed", "form", "base"})
    assert [source for source in elements.values("src") if not source.startswith("data:image/png;base64,")] == []
    assert [target for target in elements.values("href") if not target.startswith("#")] == []
    assert re.findall(r"https?:|[\"'(]//|@import|url\(", PAGE) == []


def test_every_link_of_the_page_has_its_target(elements: Elements) -> None:
    identifiers = Counter(elements.values("id"))
    assert [name for name, times in identifiers.items() if times > 1] == []
    assert {target.removeprefix("#") for target in elements.values("href")} <= identifiers.keys()


@pytest.mark.parametrize("name", BUTTONS)
def test_every_button_is_on_the_page_with_its_icon(name: str) -> None:
    words = BUTTONS[name]
    icon = b64encode((ROOT / "macros" / "icons" / f"{name}-64.png").read_bytes()).decode()
    assert f'{icon}" alt="">{words.label}</td><td>{words.screentip}。</td>' in PAGE


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_on_the_page_with_its_arguments(name: str) -> None:
    function = FUNCTIONS[name]
    (told,) = re.findall(rf'<h2 id="{name}">.*?</div>', PAGE, re.DOTALL)
    assert escape(function.description) in told
    assert [escape(argument.help) in told for argument in function.arguments] == [True] * len(function.arguments)
    assert f"={name}(" in told


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_example_is_what_the_function_answers(writer: ModuleType, name: str) -> None:
    example = writer.EXAMPLES[name]
    answer = FUNCTIONS[name].call(*example.given)
    assert (plain(answer) if isinstance(answer, Decimal) else answer) == example.answer


def test_an_example_says_what_its_ranges_hold(elements: Elements) -> None:
    assert (
        "D5:D7 依次为 80、15、5，E5:E7 依次为 100、60、0 时，=PERF_SURVEY_SCORE(D5:D7, E5:E7, 100) 得 89。"
        in elements.text
    )


def test_the_guide_is_on_the_page_from_its_first_to_its_last_chapter(elements: Elements) -> None:
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    for chapter in re.findall(r"^## (.+)$", guide, re.MULTILINE):
        assert chapter in elements.text
    assert [rule.sentence for rule in CATALOGUE if rule.sentence not in elements.text] == []


def test_no_space_stands_where_chinese_lines_were_joined() -> None:
    assert re.findall(r"[，。；、\u4e00-\u9fff]\n *[\u4e00-\u9fff]", PAGE) == []


def test_a_document_that_lost_its_chapter_is_an_error(writer: ModuleType) -> None:
    with pytest.raises(ValueError, match="no heading"):
        writer._below("# one\ntext\n", "# two")


# ---------------------------------------------------------------- the pages about Excel


def excel_page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def rows(page: str) -> list[list[str]]:
    """The cells of every row of every table."""
    return [line.strip("|").split("|") for line in page.splitlines() if line.startswith("| ")]


def test_the_installation_page_has_a_sentence_for_every_button() -> None:
    told = [cells[0].strip() for cells in rows(excel_page("excel.md")) if len(cells) == 2]
    assert [words.label for words in BUTTONS.values()] == told[told.index("按钮") + 1 :][: len(BUTTONS)]


def test_the_sentences_the_installation_page_quotes_are_those_of_the_program() -> None:
    sources = [*(ROOT / "addin" / "jixiao" / "wording").glob("*.py"), *(ROOT / "macros").glob("*.bas")]
    program = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    troubles = [cells[1].strip() for cells in rows(excel_page("excel.md")) if len(cells) == 3]
    quoted = [sentence for sentence in troubles[troubles.index("程序怎么说") + 1 :] if sentence.strip("-")]
    assert len(quoted) > 10
    assert [sentence for sentence in quoted if sentence not in program] == []


def test_the_checklist_counts_its_steps_and_what_is_to_be_seen() -> None:
    checklist = excel_page("excel-checklist.md")
    steps = [int(cells[0]) for cells in rows(checklist) if cells[0].strip().isdigit()]
    assert steps == list(range(1, len(steps) + 1))
    assert f"{len(FUNCTIONS)} 个 `PERF_` 函数" in checklist
    boxes = [cells[-1].strip() for cells in rows(checklist) if cells[0].strip().isdigit()]
    assert set(boxes) == {"☐"}


def test_the_checklist_lists_the_modules_of_the_addin() -> None:
    (listed,) = re.findall(r"有 (ThisWorkbook、[\w、]+)，", excel_page("excel-checklist.md"))
    assert set(listed.split("、")) == {module.name for module in addin_modules()}
