"""Small inline XBRL filings, written from rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ._inline_document import Dims, InlineDocument

_COVER = {
    "EntityRegistrantName": "Example Mining Inc.",
    "DocumentType": "10-Q",
    "TradingSymbol": "EXMP",
    "EntityCentralIndexKey": "0000000001",
    "DocumentPeriodEndDate": "2024-06-30",
}
Row = tuple[str, str, int | None] | tuple[str, str, int | None, Dims]
_SPAN = ("2024-04-01", "2024-06-30")


def product(member: str) -> Dims:
    """The dimension of a product or service, such as `product("BitcoinMining")`."""
    return (("srt:ProductOrServiceAxis", f"x:{member}Member"),)


def segment(member: str) -> Dims:
    """The dimension of a business segment, such as `segment("Hosting")`."""
    return (("us-gaap:StatementBusinessSegmentsAxis", f"x:{member}Member"),)


@dataclass
class InlineFiling:
    """A quarterly report of Example Mining Inc. (EXMP, CIK 1) as inline XBRL.

    A row is `(label, concept, thousands)` or `(label, concept, thousands, dimension)`; None is a nil fact.

    Args:
        currency: ISO code of every amount.
        span: First and last day of every amount, ISO.
        tables: Rows of each table; `table` and `statement` add to them.
    """

    currency: str = "USD"
    span: tuple[str, str] = _SPAN
    tables: list[list[tuple[str, str, int | None, Dims]]] = field(default_factory=list)

    def table(self, *rows: Row) -> InlineFiling:
        """Add a table of rows; returns the filing."""
        self.tables.append([(*row, ()) if len(row) == 3 else row for row in rows])
        return self

    def statement(self, *rows: Row) -> InlineFiling:
        """Add an income statement: the rows, and the operating income it is recognised by."""
        return self.table(*rows, ("Operating income", "us-gaap:OperatingIncomeLoss", 1))

    def write(self) -> bytes:
        """The document, ready to be written to an `.htm` file."""
        start, end = (date.fromisoformat(day) for day in self.span)
        document = InlineDocument(_COVER, (start, end), currency=self.currency)
        body = []
        for rows in self.tables:
            cells = [(row[0], document.amount(row[1], (start, end), *row[2:])) for row in rows]
            lines = (f"<tr><td>{label}</td><td>$</td><td>{fact}</td></tr>" for label, fact in cells)
            body.append(f"<table>{''.join(lines)}</table>")
        return document.write("".join(body))
