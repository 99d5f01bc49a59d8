"""The generated part of a page: written, or with --check compared."""

from __future__ import annotations

import sys
from pathlib import Path


def keep(page: Path, begin: str, end: str, part: str) -> None:
    """Put `part` between two marks of a page; with --check, exit if it does not stand there already."""
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(begin, 1)
    new = before + begin + part + end + rest.split(end, 1)[1]
    if "--check" not in sys.argv:
        page.write_text(new, encoding="utf-8")
    elif new != text:
        sys.exit(f"{page.name} is out of date: run python scripts/{Path(sys.argv[0]).name}")
