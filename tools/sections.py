"""Generated sections of pages.

A section stands between two marks and belongs to the part of `parts.py` that its name begins with:

    <!-- generated: PART -->            <!-- generated: PART/SECTION -->
    <!-- end: PART -->                  <!-- end: PART/SECTION -->

`python -m tools write PART` writes it. A section may stand on any page; no two have the same name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .places import ROOT, pages

_SECTION = re.compile(
    r"<!-- generated: (?P<name>[\w/-]+) -->\n(?P<text>.*?)<!-- end: (?P=name) -->", flags=re.DOTALL
)
_MARK = re.compile(r"<!-- (?:generated|end): ([\w/-]+) -->")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class SectionError(ValueError):
    """A mark without its pair, a name that stands twice, or a section that is on no page."""


@dataclass(frozen=True)
class Section:
    """A generated section where it stands."""

    name: str
    page: Path
    text: str

    @property
    def part(self) -> str:
        """The part that writes it."""
        return self.name.partition("/")[0]


def not_begun(name: str, lines: Iterable[str]) -> list[str]:
    """Those lines that begin no line of a section, each with the page: a sample of rows or of columns."""
    held = section(name)
    rows = held.text.splitlines()
    return [
        f"{held.page.relative_to(ROOT)} ({name}) has no row {line}"
        for line in lines
        if not any(row.startswith(line) for row in rows)
    ]


def sections() -> dict[str, Section]:
    """Every generated section of the pages by its name.

    Raises:
        SectionError: A mark has no pair, or a name stands twice.
    """
    by_name: dict[str, Section] = {}
    for page in pages():
        text = page.read_text(encoding="utf-8")
        here = [Section(match["name"], page, match["text"]) for match in _SECTION.finditer(text)]
        if len(_MARK.findall(text)) != 2 * len(here):
            raise SectionError(f"{page.relative_to(ROOT)}: a mark of a generated section has no pair")
        for section in here:
            if section.name in by_name:
                raise SectionError(f"{section.name} stands on {by_name[section.name].page} and {page}")
            by_name[section.name] = section
    return by_name


def section(name: str) -> Section:
    """The section of a name.

    Raises:
        SectionError: No page has it.
    """
    by_name = sections()
    if name not in by_name:
        raise SectionError(f"no page has the mark <!-- generated: {name} -->")
    return by_name[name]


def put(name: str, text: str) -> Path:
    """Write a section's text between its marks.

    Returns:
        The page.
    """
    page = section(name).page
    whole = page.read_text(encoding="utf-8")
    begin, end = f"<!-- generated: {name} -->\n", f"<!-- end: {name} -->"
    before, _, rest = whole.partition(begin)
    page.write_text(before + begin + text + end + rest.partition(end)[2], encoding="utf-8")
    return page


def alike(one: str, other: str, slack: float = 0.0) -> bool:
    """True if two texts have the same words, and numbers at most `slack` apart.

    Simulations may differ in the last digits between processors, and then a rank among the paths by one.
    """
    if not slack or _NUMBER.sub("", one) != _NUMBER.sub("", other):
        return one == other
    pairs = zip(_NUMBER.findall(one), _NUMBER.findall(other), strict=True)
    return all(abs(float(a) - float(b)) <= slack for a, b in pairs)


def markdown_table(rows: list[list[str]], align: Mapping[int, str] | None = None) -> str:
    """A Markdown table of rows of cells, the first being the head."""
    rule = [(align or {}).get(column, "---") for column in range(len(rows[0]))]
    return "".join(f"| {' | '.join(row)} |\n" for row in (rows[0], rule, *rows[1:]))
