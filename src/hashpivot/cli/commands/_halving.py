"""`hashpivot halving`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..shared import json_option, print_json, print_table

if TYPE_CHECKING:
    from hashpivot import Desk
    from hashpivot.bitcoin import Halving, HalvingEstimate
    from hashpivot.season import HalvingImpact, QuarterEconomics

SHOWN_AHEAD = 3
SATOSHI = 100_000_000

_EPILOG = """
\b
Examples:
  hashpivot halving
  hashpivot halving --number 4 --json
"""


@click.command("halving", epilog=_EPILOG)
@click.option("--number", type=int, help="Past halving whose squeeze to show, 1 to 4 (default: the latest).")
@json_option
def command(number: int | None, as_json: bool) -> None:
    """Schedule, the next halving, and what a past one did to each company.

    The squeeze compares the last whole quarter before the halving with the first whole one after it:
    self-mining revenue per EH/s at work, mining gross margin, and the hashprice that just pays the cost of
    mining.
    """
    from hashpivot import Desk
    from hashpivot.bitcoin import halvings, next_halving
    from hashpivot.season import past_halving

    desk = Desk.open()
    schedule, estimate = halvings(desk.network), next_halving(history=desk.network)
    past, squeezes = past_halving(desk.network, number), desk.squeeze(number)
    if as_json:
        print_json(_answer(desk, schedule, estimate, past, squeezes))
        return
    ahead = [h for h in schedule if h.estimated][:SHOWN_AHEAD]
    _print_schedule([*(h for h in schedule if not h.estimated), *ahead])
    click.echo(
        f"Next halving at block {estimate.height:,}: {estimate.median}, 80% between {estimate.p10} and "
        f"{estimate.p90}, {estimate.blocks_left:,} blocks after {estimate.as_of}.\n"
    )
    _print_squeezes(past, squeezes, _hashprices(desk, squeezes))


def _answer(
    desk: Desk,
    schedule: tuple[Halving, ...],
    estimate: HalvingEstimate,
    past: Halving,
    found: list[HalvingImpact],
) -> dict[str, Any]:
    return {
        "schedule": [
            {
                "number": h.number,
                "height": h.height,
                "date": h.date.isoformat(),
                "block_time": h.block_time.isoformat() if h.block_time else None,
                "estimated": h.estimated,
                "subsidy_before_btc": h.before_sat / SATOSHI,
                "subsidy_after_btc": h.after_sat / SATOSHI,
            }
            for h in schedule
        ],
        "next": {
            "height": estimate.height,
            "as_of": estimate.as_of.isoformat(),
            "blocks_left": estimate.blocks_left,
            "median": estimate.median.isoformat(),
            "p10": estimate.p10.isoformat(),
            "p90": estimate.p90.isoformat(),
            "method": estimate.method,
        },
        "squeeze": {
            "halving": past.number,
            "hashprice_usd_per_ph_day": _hashprices(desk, found),
            "companies": [squeeze.to_dict() for squeeze in found],
        },
    }


def _hashprices(desk: Desk, found: list[HalvingImpact]) -> dict[str, float]:
    quarters = [found[0].before.quarter, found[0].after.quarter] if found else []
    return {str(q): desk.network.quarter(q).mean_hashprice_usd_per_ph_day for q in quarters}


def _print_schedule(schedule: list[Halving]) -> None:
    rows = [
        (
            str(h.number),
            f"{h.height:,}",
            f"{'about ' if h.estimated else ''}{h.date}",
            f"{h.before_sat / SATOSHI:g}",
            f"{h.after_sat / SATOSHI:g}",
        )
        for h in schedule
    ]
    print_table("Halvings", ("#", "Height", "Date", "BTC before", "BTC after"), rows)


def _print_squeezes(past: Halving, found: list[HalvingImpact], hashprices: dict[str, float]) -> None:
    if not found:
        click.echo(f"No company has mining revenue beside halving {past.number} in the ledger.")
        return
    before, after = hashprices
    names = ("EH/s", "USD m per EH/s", "Gross margin", "Breakeven")
    rows = [
        (s.ticker, *(_cell(side, i) for i in range(len(names)) for side in (s.before, s.after)))
        for s in found
    ]
    header = ("Company", *(f"{name} {quarter}" for name in names for quarter in (before, after)))
    print_table(f"Squeeze of halving {past.number}, {past.date}: {before} against {after}", header, rows)
    click.echo(
        f"Mean hashprice {hashprices[before]:.1f} -> {hashprices[after]:.1f} USD per PH/s and day; "
        "breakeven in the same unit, from cost of revenue as reported.\n"
        "~ hash rate implied by the bitcoin mined, uptime and luck included. n/d: not disclosed."
    )


def _cell(side: QuarterEconomics, position: int) -> str:
    metric = side.metrics[position]
    value = metric.value
    if not isinstance(value, (int, float)):
        return "n/d"
    if metric.name.endswith("_share"):
        return f"{value:.1%}"
    about = "~" if side.implied else ""
    return about + (f"{value / 1e6:.2f}" if metric.name.startswith("revenue_usd") else f"{value:.1f}")
