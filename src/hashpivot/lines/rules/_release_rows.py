"""The table of row labels: from the words of a release's row to the concept a tagged filing would use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ._toml_table import read_toml_table

_LOSS_ONLY = re.compile(r"^(?!.*\b(?:income|profit|earnings)\b).*\bloss")
_LOSS_POSITIVE = re.compile(r"\((?:net )?(?:income|profit|earnings)\)[ /]*(?:net )?loss")
"""A label such as `operating (income) loss`: income stands in parentheses, in the label as in the cells."""
_SIGNS = ("", "expense", "gain", "loss_if_positive", "absolute")


@dataclass(frozen=True, slots=True)
class Costs:
    """How a statement shows its costs.

    Args:
        negative: True if in parentheses.
        among: True for a row that stands among them, above operating income.
    """

    negative: bool = False
    among: bool = False


@dataclass(frozen=True, slots=True)
class RowRule:
    """One row of `release_rows.toml`; see its head."""

    statement: str
    concept: str
    pattern: re.Pattern[str]
    sign: str

    def values(self, label: str, shown: list[Decimal], costs: Costs) -> list[Decimal]:
        """The row's values with the sign a tagged filing gives them."""
        if self.sign == "absolute":
            return [abs(value) for value in shown]
        turned = {
            "loss_if_positive": bool(_LOSS_POSITIVE.search(label))
            or (bool(_LOSS_ONLY.search(label)) and all(value >= 0 for value in shown)),
            "expense": costs.negative,
            "gain": costs.among and not costs.negative,
        }.get(self.sign, False)
        return [-value if turned and value else value for value in shown]


def row_rule(statement: str, label: str) -> RowRule | None:
    """The rule for a row of that statement; None if there is none. `label` is in lower case."""
    rules = (rule for rule in _rules() if rule.statement == statement)
    return next((rule for rule in rules if rule.pattern.search(label)), None)


@cache
def _rules() -> tuple[RowRule, ...]:
    return read_toml_table("release_rows.toml", "table of rows", lambda raw: tuple(map(_rule, raw["row"])))


def _rule(row: dict[str, str]) -> RowRule:
    sign = row.get("sign", "")
    if sign not in _SIGNS:
        raise ValueError(f"unknown sign {sign!r}")
    return RowRule(row["statement"], row["concept"], re.compile(row["pattern"]), sign)
