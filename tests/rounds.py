"""Three programs at once on one workbook, again and again: ``python tests/rounds.py 1000 [seed]``.

In each round fill, check --mark and one more (one of them again, or one that types a text) start, each held before a call
that chance names; then chance says in which order they go on. At the end of a round all that was reported is in the file, whoever did
not report said in one sentence why, and nothing is left.
"""

import os
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from jixiao.cli import main
from jixiao.errors import Refusal
from jixiao.grid import Change
from jixiao.hosts.files import editing, load_document
from processes import Ended, Process, command, names, of_ours

DATONG = Path(__file__).parent / "seeds" / "datong-2021-project.docx"
LONGEST = 40  # calls: a command makes some fewer, so that now and then one is not held at all
SENTENCES = re.compile(
    r"表\.xlsx：(正由另一个绩效程序.*处理，请稍后再试.*|读取之后被别的程序改动或移走了，.*请再执行一次。)\n"
)
TEXT = "刚刚输入的"


def typing(book: Path) -> Callable[[], int]:
    """Types a text and saves."""

    def work() -> int:
        try:
            with editing(str(book)) as host:
                host.write([Change(host.read().grids[0].title, 60, 12, TEXT)])
                host.save()
        except Refusal as refusal:
            print(refusal)
            return 2
        print("typed")
        return 0

    return work


def is_filled(book: Path) -> bool:
    return str(load_document(str(book)).grids[0].at(7, 9).value) == "6.96"


def is_marked(book: Path) -> bool:
    return any(str(cell.value).startswith("警告") for cell in load_document(str(book)).grids[-1].cells.values())


def is_typed(book: Path) -> bool:
    return load_document(str(book)).grids[0].at(60, 12).value == TEXT


PROGRAMS: dict[str, tuple[Callable[[Path], Callable[[], int]], str, Callable[[Path], bool]]] = {
    "fill": (lambda book: command("fill", book, "--replace-typed"), "已填写", is_filled),
    "check --mark": (lambda book: command("check", "--mark", book), "已标记", is_marked),
    "typing": (typing, "typed", is_typed),
}
"""How each starts, what it says when it has written, and whether that is in the file."""


def main_loop(rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        source, book = Path(folder) / "source.xlsx", Path(folder) / "表" / "表.xlsx"
        assert main(["import", str(DATONG), "-o", str(source)]) == 0
        for warm in (["fill", "--replace-typed"], ["check", "--mark"]):
            main([*warm, str(shutil.copyfile(source, Path(folder) / "warm.xlsx"))])
        for number in range(rounds):
            if number % 100 == 0:
                print(number, flush=True)
            shutil.rmtree(book.parent, ignore_errors=True)
            book.parent.mkdir()
            shutil.copyfile(source, book)
            round_of(book, chance, counts)
    for what, count in sorted(counts.items()):
        print(f"{count:6} {what}")


def round_of(book: Path, chance: random.Random, counts: Counter[str]) -> None:
    chosen = ["fill", "check --mark", chance.choice(list(PROGRAMS))]
    chance.shuffle(chosen)
    started = []
    for name in chosen:
        process = Process(PROGRAMS[name][0](book), hold=chance.randint(1, LONGEST))
        process.until_held()
        started.append((name, process))
    chance.shuffle(started)
    for _, process in started:
        process.go_on(seconds=5)
    written = {name for name, process in started if judged(name, process.ended(), book, counts)}
    assert written, "somebody always comes through"
    assert len(list((book.parent / "备份").iterdir())) >= len(written), "what stood there before is kept"
    counts["rounds with several that wrote"] += len(written) > 1
    assert of_ours(names(book.parent)) == set(), names(book.parent)
    counts["rounds"] += 1


def judged(name: str, ended: Ended, book: Path, counts: Counter[str]) -> bool:
    """Whether it has written; then that is in the file."""
    _, word, arrived = PROGRAMS[name]
    if word in ended.said:
        assert arrived(book), f"{name} reported what is not in the file"
        counts[f"{name}: written"] += 1
        return True
    if ended.code == 2:
        assert SENTENCES.fullmatch(ended.said), ended.said
        counts[f"{name}: refused, {'another is at it' if '正由' in ended.said else 'changed since'}"] += 1
    else:
        assert "没有" in ended.said and arrived(book), ended.said
        counts[f"{name}: nothing left to do"] += 1
    return False


if __name__ == "__main__":
    main_loop(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
