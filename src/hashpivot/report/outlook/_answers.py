"""What an outlook says, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hashpivot.core import Quarter

_MILLION = 1e6


def outlook_answers(answer: Mapping[str, Any]) -> list[str]:
    """The pivot, survival, the funding gap, income and the lean on bitcoin, from an outlook's JSON answer."""
    rows = answer["quarters"]
    survival = _survival(rows, answer["halving"])
    breakeven = _breakeven(rows, answer["market"])
    return [_majority(rows), survival, _gap(rows), _income(rows[-1]), _lean(rows), breakeven]


def _majority(rows: Sequence[Mapping[str, Any]]) -> str:
    last = rows[-1]
    likely = next((row["quarter"] for row in rows if row["p_ai_chips_majority"] > 0.5), None)
    when = f"more likely than not from {likely} on" if likely else "never more likely than not"
    return (
        "AI and chips bring more than half of revenue with a probability of "
        f"{rows[0]['p_ai_chips_majority']:.0%} in {rows[0]['quarter']} and "
        f"{last['p_ai_chips_majority']:.0%} in {last['quarter']}: {when}."
    )


def _survival(rows: Sequence[Mapping[str, Any]], halving: Mapping[str, str | None]) -> str:
    last, day = rows[-1], halving["p50"]
    paid = f"On {1 - last['p_shortfall']:.0%} of paths every bill is paid through {last['quarter']}"
    if day is None:
        return f"{paid}, before the next halving."
    quarter = str(Quarter.containing(date.fromisoformat(day)))
    then = next((row for row in rows if row["quarter"] == quarter), last)
    return (
        f"{paid}, on {1 - then['p_shortfall']:.0%} through {then['quarter']}, the quarter of the "
        f"halving (80% between {halving['p10'] or 'then'} and {halving['p90'] or 'later'})."
    )


def _gap(rows: Sequence[Mapping[str, Any]]) -> str:
    gap = rows[-1]["shortfall_usd"]
    return (
        f"Funding gap by {rows[-1]['quarter']} beyond cash, bitcoin, debt and shares: "
        f"{gap['mean'] / _MILLION:,.0f} million USD on average, "
        f"{gap['p90'] / _MILLION:,.0f} million or more on the worst tenth of paths."
    )


def _income(row: Mapping[str, Any]) -> str:
    ebitda, worn, interest, income = (
        row[key]["p50"] / _MILLION
        for key in ("adjusted_ebitda_usd", "depreciation_usd", "interest_usd", "pretax_income_usd")
    )
    return (
        f"In {row['quarter']}, medians: EBITDA {ebitda:,.0f} million USD, depreciation {worn:,.0f}, interest "
        f"{interest:,.0f}; before taxes {income:,.0f} million are left."
    )


def _lean(rows: Sequence[Mapping[str, Any]]) -> str:
    first, last = rows[1] if len(rows) > 1 else rows[0], rows[-1]
    values = [row["bitcoin_beta"] for row in (first, last)]
    if None in values:
        return "Revenue does not vary with bitcoin's price here."
    less = "less" if abs(values[1]) < abs(values[0]) else "not less"
    return (
        f"One percent of bitcoin's price moves revenue by {values[0]:.2f}% in {first['quarter']} and by "
        f"{values[1]:.2f}% in {last['quarter']}: revenue comes to lean {less} on bitcoin."
    )


def _breakeven(rows: Sequence[Mapping[str, Any]], market: Sequence[Mapping[str, Any]]) -> str:
    row, then = rows[-1], market[-1]["hashprice_usd_ph_day"]["p50"]
    even = row["breakeven_hashprice_usd_ph_day"]["p50"]
    if even is None:
        return f"Nothing is mined in {row['quarter']}."
    if even <= 0:
        return (
            f"In {row['quarter']} the other lines pay for everything at the median, whatever hashprice does."
        )
    return (
        f"In {row['quarter']} EBITDA is zero at a hashprice of {even:,.1f} USD per PH/s per day (median), "
        f"against {then:,.1f} expected."
    )
