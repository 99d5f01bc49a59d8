"""Pages of a quarterly report with four periods, written from rows: for statements that a trap hides."""

from __future__ import annotations

HEAD = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"
 xmlns:us-gaap="http://fasb.org/us-gaap/2024" xmlns:dei="http://xbrl.sec.gov/dei/2024"
 xmlns:srt="http://fasb.org/srt/2024" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
 xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" xmlns:x="http://example.com/x"><body>"""
SPANS = {
    "quarter": ("2024-07-01", "2024-09-30"),
    "quarter_before": ("2023-07-01", "2023-09-30"),
    "nine": ("2024-01-01", "2024-09-30"),
    "nine_before": ("2023-01-01", "2023-09-30"),
    "stub": ("2024-01-01", "2024-01-23"),
}
QUARTERS = ("quarter", "quarter_before")
NINE = ("nine", "nine_before")
Dims = dict[str, str]
REVENUES = "us-gaap:Revenues"
RESULTS = (
    ("Operating income", "us-gaap:OperatingIncomeLoss", 30),
    ("Income tax expense", "us-gaap:IncomeTaxExpenseBenefit", 6),
    ("Net income", "us-gaap:NetIncomeLoss", 24),
)


class Page:
    """A page of tables and sentences; every number is in thousands of dollars."""

    def __init__(self, company: str = "Example Tools Inc.") -> None:
        self._parts: list[str] = []
        self._contexts: dict[str, str] = {}
        self._company = company

    def table(self, *rows: tuple, spans: tuple[str, ...] = (*QUARTERS, *NINE)) -> Page:
        """Add a table of `(label, concept, amount[, dims])`; the amount grows by one from span to span."""
        self._parts.append(f"<table>{''.join(self._row(row, spans) for row in rows)}</table>")
        return self

    def words(self, text: str, concept: str = "", amount: int = 0, spans: tuple[str, ...] = QUARTERS) -> Page:
        """Add a sentence that tags an amount."""
        numbers = " and ".join(
            self.number(concept, amount + n, span) for n, span in enumerate(spans) if concept
        )
        self._parts.append(f"<p>{text} {numbers}</p>")
        return self

    def number(self, concept: str, amount: int, span: str, dims: Dims | None = None) -> str:
        """One tagged number."""
        context = self._context(span, dims or {})
        sign = ' sign="-"' if amount < 0 else ""
        return (
            f'<ix:nonFraction name="{concept}" contextRef="{context}" unitRef="u" decimals="-3" scale="3"'
            f' format="ixt:num-dot-decimal"{sign}>{abs(amount):,}</ix:nonFraction>'
        )

    def write(self) -> bytes:
        """The page."""
        cover = {
            "EntityRegistrantName": self._company,
            "DocumentType": "10-Q",
            "EntityCentralIndexKey": "0000000009",
        }
        cover_context = self._context("nine", {})
        texts = "".join(
            f'<ix:nonNumeric contextRef="{cover_context}" name="dei:{name}">{text}</ix:nonNumeric>'
            for name, text in cover.items()
        )
        unit = '<xbrli:unit id="u"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>'
        resources = "".join(self._contexts.values()) + unit
        return (
            f'{HEAD}<div style="display:none"><ix:header><ix:hidden>{texts}</ix:hidden>'
            f"<ix:resources>{resources}</ix:resources></ix:header></div>{''.join(self._parts)}</body></html>"
        ).encode()

    def _row(self, row: tuple, spans: tuple[str, ...]) -> str:
        label, concept, amount, *dims = row
        cells = (
            f"<td>{self.number(concept, amount + n, span, *dims)}</td>"
            for n, span in enumerate(spans)
            if concept
        )
        return f"<tr><td>{label}</td>{''.join(cells)}</tr>"

    def _context(self, span: str, dims: Dims) -> str:
        name = "_".join((span, *(member.rpartition(":")[2] for member in dims.values())))
        members = "".join(
            f'<xbrldi:explicitMember dimension="{axis}">{member}</xbrldi:explicitMember>'
            for axis, member in dims.items()
        )
        inside = f"<xbrli:segment>{members}</xbrli:segment>" if members else ""
        start, end = SPANS[span]
        self._contexts[name] = (
            f'<xbrli:context id="{name}"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000009'
            f"</xbrli:identifier>{inside}</xbrli:entity><xbrli:period><xbrli:startDate>{start}</xbrli:startDate>"
            f"<xbrli:endDate>{end}</xbrli:endDate></xbrli:period></xbrli:context>"
        )
        return name
