"""Draws of every line of one company's quarter, and of its total."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np

from hashpivot.core import Figure, Line, Missing, Quarter
from hashpivot.ledger import Contract, QuarterLines, contracts_in_force

from ._calibrate import Widening
from ._estimate import widened
from ._evidence import Evidence, Kind, lines_shown, mines_only
from ._known import Known
from ._mining import Level, level_of, mining_draws
from ._months import Floats, day_count, month_of
from ._path import Path, PathModel
from ._ramp import LINES, ramp_draws, ramps
from ._record import Subject
from ._run_rate import LONGEST_GAP, run_rate_draws

OLDEST_DAYS = 400
"""Days before a quarter after which what is known of a company says nothing about it any more."""
LEAST_REST = 0.02
"""Share of total revenue from which what belongs to no line is nowcast as one."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """One line's draws before and after widening, and in words what they stand on."""

    line: Line
    raw: Floats
    draws: Floats
    basis: str


class CompanyQuarter:
    """One company's quarter as far as it can be drawn.

    Args:
        known: What is known.
        ticker: The company.
        quarter: The quarter; its own revenue is never looked at.
        widening: How much wider intervals are made, by subject, level and line.
    """

    def __init__(self, known: Known, ticker: str, quarter: Quarter, widening: Widening) -> None:
        self.known, self.ticker, self.quarter = known, ticker, quarter
        self.start, self.end = known.view.book(ticker).bounds(quarter)
        self._widening = widening

    @cached_property
    def evidence(self) -> list[Evidence]:
        """What bears on its hash rate; revenue of this quarter and of later ones left out."""
        held = self.known.evidence(self.ticker)
        return [e for e in held if e.kind not in (Kind.REVENUE, Kind.TOTAL) or e.end < self.start]

    @cached_property
    def level(self) -> Level:
        """How much is known of its mining."""
        return level_of(self.evidence, self.start, self.end)

    @cached_property
    def whole(self) -> bool:
        """True if all its revenue is nowcast as mining, since it has shown no line at all."""
        view = self.known.view
        return mines_only(view, self.ticker) and not lines_shown(view, self.ticker)

    @property
    def lets_halls(self) -> bool:
        """True if it has let power and halls to AI tenants: its fleet is then not taken to grow."""
        held = contracts_in_force(self.known.as_of)
        return any(c.ticker == self.ticker and LINES.get(c.kind) is Line.AI_COLOCATION for c in held)

    @cached_property
    def base(self) -> QuarterLines | None:
        """The quarter the nowcast goes on from; None if nothing recent is known.

        The latest one known with lines, unless a total three or more quarters later is known.
        """
        view = self.known.view
        quarters = [q for q in view.quarters(self.ticker) if q < self.quarter]
        split = [q for q in quarters if view.quarter_lines(self.ticker, q).revenue]
        if not quarters:
            return None
        chosen = split[-1] if split and quarters[-1].since(split[-1]) <= LONGEST_GAP else quarters[-1]
        lines = view.quarter_lines(self.ticker, chosen)
        return lines if (self.start - lines.end).days <= OLDEST_DAYS else None

    @property
    def ahead(self) -> int:
        """Quarters from the base to this one; 1 without a base."""
        return self.quarter.since(self.base.quarter) if self.base else 1

    @cached_property
    def path(self) -> Path | None:
        """Its effective hash rate, if anything recent is known of its mining."""
        recent = [e for e in self.evidence if e.kind.earned and (self.start - e.end).days <= OLDEST_DAYS]
        if not recent:
            return None
        model = PathModel(
            self.ticker,
            self.evidence,
            dict(self.known.network),
            self.known.days,
            month_of(self.end),
            self.known.parameters,
            0.0 if self.lets_halls else self.known.growth,
        )
        return model.fit()

    @cached_property
    def lines(self) -> list[Drawn]:
        """Every line, mining first."""
        mining, others = self._mining(), self._others()
        found = [mining, *others] if mining else others
        return sorted(found, key=lambda drawn: list(Line).index(drawn.line))

    @cached_property
    def rest_usd(self) -> float:
        """Revenue of the base quarter that belongs to no line; negative where lines sell to each other."""
        base = self.base
        if not base or not base.revenue or isinstance(base.total_revenue, Missing):
            return 0.0
        return float(base.total_revenue.value - sum(f.value for f in base.revenue.values()))

    @property
    def _rest_is_a_line(self) -> bool:
        """True if so much of the base quarter is not attributed that it must be a line of its own."""
        base = self.base
        shown = base is not None and Line.OTHER in base.revenue
        total = base.total_revenue if base else None
        return not shown and isinstance(total, Figure) and self.rest_usd > LEAST_REST * float(total.value)

    def total(self, *, raw: bool = False) -> Floats | None:
        """Draws of all revenue; None if there is no line."""
        if not self.lines:
            return None
        rest = 0.0 if self._rest_is_a_line else self.rest_usd
        drawn = [line.raw if raw else line.draws for line in self.lines]
        return np.asarray(np.sum(drawn, axis=0) + rest)

    def hashes(self) -> Floats | None:
        """Draws of hashes done in this quarter over those of the base quarter."""
        base, mining = self.base, next((d for d in self.lines if d.line is Line.SELF_MINING), None)
        figure = base.revenue.get(Line.SELF_MINING) if base else None
        if not base or not mining or not figure or figure.value <= 0:
            return None
        pay = self._pay(self.start, self.end) / self._pay(base.start, base.end)
        days = day_count(self.start, self.end) / day_count(base.start, base.end)
        return np.asarray(mining.draws / float(figure.value) / pay * days)

    def pay_since(self, figure: Figure) -> float:
        """What the network pays for a hash in this quarter over a reported one: the mean over draws."""
        start = figure.start or figure.end
        return float(self._pay(self.start, self.end).mean() / self._pay(start, figure.end).mean())

    def contracts(self, line: Line) -> list[Contract]:
        """Contracts in force on the day that say what they bring to a line."""
        held = (c for c in contracts_in_force(self.known.as_of) if c.ticker == self.ticker)
        return ramps(held, line)

    def _mining(self) -> Drawn | None:
        if self.path is None or self._unsplit:
            return None
        noise = self.known.parameters.effects[Kind.TOTAL if self.whole else Kind.REVENUE].noise
        seed = self.known.seed(self.ticker, self.quarter, "mining")
        raw = mining_draws(
            self.path, self.known.market, self.start, self.end, noise, whole=self.whole, seed=seed
        )
        basis = {
            Level.UPDATES: "bitcoin mined is known for part of the quarter or all of it",
            Level.HASHRATE: "hash rate is known, bitcoin mined is not",
            Level.NETWORK: "nothing is known since the last report",
        }[self.level]
        note = "; the company does not split its revenue, so this is all of it" if self.whole else ""
        return self._drawn(Line.SELF_MINING, raw, Subject.MINING, self.level, basis + note)

    def _others(self) -> list[Drawn]:
        base = self.base
        if base is None or self.whole:
            return self._new_lines(set())
        if self._unsplit and isinstance(base.total_revenue, Figure) and base.total_revenue.value > 0:
            return [
                self._run_rate(Line.OTHER, base.total_revenue, "; all its revenue, which it does not split")
            ]
        found = [
            self._run_rate(line, figure)
            for line, figure in base.revenue.items()
            if figure.value > 0 and not (line is Line.SELF_MINING and self.path)
        ]
        return found + self._new_lines(set(base.revenue)) + self._unattributed(base)

    def _unattributed(self, base: QuarterLines) -> list[Drawn]:
        """What the base quarter attributes to no line, as a line."""
        total = base.total_revenue
        if not self._rest_is_a_line or isinstance(total, Missing):
            return []
        rest = replace(total, value=Decimal(self.rest_usd))
        return [self._run_rate(Line.OTHER, rest, "; revenue it attributes to no line")]

    @property
    def _unsplit(self) -> bool:
        """True if the base quarter has no lines and its total is not mining alone."""
        bare = self.base is not None and not self.base.revenue
        return bare and not mines_only(self.known.view, self.ticker)

    def _run_rate(self, line: Line, figure: Figure, note: str = "") -> Drawn:
        """A line that goes on from its last quarter, with what contracts add to it."""
        last, seed = float(figure.value), self.known.seed(self.ticker, self.quarter, line)
        contracts = self.contracts(line)
        growth = self.known.line_growth(None if note else line)
        draws = run_rate_draws(last, self.ahead, growth, self.known.market.draws, seed)
        basis = f"last quarter's {(growth.changes and 'with the growth of such lines') or 'as it was'}{note}"
        if contracts:
            added = sum(self._added(contract, figure.end) for contract in contracts)
            draws = draws / np.median(draws) * last + added
            basis = f"last quarter's, and what {len(contracts)} announced contracts add{note}"
        if line is Line.CHIPS and self.base:
            moved = self._pay(self.start, self.end) / self._pay(self.base.start, self.base.end)
            days = day_count(self.base.start, self.base.end) / day_count(self.start, self.end)
            draws = draws * (moved * days) ** self.known.parameters.chips_to_hashprice
            basis += ", moved with hashprice"
        return self._drawn(line, draws, Subject.OTHER, self.level, basis)

    def _new_lines(self, shown: set[Line]) -> list[Drawn]:
        """Lines not reported yet whose contracts begin by this quarter."""
        found = []
        before = self.base.end if self.base else self.start
        for line in (Line.AI_CLOUD, Line.AI_COLOCATION):
            contracts = [] if line in shown else self.contracts(line)
            draws = sum((self._added(c, before) for c in contracts), np.zeros(self.known.market.draws))
            if contracts and np.median(draws) > 0:
                basis = f"{len(contracts)} announced contracts that begin by then"
                found.append(self._drawn(line, np.maximum(draws, 1.0), Subject.OTHER, self.level, basis))
        return found

    def _added(self, contract: Contract, before: date) -> Floats:
        """What a contract adds from the quarter that ended on `before` to this one."""
        half = (self.end - self.start) / 2
        seed = self.known.seed(self.ticker, self.quarter, contract.counterparty)
        draws = ramp_draws(contract, before - half, self.start + half, self.known.market.draws, seed)
        return draws * self.known.ramp_realised

    def _drawn(self, line: Line, raw: Floats, subject: Subject, level: Level, basis: str) -> Drawn:
        return Drawn(line, raw, widened(raw, self._widening(subject, level, line)), basis)

    def _pay(self, start: date, end: date) -> Floats:
        """US dollars 1 EH/s earns over a period; shape (draws or 1,)."""
        return np.asarray(self.known.market.usd_per_eh(start, end).sum(axis=1))
