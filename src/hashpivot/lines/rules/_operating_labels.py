"""The table of operating rows: from the words of a label to the measure it counts, if every word is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from hashpivot.core import MEASURES, Measure

from ._operating_units import without_units
from ._toml_table import read_toml_table

_LONGEST = 200  # letters of a label
_INCLUDING = re.compile(r"[\s,;(\[–—-]*\b(?P<tail>(?:including|inclusive of|incl\.)\s[^()\[\]]{1,120})[)\]]?")
_SAME = (
    (re.compile(r"\bhash[\s-]?rates?\b"), "hashrate"),
    (re.compile(r"\bavg\b|\bmean\b"), "average"),
    (re.compile(r"\bbtc\b|\bbitcoins\b"), "bitcoin"),
)
_FOOTNOTE = re.compile(r"[(\[]\s?(?:\d{1,2}|[a-z])\s?[)\]]")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class OperatingRule:
    """One row of `operating_rows.toml`; see its head.

    Args:
        rank: Its place in the table; of rows for one concept the lowest counts.
        concept: Name the measure is looked up by.
        measure: What it counts.
        needs: Each must match a word.
        known: What every word must match.
    """

    rank: int
    concept: str
    measure: Measure
    needs: tuple[re.Pattern[str], ...]
    known: re.Pattern[str]

    def fits(self, words: list[str]) -> bool:
        """True if the words say what it needs and nothing it does not know."""
        return all(map(self.known.fullmatch, words)) and all(
            any(map(need.fullmatch, words)) for need in self.needs
        )


@dataclass(frozen=True, slots=True)
class OperatingTable:
    """The rules, with words of the whole company and words of a part of it."""

    rules: tuple[OperatingRule, ...]
    whole: re.Pattern[str]
    site: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Understood:
    """What a row counts.

    Args:
        rule: The rule that fits.
        whole: True if it says total.
        note: What it includes, in the label's words; else empty.
    """

    rule: OperatingRule
    whole: bool
    note: str


def understood(label: str, heading: str) -> Understood | None:
    """What a row counts by its label, or by heading and label together; None if that is not certain.

    A row under a heading that names a site, hosting or a joint venture is none of the company's totals, nor
    is a hash rate that includes such.
    """
    table = operating_table()
    if len(label) > _LONGEST or table.site.search(heading[:_LONGEST].lower()):
        return None
    for text in (label, f"{heading[:_LONGEST]} {label}") if heading else (label,):
        plain, note = _including(text.lower())
        words = label_words(plain)
        rule = next((rule for rule in table.rules if rule.fits(words)), None)
        if rule is not None and rule.measure.unit == "ehs" and table.site.search(note):
            return None  # customers' machines are none of the fleet
        if rule is not None:
            return Understood(rule, any(map(table.whole.fullmatch, words)), note)
    return None


def label_words(text: str) -> list[str]:
    """The words of a label that count, in one spelling; `text` is in lower case."""
    plain = without_units(_FOOTNOTE.sub(" ", text))
    for pattern, word in _SAME:
        plain = pattern.sub(word, plain)
    return _WORD.findall(plain)


def _including(text: str) -> tuple[str, str]:
    found = _INCLUDING.search(text)
    return (text, "") if found is None else (_INCLUDING.sub(" ", text), found["tail"].strip())


@cache
def operating_table() -> OperatingTable:
    """The shipped table.

    Raises:
        BundleError: If it cannot be read.
    """
    return read_toml_table("operating_rows.toml", "table of operating rows", _table)


def _table(raw: dict[str, Any]) -> OperatingTable:
    rules = tuple(_rule(rank, row, raw["anywhere"]) for rank, row in enumerate(raw["row"]))
    return OperatingTable(rules, re.compile(raw["whole"]), re.compile(raw["site"]))


def _rule(rank: int, row: dict[str, Any], anywhere: str) -> OperatingRule:
    known = "|".join((anywhere, row["may"], *row["needs"]))
    needs = tuple(re.compile(need) for need in row["needs"])
    return OperatingRule(rank, row["concept"], MEASURES[row["measure"]], needs, re.compile(known))
