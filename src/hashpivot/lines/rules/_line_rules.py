"""The rule table: from words to a line of business."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

from hashpivot.core import Line

from ._labels import normal
from ._toml_table import read_toml_table


class Role(StrEnum):
    """What a row is when it is not a line of business."""

    ELIMINATIONS = "eliminations"
    SUBTOTAL = "subtotal"


_JOINED = re.compile(r" and | & | ?/ ?|, ")
_BUSINESSES = frozenset(line for line in Line if line.group != "other")
_OF_AI = frozenset(line for line in Line if line.group == "ai")
_TWO_OF_AI = "its label names colocation and cloud together"


@dataclass(frozen=True, slots=True)
class LineRule:
    """One rule.

    Args:
        target: The line, or the role of a row that is none.
        pattern: Searched in the normalised words.
        examples: `(ticker, label)` pairs that motivated it.
        note: What a reader must know of figures it places, or "".
        everyday: True for words such as "Products" that mean this line only at a company of the field.
    """

    target: Line | Role
    pattern: re.Pattern[str]
    examples: tuple[tuple[str, str], ...]
    note: str = ""
    everyday: bool = False

    @property
    def tickers(self) -> frozenset[str]:
        """Companies it was written for."""
        return frozenset(ticker for ticker, _ in self.examples)


class LineRules:
    """An ordered list of rules; the first that matches wins."""

    def __init__(self, rules: tuple[LineRule, ...]) -> None:
        self._rules = rules
        self.find = lru_cache(maxsize=4096)(self._find)

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._rules)

    def without(self, ticker: str) -> LineRules:
        """The rules that remain when all written for this company alone are taken away."""
        return LineRules(tuple(rule for rule in self._rules if rule.tickers != {ticker}))

    def classify(self, words: str) -> Line | Role | None:
        """The line or role of a label, member or concept; None if no rule knows it."""
        rule = self.find(words)
        return rule.target if rule else None

    def _find(self, words: str, of_the_field: bool = True) -> LineRule | None:
        """The first rule whose pattern is found in the words; without everyday words of other industries.

        Words that name two businesses, `mining and hosting`, are of neither. Of two lines of AI the first
        counts, with a note.
        """
        text = normal(words)
        rule = self._first(text, of_the_field)
        if rule is None or not _JOINED.search(text):
            return rule
        pieces = (self._first(piece, of_the_field) for piece in _JOINED.split(text))
        named = {piece.target for piece in pieces if piece and piece.target in _BUSINESSES}
        if len(named) < 2 or rule.target not in named:
            return rule
        return (
            replace(rule, note="; ".join(filter(None, (rule.note, _TWO_OF_AI)))) if named <= _OF_AI else None
        )

    def _first(self, text: str, of_the_field: bool) -> LineRule | None:
        rules = (rule for rule in self._rules if of_the_field or not rule.everyday)
        return next((rule for rule in rules if rule.pattern.search(text)), None)


@cache
def default_rules() -> LineRules:
    """The shipped table `rules.toml`.

    Raises:
        BundleError: If the table is damaged.
    """
    return read_toml_table("rules.toml", "line rules", lambda raw: LineRules(tuple(map(_rule, raw["rule"]))))


def _rule(row: dict[str, object]) -> LineRule:
    name = str(row["line"])
    target = Role(name) if name in set(Role) else Line(name)
    examples = row["examples"]
    assert isinstance(examples, list)
    return LineRule(
        target,
        re.compile(str(row["pattern"])),
        tuple((e["ticker"], e["label"]) for e in examples),
        str(row.get("note", "")),
        bool(row.get("everyday", False)),
    )
