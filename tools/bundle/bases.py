"""By which rules, and with which businesses, transcribed amounts are stated, where a company changed that.

Amounts on two bases are never added, subtracted or compared; the basis follows the breakdown: `main@IFRS`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from hashpivot.ledger import DETAIL
from hashpivot.ledger.statements import BASIS_MARK

from .rows import Row


@dataclass(frozen=True)
class Basis:
    """Which rows of a company are on one basis.

    Args:
        ticker: The company.
        measure: Pattern of the measures.
        form: Pattern of the forms.
        label: Pattern found in the labels, ignoring case.
        ends: First and last day on which their periods end.
        name: What is shown.
    """

    ticker: str
    measure: str
    form: str
    label: str
    ends: tuple[date, date]
    name: str

    def holds(self, row: Row) -> bool:
        """True for a row on this basis."""
        figure = row.figure
        return (
            row.ticker == self.ticker
            and bool(re.fullmatch(self.measure, figure.measure))
            and bool(re.fullmatch(self.form, row.form))
            and bool(re.search(self.label, figure.label, re.IGNORECASE))
            and self.ends[0] <= figure.end <= self.ends[1]
        )


_ALWAYS = (date.min, date.max)
_REVENUE = "(total_)?(cost_of_)?revenue"

# The first that holds counts.
BASES = (
    # IFRS on 20-F and 6-K to fiscal 2024, US GAAP on 10-K and 10-Q since, for fiscal 2023 and 2024 again.
    Basis("IREN", ".*", "6-K|20-F", "", _ALWAYS, "IFRS"),
    # Cloud stands within the totals to fiscal 2025's third quarter as first reported, and again from the
    # quarter to February 2026 on, fiscal 2026 as a whole included; between them it was held for sale.
    Basis("APLD", _REVENUE, ".*", "", (date.min, date(2023, 12, 31)), "with cloud"),
    Basis("APLD", _REVENUE, ".*", "", (date(2026, 2, 28), date.max), "with cloud"),
    # The 10-Q of 2026 recasts 2025 to continuing operations by US GAAP; all sites and IFRS before.
    Basis("BITF", _REVENUE, "10-Q", "", _ALWAYS, "US GAAP, continuing operations"),
    Basis("BITF", f"{_REVENUE}|net_income", ".*", "continuing", _ALWAYS, "continuing operations"),
    # Trades are shown at the price of what is traded; no line is a share of that.
    Basis("GLXY", "total_revenue", ".*", "gross", _ALWAYS, "gross trading turnover"),
    # Since 2026 without the change in value of bitcoin, 2025Q2 recast.
    Basis("HUT", "adjusted_ebitda", ".*", "new definition", _ALWAYS, "without the digital-asset mark"),
)


def state_bases(rows: list[Row]) -> None:
    """Mark every row that is on another basis than the company's usual one."""
    for row in rows:
        basis = next((basis.name for basis in BASES if basis.holds(row)), "")
        if basis:
            note = "; ".join(filter(None, (row.figure.note, f"stated on the basis: {basis}")))
            breakdown = row.figure.breakdown
            if breakdown != DETAIL:
                breakdown = f"{breakdown}{BASIS_MARK}{basis}"
            row.figure = replace(row.figure, breakdown=breakdown, note=note)
