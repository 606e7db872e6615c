"""What the command line understands: the commands with their arguments, and argparse in Chinese."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence

from jixiao import __version__
from jixiao.wording import commands as words

DEFAULT_FORM = "national-project-2020"
Define = Callable[[argparse.ArgumentParser], None]


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of one command, its name in ``command``. Prints help or one sentence and exits on anything else."""
    wanted = arguments[0] if arguments else ""
    return _parser(wanted).parse_args(arguments or ["--help"])


class _Parser(argparse.ArgumentParser):
    """argparse in Chinese."""

    def __init__(self, **settings: object) -> None:
        super().__init__(add_help=False, **settings)  # type: ignore[arg-type]
        self._positionals.title, self._optionals.title = words.ARGUMENTS, words.OPTIONS
        self.add_argument("-h", "--help", action="help", help=words.HELP)

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", words.USAGE)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", words.USAGE)

    def error(self, message: str) -> None:  # type: ignore[override]
        for english, chinese in words.USAGE_ERRORS.items():
            message = message.replace(english, chinese)
        print(words.BAD_USAGE.format(message=message.removeprefix(": "), program=self.prog), file=sys.stderr)
        sys.exit(2)


def _parser(wanted: str) -> argparse.ArgumentParser:
    """Only the wanted command gets its arguments: the others cost time and are never asked."""
    parser = _Parser(prog="jixiao", description=words.PROGRAM)
    parser.add_argument("--version", action="version", version=__version__, help=words.VERSION)
    commands = parser.add_subparsers(
        title=words.COMMANDS, dest="command", required=True, metavar="", parser_class=_Parser
    )
    for name, (text, define) in COMMANDS.items():
        if name == wanted:
            define(commands.add_parser(name, help=text, description=text))
        elif wanted not in COMMANDS:
            commands.add_parser(name, help=text)
    return parser


def _new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--form", help=words.FORM.format(default=DEFAULT_FORM))
    parser.add_argument("--year", type=_year, metavar="YEAR", required=True, help=words.YEAR)
    parser.add_argument("--projects", type=_count, metavar="N", help=words.PROJECTS)
    parser.add_argument("--from", dest="source", metavar="FILE", help=words.FROM)
    parser.add_argument("--protect", action="store_true", help=words.PROTECT)
    parser.add_argument("--native", action="store_true", help=words.NATIVE)
    _output(parser, required=True)


def _import(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--form", metavar="ID", help=words.INTO_FORM, default="")
    parser.add_argument("--native", action="store_true", help=words.NATIVE)
    _output(parser)


def _bind(parser: argparse.ArgumentParser) -> None:
    _fill(parser)
    parser.add_argument("--functions", action="store_true", help=words.FUNCTIONS)


def _fill(parser: argparse.ArgumentParser) -> None:
    _files(parser)
    parser.add_argument("--dry-run", action="store_true", help=words.DRY_RUN)
    parser.add_argument("--replace-typed", action="store_true", help=words.REPLACE_TYPED)


def _undo(parser: argparse.ArgumentParser) -> None:
    _files(parser)


def _check(parser: argparse.ArgumentParser) -> None:
    _files(parser, words.READABLE)
    parser.add_argument("--json", action="store_true", help=words.JSON)
    marking = parser.add_mutually_exclusive_group()
    marking.add_argument("--mark", action="store_true", help=words.MARK)
    marking.add_argument("--unmark", action="store_true", help=words.UNMARK)
    marking.add_argument("--rules", action="store_true", help=words.RULES)


def _facts(parser: argparse.ArgumentParser) -> None:
    _files(parser, words.READABLE)
    parser.add_argument("--json", action="store_true", help=words.JSON)


def _report(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--contents", action="store_true", help=words.CONTENTS)
    parser.add_argument("--pdf", action="store_true", help=words.PDF)
    _output(parser)


def _export(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--word", action="store_true", help=words.WORD)
    _output(parser)


def _draw(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="*", help=words.READABLE)
    parser.add_argument("--check", action="store_true", help=words.CHECK_DRAWINGS)
    _output(parser)


def _demo(parser: argparse.ArgumentParser) -> None:
    _output(parser, default="jixiao-demo")


def _install(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--at-logon", action="store_true", help=words.AT_LOGON)


def _nothing(parser: argparse.ArgumentParser) -> None:
    """A command without arguments."""


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help=words.READABLE)


def _files(parser: argparse.ArgumentParser, told: str = words.FILE) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help=told)


def _output(parser: argparse.ArgumentParser, required: bool = False, default: str | None = None) -> None:
    parser.add_argument("-o", "--output", metavar="PATH", help=words.OUTPUT, required=required, default=default)
    parser.add_argument("--force", action="store_true", help=words.FORCE)


def _year(text: str) -> int:
    if not (text.isdecimal() and 2000 <= int(text) <= 2100):
        raise argparse.ArgumentTypeError(words.BAD_YEAR.format(text=text))
    return int(text)


def _count(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 200):
        raise argparse.ArgumentTypeError(words.BAD_COUNT.format(text=text))
    return int(text)


COMMANDS: Mapping[str, tuple[str, Define]] = {
    "new": (words.NEW, _new),
    "import": (words.IMPORT, _import),
    "bind": (words.BIND, _bind),
    "fill": (words.FILL, _fill),
    "undo": (words.UNDO, _undo),
    "check": (words.CHECK, _check),
    "facts": (words.FACTS, _facts),
    "report": (words.REPORT, _report),
    "export": (words.EXPORT, _export),
    "draw": (words.DRAW, _draw),
    "demo": (words.DEMO, _demo),
    "doctor": (words.DOCTOR, _nothing),
    "install": (words.INSTALL, _install),
    "uninstall": (words.UNINSTALL, _nothing),
}
