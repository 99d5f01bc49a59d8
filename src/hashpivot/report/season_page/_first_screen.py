"""The first screen: three charts, each with the sentence it shows."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Missing, Quarter
from hashpivot.season import CompanySeason

from ..charts import PaidRow, SignedRow, TurnedRow, paid_chart, signed_chart, turned_chart
from ..shared import (
    Chart,
    SeasonMessage,
    Sentence,
    bar_of,
    clean,
    format_value,
    number,
)
from ._member import Member


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the three.

    Args:
        name: What its drawing is called.
        title: Its question in three words.
        finding: The answer.
        what: What is drawn, in which unit, of which quarters.
        chart: The drawing; None if no company has the numbers.
        left_out: Companies without the numbers.
    """

    name: str
    title: str
    finding: Sentence
    what: str
    chart: Chart | None
    left_out: list[str]


def panels(members: list[Member], message: SeasonMessage, quarter: Quarter) -> list[Panel]:
    """The three panels; `members` in the order of the league."""
    base = next((member.pivot.base for member in members if member.pivot.base), None)
    return [
        _turned(members, message, quarter, base),
        _paid(members, message, quarter, base),
        _signed(members, message, quarter),
    ]


def _panel(
    name: str,
    title: str,
    finding: Sentence,
    what: str,
    chart: Chart | None,
    members: list[Member],
    drawn: set[str],
) -> Panel:
    left_out = [clean(m.company.ticker) for m in members if m.company.ticker not in drawn]
    return Panel(name, title, finding, what, chart, left_out)


def _turned(members: list[Member], message: SeasonMessage, quarter: Quarter, base: Quarter | None) -> Panel:
    rows = {
        m.company.ticker: TurnedRow(
            clean(m.company.ticker),
            share,
            number(m.pivot.share_before),
            number(m.pivot.recurring),
            m.address(*m.pivot.share.figures),
            at_least=m.pivot.share.at_least,
        )
        for m in members
        if (share := number(m.pivot.share)) is not None
    }
    chart = (
        turned_chart(list(rows.values()), quarter, base, bar_of("revenue", "meaningful")) if rows else None
    )
    before = f"before the halving, {base} (ring), and " if base else ""
    what = f"AI and chips, share of revenue: {before}{quarter} (dot)"
    return _panel("turned", "Who has turned", message.turned, what, chart, members, set(rows))


def _paid(members: list[Member], message: SeasonMessage, quarter: Quarter, base: Quarter | None) -> Panel:
    known = [
        (m, number(m.pivot.mining_change), number(m.pivot.pivot_change))
        for m in members
        if m.pivot.base and (number(m.pivot.mining_change) is not None or number(m.pivot.pivot_change))
    ]
    known.sort(key=lambda row: (row[1] is None, row[1] or 0.0))
    rows = [
        PaidRow(
            clean(m.company.ticker),
            mining,
            pivot,
            _verdict(m),
            m.address(*(m.pivot.mining_change.figures or m.pivot.pivot_change.figures)),
        )
        for m, mining, pivot in known
    ]
    chart = paid_chart(rows, quarter, base) if rows and base else None
    what = f"Gross profit of a quarter, {quarter} less {base}, before the halving: mining and AI with chips"
    drawn = {m.company.ticker for m, _, _ in known}
    return _panel("paid", "Does it pay", message.paid, what if base else "", chart, members, drawn)


def _verdict(member: Member) -> str:
    """What became of the loss: `0.93× replaced`, `not squeezed`; or which side is not known."""
    if number(member.pivot.offset) is not None:
        return f"{format_value(member.pivot.offset)} replaced"
    if member.company["profitability"].verdict == "not_squeezed":
        return "not squeezed"
    return "mining not known" if isinstance(member.pivot.mining_change.value, Missing) else "AI not known"


def _signed(members: list[Member], message: SeasonMessage, quarter: Quarter) -> Panel:
    signing = [(m, signed) for m in members if (signed := number(m.pivot.signed))]
    rows = [
        SignedRow(clean(m.company.ticker), signed, _revenue(m.company), m.signed_at) for m, signed in signing
    ]
    rows.sort(key=lambda row: -row.signed)
    chart = signed_chart(rows, quarter) if rows else None
    spread = "Contracted AI revenue a quarter, value spread over the term (bar)"
    what = f"{spread}, against revenue of {quarter} (mark)"
    return _panel(
        "signed",
        "What is signed",
        message.signed,
        what,
        chart,
        members,
        {m.company.ticker for m, _ in signing},
    )


def _revenue(company: CompanySeason) -> float | None:
    return None if isinstance(company.revenue, Missing) else float(company.revenue.value)
