"""Help, menu, toolbar and buttons, as a running office has them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from addon_office import workbook

from jixiao.addins.calc.menus import command
from jixiao.forms import library
from jixiao.functions import FUNCTIONS
from jixiao.office.launcher import Office, properties
from jixiao.wording import calc_addon as english
from jixiao.wording.buttons import BUTTONS, TAB


def configuration(office: Office, path: str, language: str = "zh-CN") -> Any:
    provider = office.service("com.sun.star.configuration.ConfigurationProvider")
    arguments = properties(nodepath=f"/org.openoffice.Office.{path}", Locale=language)
    return provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", arguments)


def members(node: Any) -> list[Any]:
    return [node.getByName(name) for name in sorted(node.getElementNames())]


# ---------------------------------------------------------------- the function wizard


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_the_help_of_a_function_is_chinese(office: Office, function: Any) -> None:
    entry = configuration(office, f"CalcAddIns/AddInInfo/org.jixiao.Functions/AddInFunctions/{function.name}")
    assert (entry.DisplayName, entry.Description) == (function.name, function.description)
    assert (entry.CategoryDisplayName, entry.CompatibilityName) == ("绩效", function.name)
    told = {(one.DisplayName, one.Description) for one in members(entry.Parameters)}
    assert told == {(argument.name, argument.help) for argument in function.arguments}


def test_the_wizard_offers_every_function_with_its_arguments(office: Office) -> None:
    """In the language of the office, which is English where its Chinese texts are not installed."""
    wizard = office.service("com.sun.star.sheet.FunctionDescriptions")
    entries = [{one.Name: one.Value for one in wizard.getByIndex(number)} for number in range(wizard.getCount())]
    ours = {entry["Name"]: entry for entry in entries if entry["Name"].startswith("PERF_")}
    assert ours.keys() == FUNCTIONS.keys()
    for name, function in FUNCTIONS.items():
        description, arguments = ours[name]["Description"], ours[name]["Arguments"]
        helps = [argument.help for argument in function.arguments]
        assert description in (function.description, english.DESCRIPTIONS[name])
        assert [one.Description for one in arguments] in (helps, [english.HELP[one.name] for one in function.arguments])
        assert [one.IsOptional for one in arguments] == [one.optional or one.range for one in function.arguments]


# ---------------------------------------------------------------- menu and toolbar


def items(node: Any) -> list[tuple[str, str]]:
    return [(one.URL, one.Title) for one in members(node)]


def test_the_menu_has_every_button_and_every_form(office: Office) -> None:
    menu = configuration(office, "Addons/AddonUI/OfficeMenuBar/org.jixiao.menu")
    assert menu.Title == TAB
    assert items(menu.Submenu) == [(command(name), words.label) for name, words in BUTTONS.items()]
    new, *others = members(menu.Submenu)
    *forms, own = items(new.Submenu)
    assert [address for address, _ in forms] == [
        f"vnd.jixiao:new?{identifier}" for identifier in library.shipped_identifiers()
    ]
    assert all(drawing.title in title for drawing, (_, title) in zip(library.shipped_drawings(), forms, strict=True))
    assert own == ("vnd.jixiao:new", "我的表样……")
    assert not any(items(one.Submenu) for one in others)


def test_the_toolbar_is_named_and_docked(office: Office) -> None:
    toolbar = configuration(office, "Addons/AddonUI/OfficeToolBar/org.jixiao.toolbar")
    assert items(toolbar) == [(command(name), words.label) for name, words in BUTTONS.items() if name != "new"]
    address = "private:resource/toolbar/addon_org.jixiao.toolbar"
    state = configuration(office, "UI.CalcWindowState/UIElements/States").getByName(address)
    assert (state.UIName, state.Docked, state.Visible) == ("绩效", True, True)


def test_an_english_office_has_english_texts(office: Office) -> None:
    menu = configuration(office, "Addons/AddonUI/OfficeMenuBar/org.jixiao.menu", "en-US")
    assert menu.Title == "Performance"
    assert [title for _, title in items(menu.Submenu)] == list(english.BUTTONS.values())


def test_every_button_has_its_icons(office: Office) -> None:
    images = {one.URL: one.UserDefinedImages for one in members(configuration(office, "Addons/AddonUI/Images"))}
    assert {command(name) for name in BUTTONS} <= images.keys()
    files = office.service("com.sun.star.ucb.SimpleFileAccess")
    expand = office.context.getValueByName("/singletons/com.sun.star.util.theMacroExpander").expandMacros
    for name in BUTTONS:
        for address in (images[command(name)].ImageSmallURL, images[command(name)].ImageBigURL):
            assert files.exists(expand(address.removeprefix("vnd.sun.star.expand:"))), address


# ---------------------------------------------------------------- buttons


@pytest.fixture
def pressed(site: Path) -> Iterator[Path]:
    """What the stand-in for the installed package has written down."""
    path = site / "pressed"
    path.write_text("", encoding="utf-8")
    yield path
    path.unlink()


def press(office: Office, document: Any, address: str) -> None:
    helper = office.service("com.sun.star.frame.DispatchHelper")
    helper.executeDispatch(document.getCurrentController().getFrame(), address, "", 0, ())


def test_every_address_reaches_the_installed_package(office: Office, pressed: Path) -> None:
    expected = [(name, "") for name in BUTTONS] + [("new", identifier) for identifier in library.shipped_identifiers()]
    with workbook(office) as document:
        for name, argument in expected:
            press(office, document, command(name, argument))
        title = document.getTitle()
    lines = pressed.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [[title, *one] for one in expected]


def test_an_argument_may_hold_anything(office: Office, pressed: Path) -> None:
    with workbook(office) as document:
        press(office, document, command("new", "甲 乙?&%=#"))
        assert json.loads(pressed.read_text(encoding="utf-8"))[2] == "甲 乙?&%=#"


def test_a_bug_is_one_sentence_and_a_line_in_the_log(office: Office, pressed: Path, site: Path) -> None:
    with workbook(office) as document, pytest.raises(Exception, match=r"程序出错了[^：]*：\n.*jixiao.log") as told:
        press(office, document, command("fill", "fail"))
    assert "Traceback" not in str(told.value)
    assert "a bug" in (site / "jixiao" / "jixiao.log").read_text(encoding="utf-8")
