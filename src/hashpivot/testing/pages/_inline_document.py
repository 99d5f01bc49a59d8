"""An inline XBRL document: facts that stand in HTML, and the contexts they need."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape

Dims = tuple[tuple[str, str], ...]
FactPeriod = tuple[date | None, date]
"""First day (None for an instant) and last day."""

_NAMESPACES = """xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"
 xmlns:us-gaap="http://fasb.org/us-gaap/2024" xmlns:srt="http://fasb.org/srt/2024"
 xmlns:ifrs-full="https://xbrl.ifrs.org/taxonomy/2024-03-27/ifrs-full"
 xmlns:dei="http://xbrl.sec.gov/dei/2024" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
 xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="http://example.com/2024\""""


class InlineDocument:
    """Collects facts while a page is written; `write` puts the header they need before the page.

    Args:
        cover: Local names of `dei` and their texts, which stand hidden.
        cover_period: The period of the cover page.
        currency: ISO code of every amount.
    """

    def __init__(self, cover: Mapping[str, str], cover_period: FactPeriod, *, currency: str = "USD") -> None:
        self._cover, self._currency = dict(cover), currency
        self._contexts: dict[tuple[FactPeriod, Dims], str] = {(cover_period, ()): "c0"}
        self._units = {"u": f"iso4217:{currency}"}

    def amount(self, concept: str, period: FactPeriod, thousands: int | None, dims: Dims = ()) -> str:
        """Return an amount as a fact shown in thousands; None is a nil fact.

        Args:
            concept: With its prefix.
            period: First and last day.
            thousands: The amount.
            dims: Axes and members.
        """
        return self._fact(concept, period, thousands, dims, "u", 3)

    def count(
        self, concept: str, period: FactPeriod, number: int, dims: Dims = (), unit: str = "shares"
    ) -> str:
        """Return a number of shares, or of another unit, as a fact shown whole."""
        self._units.setdefault(unit, f"xbrli:{unit}" if unit == "shares" else f"x:{unit}")
        return self._fact(concept, period, number, dims, unit, 0)

    def _fact(
        self, concept: str, period: FactPeriod, value: int | None, dims: Dims, unit: str, scale: int
    ) -> str:
        context = self._contexts.setdefault((period, dims), f"c{len(self._contexts)}")
        start = f'<ix:nonFraction name="{concept}" contextRef="{context}" unitRef="{unit}"'
        if value is None:
            return f'{start} xsi:nil="true"/>'
        shown = f'decimals="{-scale}" scale="{scale}" format="ixt:num-dot-decimal"'
        sign = ' sign="-"' if value < 0 else ""
        return f"{start} {shown}{sign}>{abs(value):,}</ix:nonFraction>"

    def write(self, body: str) -> bytes:
        """Return the document around a page's HTML."""
        hidden = "\n".join(
            f'<ix:nonNumeric contextRef="c0" name="dei:{name}">{escape(text)}</ix:nonNumeric>'
            for name, text in self._cover.items()
        )
        contexts = "".join(self._context(name, *key) for key, name in self._contexts.items())
        units = "".join(
            f'<xbrli:unit id="{name}"><xbrli:measure>{measure}</xbrli:measure></xbrli:unit>'
            for name, measure in self._units.items()
        )
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<html {_NAMESPACES}><body>\n<div style="display:none">'
            f"<ix:header><ix:hidden>\n{hidden}\n</ix:hidden><ix:resources>{contexts}{units}</ix:resources>"
            f"</ix:header></div>{body}</body></html>"
        ).encode()

    def _context(self, name: str, period: FactPeriod, dims: Dims) -> str:
        members = "".join(
            f'<xbrldi:explicitMember dimension="{axis}">{member}</xbrldi:explicitMember>'
            for axis, member in dims
        )
        inside = f"<xbrli:segment>{members}</xbrli:segment>" if members else ""
        cik = self._cover.get("EntityCentralIndexKey", "").zfill(10)
        identifier = f'<xbrli:identifier scheme="http://www.sec.gov/CIK">{cik}</xbrli:identifier>'
        start, end = period
        span = (
            f"<xbrli:startDate>{start}</xbrli:startDate><xbrli:endDate>{end}</xbrli:endDate>"
            if start
            else f"<xbrli:instant>{end}</xbrli:instant>"
        )
        return (
            f'<xbrli:context id="{name}"><xbrli:entity>{identifier}{inside}</xbrli:entity>'
            f"<xbrli:period>{span}</xbrli:period></xbrli:context>"
        )
