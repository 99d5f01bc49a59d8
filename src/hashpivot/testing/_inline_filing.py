"""Small inline XBRL filings, written from rows."""

from __future__ import annotations

from dataclasses import dataclass, field

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"
 xmlns:us-gaap="http://fasb.org/us-gaap/2024" xmlns:srt="http://fasb.org/srt/2024"
 xmlns:dei="http://xbrl.sec.gov/dei/2024" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
 xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="http://example.com/2024"><body>
<div style="display:none"><ix:header><ix:hidden>
<ix:nonNumeric contextRef="c0" name="dei:EntityRegistrantName">Example Mining Inc.</ix:nonNumeric>
<ix:nonNumeric contextRef="c0" name="dei:DocumentType">10-Q</ix:nonNumeric>
<ix:nonNumeric contextRef="c0" name="dei:TradingSymbol">EXMP</ix:nonNumeric>
<ix:nonNumeric contextRef="c0" name="dei:EntityCentralIndexKey">0000000001</ix:nonNumeric>
<ix:nonNumeric contextRef="c0" name="dei:DocumentPeriodEndDate">2024-06-30</ix:nonNumeric>
</ix:hidden><ix:resources>"""

Dims = tuple[tuple[str, str], ...]
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
        contexts: dict[Dims, str] = {(): "c0"}
        body = []
        for rows in self.tables:
            cells = []
            for label, concept, value, dims in rows:
                context = contexts.setdefault(dims, f"c{len(contexts)}")
                cells.append(f"<tr><td>{label}</td><td>$</td><td>{_fact(concept, context, value)}</td></tr>")
            body.append(f"<table>{''.join(cells)}</table>")
        resources = "".join(_context(name, dims, self.span) for dims, name in contexts.items())
        unit = f'<xbrli:unit id="u"><xbrli:measure>iso4217:{self.currency}</xbrli:measure></xbrli:unit>'
        return (
            f"{_HEAD}{resources}{unit}</ix:resources></ix:header></div>{''.join(body)}</body></html>".encode()
        )


def _fact(concept: str, context: str, value: int | None) -> str:
    start = f'<ix:nonFraction name="{concept}" contextRef="{context}" unitRef="u"'
    if value is None:
        return f'{start} xsi:nil="true"/>'
    sign = ' sign="-"' if value < 0 else ""
    return (
        f'{start} decimals="-3" scale="3" format="ixt:num-dot-decimal"{sign}>{abs(value):,}</ix:nonFraction>'
    )


def _context(name: str, dims: Dims, span: tuple[str, str]) -> str:
    members = "".join(f'<xbrldi:explicitMember dimension="{a}">{m}</xbrldi:explicitMember>' for a, m in dims)
    inside = f"<xbrli:segment>{members}</xbrli:segment>" if members else ""
    identifier = '<xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001</xbrli:identifier>'
    period = f"<xbrli:startDate>{span[0]}</xbrli:startDate><xbrli:endDate>{span[1]}</xbrli:endDate>"
    return (
        f'<xbrli:context id="{name}"><xbrli:entity>{identifier}{inside}</xbrli:entity>'
        f"<xbrli:period>{period}</xbrli:period></xbrli:context>"
    )
