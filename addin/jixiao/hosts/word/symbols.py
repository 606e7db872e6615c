"""Signs that a symbol font shows where other fonts have letters, as ordinary text.

Symbol has an encoding of its own, known for every place. Of Wingdings and its like only what every program draws alike is
told. Word keeps these signs in a range of their own (U+F000 to U+F0FF), as ``w:sym`` or as the text of a run in such a font.
"""

FIRST = "\uf000"

_SYMBOL = {
    0x21: "!∀#∃%&∋()∗+,−./0123456789:;<=>?",
    0x40: "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    0x61: "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0xA0: "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…",
    0xBF: "↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑",
    0xF1: "〉∫",
}
_WINGDINGS = {
    0x6C: "●",
    0x6E: "■□□□□",
    0x80: "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿",
    0x9F: "•",
    0xA7: "▪□",
    0xD8: "➢",
    0xDF: "←→↑↓",
    0xFB: "×√☒☑",
}
_WINGDINGS_2 = {0x4F: "×√☒☑☒☒", 0xA3: "□"}
_WEBDINGS = {0x61: "√", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "×"}


def _table(runs: dict[int, str]) -> dict[int, str]:
    """Sign by place, in the range that Word keeps these signs in."""
    return {0xF000 + first + at: sign for first, signs in runs.items() for at, sign in enumerate(signs)}


_FONTS = {
    "symbol": _table(_SYMBOL),
    "wingdings": _table(_WINGDINGS),
    "wingdings 2": _table(_WINGDINGS_2),
    "webdings": _table(_WEBDINGS),
}


def sign(font: str, code: int) -> str:
    """The sign a font shows for a code, as text; one of a symbol font that is not known stays what no other font shows."""
    signs = _FONTS.get(font.casefold())
    if signs is None:
        return chr(code)
    place = code + 0xF000 if code < 0x100 else code
    return signs.get(place) or chr(place)


def in_words(font: str, text: str) -> str:
    """The text of a run in a font: what Word keeps as signs of a symbol font as the signs they show."""
    signs = _FONTS.get(font.casefold())
    return text.translate(signs) if signs else text
