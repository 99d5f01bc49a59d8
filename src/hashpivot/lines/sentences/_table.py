"""The table of words results are stated with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..rules import read_toml_table


@dataclass(frozen=True, slots=True)
class NamedMeasure:
    """One measure and the words that name it; see `sentences.toml`.

    Args:
        concept: As tables of a release give it; empty for words that name none of ours.
        unit: Of its numbers.
        sign: -1 for a loss.
        instant: True for what is counted on a day.
        plain: True if the words alone may mean a segment's.
        pattern: In lower case.
        line: Words of the line it is about; empty for the company as a whole.
        words: As one text names it.
    """

    concept: str
    unit: str
    sign: int
    instant: bool
    plain: bool
    pattern: re.Pattern[str]
    line: str = ""
    words: str = ""

    @property
    def label(self) -> str:
        """What a table would call it: the words of the line, else its own."""
        return self.line or self.words


@dataclass(frozen=True, slots=True)
class SentenceTable:
    """All of `sentences.toml`.

    Args:
        measures: Longer names before those they contain.
        verbs: That name a measure by themselves.
        line: A revenue with the words of a line before or behind it.
        source: The words of a line that something is earned `from`.
        aside: What ends the part of a sentence that is read.
        skip: Words of sentences that state no result.
        section: Headings without results.
        preliminary: What a text with results that are not final says.
        other_dollar: What a text in another country's dollar says.
    """

    measures: tuple[NamedMeasure, ...]
    verbs: tuple[NamedMeasure, ...]
    line: re.Pattern[str]
    source: re.Pattern[str]
    aside: re.Pattern[str]
    skip: re.Pattern[str]
    section: re.Pattern[str]
    preliminary: re.Pattern[str]
    other_dollar: re.Pattern[str]


@cache
def sentence_table() -> SentenceTable:
    """The shipped table, read once."""
    return read_toml_table("sentences.toml", "table of sentences", _table)


def _table(raw: dict[str, Any]) -> SentenceTable:
    word = raw["line"]["words"]
    words = rf"(?:{word})(?:(?: & | and | of |/|[ -])(?:{word}))*"
    return SentenceTable(
        measures=tuple(map(_measure, raw["measure"])),
        verbs=tuple(map(_measure, raw["verb"])),
        line=_line(words),
        source=re.compile(rf"(?<=\bfrom )(?:our |the )?(?P<name>{words})(?![\w-])"),
        **{
            name: re.compile("|".join(f"(?:{row['pattern']})" for row in raw[name]))
            for name in ("aside", "skip", "section", "preliminary", "other_dollar")
        },
    )


def _measure(row: dict[str, Any]) -> NamedMeasure:
    pattern = re.compile(rf"(?<![\w-])(?:{row['pattern']})(?![\w-])")
    return NamedMeasure(
        concept=row["concept"],
        unit=row.get("unit", ""),
        sign=row.get("sign", 1),
        instant=row.get("instant", False),
        plain=row.get("plain", False),
        pattern=pattern,
    )


def _line(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:(?P<before>{name}) revenues?(?! (?:of|from|for) (?:our|the|{name})\b)"
        rf"|revenues? (?:generated |derived |earned )?(?:from|for|of) (?:our |the company's |its |the )?"
        rf"(?P<behind>{name})(?: (?:business|operations))?)(?![\w-])"
    )
