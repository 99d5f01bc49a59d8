"""The parts of a company's quarter that coverage tells apart, and the measures of each."""

from __future__ import annotations

from enum import StrEnum

from hashpivot.core import MEASURES, ReportSection


class Part(StrEnum):
    """What the ledger may hold of one quarter of one company."""

    TOTAL = "total"
    LINES = "lines"
    COST = "cost"
    INCOME = "income_statement"
    CASH_FLOW = "cash_flow_statement"
    BALANCE = "balance_sheet"
    OPERATING = "operating_data"
    CONTRACTS = "contracts"
    TARGETS = "targets"

    @property
    def heading(self) -> str:
        """How a page writes it: `Income statement`."""
        return _HEADINGS.get(self) or self.value.replace("_", " ").capitalize()

    @property
    def letter(self) -> str:
        """Its letter in a dense table: `T` of total."""
        return _LETTERS.get(self, self.value[0].upper())

    @property
    def counted(self) -> bool:
        """True if it is a number of announcements, of which nothing says how many there ought to be."""
        return self in (Part.CONTRACTS, Part.TARGETS)


_HEADINGS = {
    Part.TOTAL: "Total revenue",
    Part.LINES: "Revenue by line",
    Part.COST: "Cost or gross profit by line",
}

_LETTERS = {Part.CASH_FLOW: "F"}  # C is cost

COSTS = frozenset({"cost_of_revenue", "segment_gross_profit"})
"""Measures by line of business one of which gives a line's gross profit."""


def _of_section(section: ReportSection) -> tuple[str, ...]:
    """Measures of the company as a whole that a section of a report gives, total revenue apart."""
    return tuple(
        name
        for name, measure in MEASURES.items()
        if measure.section is section and not measure.by_line and name != "total_revenue"
    )


OF_SECTION: dict[Part, tuple[str, ...]] = {
    Part.INCOME: _of_section(ReportSection.INCOME),
    Part.CASH_FLOW: _of_section(ReportSection.CASH_FLOW),
    Part.BALANCE: _of_section(ReportSection.BALANCE),
    Part.OPERATING: _of_section(ReportSection.OPERATING),
}
"""Measures of the statements and of operating data."""

CELL_PARTS = tuple(part for part in Part if not part.counted)
"""The parts a report of the quarter gives, in the order in which a cell shows them."""
