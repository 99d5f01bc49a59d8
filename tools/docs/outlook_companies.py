"""Write docs/outlook-companies.md: a half page each of what is known, what is absent, and the path.

python -m tools write outlook-company-pages
"""

from __future__ import annotations

from collections.abc import Iterator

from hashpivot.company import CompanyProfile
from hashpivot.core import Missing
from hashpivot.desk import Desk, OutlookResult
from hashpivot.outlook import CompanyResults, Spread

from ..parts import Made
from ..places import ROOT

TICKERS = ("CORZ", "IREN", "WULF", "HUT", "CIFR", "APLD", "RIOT", "MARA", "CLSK", "BTDR", "BTBT")
AHEAD = (1, 4, 8, 12)
_MOST = 3
"""Reports named that would fill an absence."""
_HEAD = """# Outlooks of eleven companies

Written by `python -m tools write outlook-company-pages` from the bundled figures: medians, 80% intervals in
brackets, millions of dollars. Cash, debt and shares are on each outlook's own page, with what they stand on.
[How an outlook is computed](methods/outlook.md).
"""


def make() -> Made:
    """The page."""
    desk = Desk.open(as_of=Desk.open().network.last_day)
    sections = (_section(desk, ticker) for ticker in TICKERS)
    return {ROOT / "docs" / "outlook-companies.md": "\n".join([_HEAD, *sections])}


def _section(desk: Desk, ticker: str) -> str:
    profile, result = desk.company(ticker).profile, desk.outlook(ticker, quarters=max(AHEAD))
    parts = (
        f"## {profile.company.name} ({ticker})\n",
        f"{profile.message.title}\n",
        *_known(profile),
        *_absent(profile),
        *_path(result),
        *(f"- {remark}" for remark in result.remarks),
    )
    return "\n".join((*parts, ""))


def _known(profile: CompanyProfile) -> Iterator[str]:
    newest = profile.newest
    report = newest.reason if isinstance(newest, Missing) else f"last revenue known: {newest}"
    running = [entry.contract for entry in profile.contracts if entry.state.value == "in_force"]
    megawatts = sum(float(contract.mw_critical_it or 0) for contract in running)
    yield f"- **Known**: {report}; {len(running)} AI contracts in force, {megawatts:,.0f} MW of critical IT."
    debt = profile.debt
    owed = debt.total.reason if isinstance(debt.total, Missing) else _m(float(debt.total.value))
    yield f"- **Debt** at {debt.day}: {owed}."
    for event in profile.events[:_MOST]:
        yield f"- **Event** {event.effective}: {event.note or event.kind.words}."


def _absent(profile: CompanyProfile) -> Iterator[str]:
    needed = [group.ends for group in profile.absences if group.ends][:_MOST]
    yield f"- **Absent**, and what would fill it: {'; '.join(needed) or 'nothing of what is shown'}."


def _path(result: OutlookResult) -> Iterator[str]:
    rows = result.outlook.summary.quarters
    yield "\n| quarter | revenue | gross profit | adjusted EBITDA |\n| --- | --- | --- | --- |"
    for row in (rows[ahead - 1] for ahead in AHEAD):
        amounts = (row.revenue_usd, row.gross_profit_usd, row.adjusted_ebitda_usd)
        yield f"| {row.quarter} | {' | '.join(map(_spread, amounts))} |"
    yield ""
    yield from _decides(rows[0], rows[-1])


def _decides(first: CompanyResults, last: CompanyResults) -> Iterator[str]:
    """How far bitcoin moves revenue, now and at the end, and how likely AI and chips bring most of it."""
    if first.bitcoin_beta is not None and last.bitcoin_beta is not None:
        now, then = (f"{row.bitcoin_beta or 0.0:.1f}% in {row.quarter}" for row in (first, last))
        most = f"{first.p_ai_chips_majority:.0%} and {last.p_ai_chips_majority:.0%} of paths"
        yield f"- **What decides it**: 1% on the bitcoin price moves revenue by {now} and {then};"
        yield f"  AI and chips bring more than half of revenue on {most}."


def _spread(spread: Spread | None) -> str:
    if spread is None or spread.p10 is None or spread.p50 is None or spread.p90 is None:
        return "absent"
    return f"{_m(spread.p50)} ({_m(spread.p10)} to {_m(spread.p90)})"


def _m(usd: float) -> str:
    return f"{usd / 1e6:,.1f}"
