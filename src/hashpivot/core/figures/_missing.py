"""Why there is no number: the four kinds of absence, each with what would end it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Absence(StrEnum):
    """The kinds of absence.

    `NOT_IN_LEDGER`: no filing that would hold the number has been read. `NOT_DISCLOSED`: the filing that
    would hold it was read and does not give it. `NOT_DERIVABLE`: numbers it would be computed from are
    missing or do not go together. `NOT_APPLICABLE`: there can be no such number.
    """

    NOT_IN_LEDGER = "not_in_ledger"
    NOT_DISCLOSED = "not_disclosed"
    NOT_DERIVABLE = "not_derivable"
    NOT_APPLICABLE = "not_applicable"

    @property
    def words(self) -> str:
        """How a page writes it: `not in ledger`."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Missing:
    """A value that is not there, with the reason; never 0 and never None.

    Args:
        reason: One sentence, such as `the 10-Q of RIOT 2024-06-30 gives no cost of hosting`.
        code: The kind of absence.
        needs: What would end it, such as `10-Q for 2024Q1 of CORZ: cost of revenue by line`; empty if nothing
            that can be got would.
    """

    reason: str
    code: Absence
    needs: str = ""

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return f"{self.code.words}: {self.reason}"

    def to_json(self) -> dict[str, str]:
        """`{"missing": kind, "reason": ..., "needs": ...}`, the last only if something would end it."""
        needs = {"needs": self.needs} if self.needs else {}
        return {"missing": self.code.value, "reason": self.reason} | needs


def not_in_ledger(reason: str, needs: str = "") -> Missing:
    """A number that no filing read so far could hold."""
    return Missing(reason, Absence.NOT_IN_LEDGER, needs)


def not_disclosed(reason: str) -> Missing:
    """A number that a filing was read for and does not give."""
    return Missing(reason, Absence.NOT_DISCLOSED)


def not_derivable(reason: str, needs: str = "") -> Missing:
    """A number whose operands are missing or do not go together."""
    return Missing(reason, Absence.NOT_DERIVABLE, needs)


def not_applicable(reason: str) -> Missing:
    """A number that cannot exist."""
    return Missing(reason, Absence.NOT_APPLICABLE)
