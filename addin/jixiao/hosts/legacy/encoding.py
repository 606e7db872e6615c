"""The text of a file whose word for its encoding is worth little, as in exports of Chinese platforms."""

from jixiao.errors import Refusal
from jixiao.wording import files

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def text_of(data: bytes, name: str) -> str:
    """The text, by the mark at its beginning, else as UTF-8, else as GB18030, each strictly.

    What the file declares decides nothing: pages of GBK call themselves iso-8859-1, and pages of UTF-8 gb2312. Chinese
    text of one is hardly ever also text of the other in this order. Raises Refusal where none fits.
    """
    for encoding in next(((encoding,) for mark, encoding in _MARKS if data.startswith(mark)), ("utf-8", "gb18030")):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refusal(files.UNKNOWN_ENCODING.format(name=name))
