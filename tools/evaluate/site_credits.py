"""Riot's published power credits beside those of an example site of its size.

python -m tools write site-credits
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import RollingHorizon, backtest, load_site, load_zone, power_months

from ..bundle.snapshot import Snapshot
from ..parts import Made
from .site_policies import END, joined


def make() -> Made:
    """The table of the page, and how well both agree."""
    return {"site-credits": joined(riot(Snapshot.load()))}


def riot(snapshot: Snapshot) -> Iterator[str]:
    """Riot's published monthly credits beside those of the example fixed_block."""
    published_rows = snapshot.table("energy/riot_power_credits_monthly.csv")
    rows = [row for row in published_rows if row["preferred"] == "1"]
    site, prices, network = load_site("fixed_block"), load_zone("LZ_WEST"), NetworkHistory.load()
    test = backtest(
        site, prices, date(2022, 7, 1), END, network=network, regime="lagged", policies=[RollingHorizon()]
    )
    modelled = {month.month: month for month in power_months(test)}
    rows = sorted((row for row in rows if row["month"] in modelled), key=lambda row: row["month"])
    theirs = "Riot curtailment | Riot demand response | Riot total"
    yield f"| month | {theirs} | model resale | model reserve | model total |"
    yield "| --- " + "| ---: " * 6 + "|"
    pairs = []
    for row in rows:
        model = modelled[row["month"]]
        curtail, response = row["power_curtailment_credits_usd_m"], row["demand_response_credits_usd_m"]
        total = row["total_power_credits_usd_m"] or curtail
        pairs.append((float(total), model.credits_usd / 1e6, curtail, model.curtailment_credits_usd / 1e6))
        yield (
            f"| {row['month']} | {curtail or '–'} | {response or '–'} | {total} | "
            f"{model.curtailment_credits_usd / 1e6:.1f} | {model.demand_response_credits_usd / 1e6:.1f} | "
            f"{model.credits_usd / 1e6:.1f} |"
        )
    published, model_usd = np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])
    known = [(float(pair[2]), pair[3]) for pair in pairs if pair[2]]
    resale = rank_correlation(*np.array(known).T)
    yield ""
    yield (
        f"{len(rows)} months: rank correlation of totals {rank_correlation(published, model_usd):.2f}, "
        f"of curtailment alone {resale:.2f} ({len(known)} months); "
        f"sum of totals Riot USD {published.sum():.1f} m, model USD "
        f"{model_usd.sum():.1f} m ({model_usd.sum() / published.sum():.1f} times)."
    )


def rank_correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Spearman's, ties in order of appearance."""
    ranks = [np.argsort(np.argsort(values, kind="stable"), kind="stable") for values in (one, other)]
    return float(np.corrcoef(*ranks)[0, 1])
