"""Fit the constants of the nowcast on periods before 2024 and write them to its parameters.toml.

    python -m tools write nowcast-parameters

Maximum likelihood over all companies' figures whose period ends before 2024, with weak priors; figures that
contradict the rest are found first and left out. What no figure before 2024 can tell is given, with its
reason beside it. The elasticity of machine prices comes from asking prices of 2021 and 2022. The check does
not fit again: it fails if a small move of a constant makes the figures clearly likelier.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from statistics import median

import numpy as np
from scipy.optimize import minimize

from hashpivot.bitcoin import NetworkHistory
from hashpivot.ledger import View, bundled
from hashpivot.nowcast import (
    Days,
    EvidenceKind,
    HashRateEvidence,
    HashRateModel,
    Parameters,
    days_known,
    evidence_of,
    network_months,
)

from ..parts import Made
from ..places import tables
from .snapshot import Snapshot

TABLE = tables("nowcast") / "parameters.toml"
BEFORE = date(2024, 1, 1)
FEWEST = 3
ROUNDS = 2
STEP = 0.05  # of a constant, or of its logarithm
TOLERANCE = 0.5  # of log-likelihood: far below what would move a nowcast visibly
SLOPE_TOLERANCE = 0.005  # the rounding of the number in the file
# name in the file, start, weak prior (centre, spread) on the scale fitted, logarithm or not
FREE: tuple[tuple[str, float, float, bool], ...] = (
    ("path.monthly_step", 0.10, 1.0, True),
    ("path.monthly_transient", 0.02, 1.0, True),
    ("path.growth", 0.01, 0.03, False),
    ("path.with_network", 0.50, 0.5, False),
    ("path.summer_mean", 0.05, 0.1, False),
    ("path.summer_spread", 0.15, 0.7, True),
    ("effects.bitcoin_mined.noise", 0.006, 0.7, True),
    ("effects.hash_rate_average.mean", 0.05, 0.1, False),
    ("effects.hash_rate_period_end.mean", 0.15, 0.2, False),
    ("effects.hash_rate_period_end.spread", 0.10, 1.0, True),
    ("effects.hash_rate_period_end.noise", 0.08, 1.0, True),
    ("effects.mining_revenue.noise", 0.008, 0.7, True),
)
# Before 2024 nearly all averages are of one company, whose scatter says little of the others'; and no company
# gives a total without lines beside bitcoin mined often enough.
FIXED = {
    "effects.bitcoin_mined.mean": 0.0,
    "effects.bitcoin_mined.spread": 0.0,
    "effects.hash_rate_average.spread": 0.03,
    "effects.hash_rate_average.noise": 0.02,
    "effects.mining_revenue.mean": 0.0,
    "effects.mining_revenue.spread": 0.0,
    "effects.total_revenue.mean": 0.03,
    "effects.total_revenue.spread": 0.08,
    "effects.total_revenue.noise": 0.02,
}
Table = dict[str, dict[str, object]]


def centres() -> np.ndarray:
    return np.array([np.log(start) if logged else start for _, start, _, logged in FREE])


def kept(table: Table) -> np.ndarray:
    """The constants as they stand in the file, on the scale fitted."""
    found = []
    for name, _, _, logged in FREE:
        place: object = table
        for key in name.split("."):
            place = place[key]
        found.append(np.log(place) if logged else place)
    return np.array(found)


def filled(theta: np.ndarray, given: Table) -> Table:
    """The table with the constants of `theta`, in the layout of the file."""
    table: Table = {"path": {}, "effects": {kind.value: {} for kind in EvidenceKind}}
    values = {name: np.exp(v) if logged else v for (name, _, _, logged), v in zip(FREE, theta, strict=True)}
    for name, value in (values | FIXED).items():
        *folder, leaf = name.split(".")
        place = table[folder[0]] if len(folder) == 1 else table[folder[0]][folder[1]]
        place[leaf] = float(value)
    return table | {"given": given["given"], "chips": given["chips"]}


class Fit:
    """The figures before 2024 and their likelihood."""

    def __init__(self, given: Table) -> None:
        view, history = View(bundled()), NetworkHistory.load()
        self.given = given
        self.days: Days = days_known(history, date(2024, 3, 31))
        self.network = network_months(self.days)
        found = {ticker: evidence_of(view, ticker, self.days)[0] for ticker in view.tickers()}
        before = {t: [e for e in found[t] if e.end < BEFORE] for t in found}
        self.evidence: dict[str, Sequence[HashRateEvidence]] = {
            t: e for t, e in before.items() if len(e) >= FEWEST
        }

    def model(self, ticker: str, parameters: Parameters) -> HashRateModel:
        return HashRateModel(
            ticker,
            self.evidence[ticker],
            self.network,
            self.days,
            BEFORE.year * 12 - 1,
            parameters,
            parameters.growth,
        )

    def contradictions(self, theta: np.ndarray) -> dict[str, frozenset[int]]:
        parameters = Parameters.of(filled(theta, self.given))
        models = {ticker: self.model(ticker, parameters) for ticker in self.evidence}
        return {ticker: model.outliers(model.fit()) for ticker, model in models.items()}

    def loss(self, theta: np.ndarray, out: Mapping[str, frozenset[int]]) -> float:
        parameters = Parameters.of(filled(theta, self.given))
        likelihood = sum(self.model(t, parameters).fit(out[t]).log_likelihood for t in self.evidence)
        weak = sum(
            ((value - centre) / spread) ** 2
            for value, centre, (_, _, spread, _) in zip(theta, centres(), FREE, strict=True)
        )
        return 0.5 * weak - likelihood

    def run(self, theta: np.ndarray) -> tuple[np.ndarray, int]:
        """The constants found from `theta` on, and how many figures were left out."""
        out = self.contradictions(theta)
        for _ in range(ROUNDS):
            bounds = [(-7.0, 0.7) if logged else (-2.0, 2.0) for *_, logged in FREE]
            theta = minimize(self.loss, theta, args=(out,), method="L-BFGS-B", bounds=bounds).x
            out = self.contradictions(theta)
        return theta, sum(map(len, out.values()))


def elasticity(snapshot: Snapshot) -> float:
    """Slope of log asking price per TH on log hashprice, over weekly medians of 2021 and 2022."""
    history, weeks = NetworkHistory.load(), defaultdict(list)
    for row in snapshot.table("network/asic_listings_2021_2022.csv"):
        day = date.fromisoformat(row["date"])
        weeks[day.isocalendar()[:2]].append((day, float(row["usd_per_th"])))
    days = [median(day.toordinal() for day, _ in week) for week in weeks.values()]
    prices = [median(price for _, price in week) for week in weeks.values()]
    hashprices = [history.hashprice_usd_per_ph_day(date.fromordinal(int(day))) for day in days]
    return float(np.polyfit(np.log(hashprices), np.log(prices), 1)[0])


def written(table: Table, left_out: int, used: int) -> str:
    """The text of the file."""
    given = TABLE.read_text(encoding="utf-8")
    as_it_stands = given[given.index("\n[given]\n") : given.index("\n[chips]\n") + 1]
    lines = [
        "# Written by `python -m tools write nowcast-parameters`, which keeps what is given as it stands.",
        f"# Fitted on {used} figures of periods before 2024, {left_out} contradicting ones left out.",
        "[path]",
        *(f"{name} = {value:.4g}" for name, value in table["path"].items()),
        "",
    ]
    for kind, effect in table["effects"].items():
        lines += [
            f"[effects.{kind}]",
            *(f"{n} = {float(effect[n]):.4g}" for n in ("mean", "spread", "noise")),
            "",
        ]
    chips = f"[chips]\nelasticity_to_hashprice = {table['chips']['elasticity_to_hashprice']:.3g}\n"
    return "\n".join(lines) + as_it_stands + chips


def make() -> Made:
    """The fitted parameters."""
    given = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    fit = Fit(given)
    theta, left_out = fit.run(centres())
    table = filled(theta, given) | {"chips": {"elasticity_to_hashprice": elasticity(Snapshot.load())}}
    return {TABLE: written(table, left_out, sum(map(len, fit.evidence.values())))}


def problems() -> list[str]:
    """What says that the parameters are not those of the fit; empty if nothing does."""
    given = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    fit, theta = Fit(given), kept(given)
    out = fit.contradictions(theta)
    here = fit.loss(theta, out)
    moves = [sign * STEP * row for row in np.eye(len(theta)) for sign in (-1, 1)]
    gain = max(here - fit.loss(theta + move, out) for move in moves)
    slope = elasticity(Snapshot.load())
    stale = []
    if gain > TOLERANCE:
        stale.append(f"{TABLE.name}: a small move of a constant gains {gain:.3f} in log-likelihood")
    if abs(slope - given["chips"]["elasticity_to_hashprice"]) > SLOPE_TOLERANCE:
        stale.append(f"{TABLE.name}: the elasticity of machine prices is {slope:.3f}")
    return stale
