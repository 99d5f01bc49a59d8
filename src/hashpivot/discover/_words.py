"""Which concepts and members are worth keeping, in the words of the package's own rules of lines."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Line
from hashpivot.lines import (
    default_rules,
    is_of_income,
    kind_of,
    names_ai_hosting,
    names_bitcoin_mining,
    speaks_of_the_field,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What a name says.

    Args:
        kept: Numbers with it are read: it belongs to an income statement or speaks of the field.
        revenue: It is a concept of revenue.
        line: Its words name a line of mining, AI or chips.
        mining: It says that coins are mined.
    """

    kept: bool
    revenue: bool
    line: bool
    mining: bool


def of_concept(name: str, label: str = "", doc: str = "") -> Telling:
    """What a concept says by its name, label and documentation."""
    texts = [text for text in (name, label, doc) if text]
    revenue = kind_of(name) == "revenue"
    kept = is_of_income(name) or bool(kind_of(name)) or any(map(speaks_of_the_field, texts))
    return Telling(
        kept,
        revenue,
        revenue and any(map(names_line, texts)),
        kept and any(map(names_bitcoin_mining, texts)),
    )


def of_member(name: str) -> Telling:
    """What the member of a breakdown says by its name."""
    kept = speaks_of_the_field(name)
    return Telling(kept, False, names_line(name), kept and names_bitcoin_mining(name))


def names_line(words: str) -> bool:
    """True if words name a line of mining, AI or chips whoever uses them, as `GPU` does."""
    rule = default_rules().find(words, False)
    if rule is None and names_ai_hosting(words):
        return True
    return rule is not None and isinstance(rule.target, Line) and rule.target.group != "other"
