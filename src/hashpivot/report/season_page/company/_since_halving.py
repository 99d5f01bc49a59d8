"""What became of a company's gross profit since the halving: the bridge, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Missing, Quarter
from hashpivot.ledger import View
from hashpivot.season import CompanySeason

from ...charts import GrossProfitBridge, bridge, bridge_chart
from ...shared import NO_REFS, TITLES, Chart, EvidenceList, Refs, clean, metric_of


@dataclass(frozen=True, slots=True)
class SinceHalving:
    """The section.

    Args:
        bridge: The waterfall, None if it cannot be drawn.
        words: The offset in words, or why it is not known; without it there is no bridge either.
        note: Which groups the bridge leaves out; empty if there are none.
        refs: Numbers of the evidence.
    """

    bridge: Chart | None
    words: str
    note: str
    refs: Refs


def since_halving(company: CompanySeason, view: View, evidence: EvidenceList) -> SinceHalving:
    """Build the section; its figures are added to the evidence."""
    known = company_bridge(company, view)
    drawn = known if isinstance(known, GrossProfitBridge) and known.steps else None
    return SinceHalving(
        bridge=bridge_chart(drawn) if drawn else None,
        words=clean(company["profitability"].headline),
        note=_note(drawn),
        refs=evidence.refs(drawn.figures) if drawn else NO_REFS,
    )


def company_bridge(company: CompanySeason, view: View) -> GrossProfitBridge | Missing:
    """From the quarter before the halving to the season's, or why there is no bridge."""
    base = metric_of(company["profitability"], "base_quarter").value
    if isinstance(base, Missing):
        return base
    return bridge(view.quarter_lines(company.ticker, Quarter.parse(str(base))), company.lines)


def _note(drawn: GrossProfitBridge | None) -> str:
    left = ", ".join(TITLES[group] for group in drawn.left_out) if drawn else ""
    return f"Without {left}: not known in both quarters." if left else ""
