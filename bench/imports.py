"""Every published form imported, built and read again: which lose a text, and which are read otherwise than the document.

python bench/imports.py
"""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "forms" / "local"))

from form_file import every
from imported import Imported, bare, texts

from jixiao.forms.recognise import forms, is_known


def main() -> None:
    """Print one line for each form that is not given back, and the counts."""
    counts: Counter[str] = Counter()
    for form in every():
        found = Imported(form)
        if any(is_known(one) for one in forms(found.before)):
            counts["of a drawing"] += 1
            continue
        lost = texts(found.before) - found.shown() - Counter(map(bare, found.listed))
        added = found.shown() + Counter(map(bare, found.listed)) - texts(found.before)
        otherwise = found.read_again()
        counts["local"] += 1
        counts["every text"] += not (lost or added)
        counts["read again"] += not otherwise
        for line in (*(f"lost {text}" for text in lost), *(f"added {text}" for text in added), *otherwise):
            print(f"{form.id}: {line[:200]}")
    print(", ".join(f"{name} {count}" for name, count in counts.items()))


if __name__ == "__main__":
    main()
