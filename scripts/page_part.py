"""The generated part of a page: written, or with --check compared."""

from __future__ import annotations

import re
import sys
from pathlib import Path

NUMBER = re.compile(r"\d+(?:\.\d+)?")


def keep(page: Path, begin: str, end: str, part: str, slack: float = 0.0) -> None:
    """Put `part` between two marks of a page; with --check, exit if it does not stand there already.

    Args:
        page: The page.
        begin: The mark before the part.
        end: The mark after it.
        part: The part.
        slack: How far its numbers may be off in a check: simulations may differ in the last digits between
            processors, and then a rank among the paths by one.
    """
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(begin, 1)
    held, after = rest.split(end, 1)
    if "--check" not in sys.argv:
        page.write_text(before + begin + part + end + after, encoding="utf-8")
    elif not alike(held, part, slack):
        sys.exit(f"{page.name} is out of date: run python scripts/{Path(sys.argv[0]).name}")


def alike(held: str, made: str, slack: float) -> bool:
    """True if two texts have the same words and numbers at most `slack` apart."""
    if NUMBER.sub("", held) != NUMBER.sub("", made):
        return False
    pairs = zip(NUMBER.findall(held), NUMBER.findall(made), strict=True)
    return all(abs(float(a) - float(b)) <= slack for a, b in pairs)
