"""Draws of every line of one company's quarter, and of its total."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np

from hashpivot.core import Figure, Line, Missing
from hashpivot.ledger import Contract, QuarterLines

from ..hash_rate import Kind
from ..network import Floats, day_count
from ..parts import Level, mining_draws, ramp_draws, run_rate_draws, widened
from ..record import Subject, Widening
from ._quarter import CompanyQuarter

LEAST_USD = 1.0
"""Revenue is positive, whatever is eliminated."""
_BASIS = {
    Level.UPDATES: "bitcoin mined is known for part of the quarter or all of it",
    Level.HASHRATE: "hash rate is known, bitcoin mined is not",
    Level.NETWORK: "nothing is known since the last report",
}


@dataclass(frozen=True, eq=False)
class Drawn:
    """One line's draws, shape (draws,), as wide as past errors ask for, and in words what they stand on."""

    line: Line
    draws: Floats
    basis: str


class CompanyDraws:
    """Draws of one company's quarter.

    Args:
        held: What is known of it.
        widening: How much wider intervals are made, by subject, level and line.
    """

    def __init__(self, held: CompanyQuarter, widening: Widening) -> None:
        self.held = held
        self._known, self._widening = held.known, widening

    @cached_property
    def lines(self) -> list[Drawn]:
        """Every line, mining first."""
        mining, others = self._mining(), self._others()
        found = [mining, *others] if mining else others
        return sorted(found, key=lambda drawn: list(Line).index(drawn.line))

    def total(self) -> Floats | None:
        """Draws of all revenue; None if there is no line."""
        if not self.lines:
            return None
        rest = 0.0 if self.held.rest_is_a_line else self.held.rest_usd
        drawn = np.sum([line.draws for line in self.lines], axis=0)
        return np.asarray(np.maximum(drawn + rest, LEAST_USD))

    def hashes(self) -> Floats | None:
        """Draws of hashes done in this quarter over those of the base quarter."""
        base, mining = self.held.base, next((d for d in self.lines if d.line is Line.SELF_MINING), None)
        figure = base.revenue.get(Line.SELF_MINING) if base else None
        if not base or not mining or not figure or figure.value <= 0:
            return None
        pay = self.held.pay(self.held.start, self.held.end) / self.held.pay(base.start, base.end)
        days = day_count(self.held.start, self.held.end) / day_count(base.start, base.end)
        return np.asarray(mining.draws / float(figure.value) / pay * days)

    def _mining(self) -> Drawn | None:
        if self.held.path is None or self.held.unsplit:
            return None
        noise = self._known.parameters.effects[Kind.TOTAL if self.held.whole else Kind.REVENUE].noise
        seed = self._known.seed(self.held.ticker, self.held.quarter, "mining")
        raw = mining_draws(
            self.held.path,
            self._known.market,
            self.held.start,
            self.held.end,
            noise,
            whole=self.held.whole,
            seed=seed,
        )
        basis = _BASIS[self.held.level]
        note = "; the company does not split its revenue, so this is all of it" if self.held.whole else ""
        return self._drawn(Line.SELF_MINING, raw, Subject.MINING, self.held.level, basis + note)

    def _others(self) -> list[Drawn]:
        base = self.held.base
        if base is None or self.held.whole:
            return self._new_lines(set())
        if self.held.unsplit and isinstance(base.total_revenue, Figure) and base.total_revenue.value > 0:
            return [
                self._run_rate(Line.OTHER, base.total_revenue, "; all its revenue, which it does not split")
            ]
        found = [
            self._run_rate(line, figure)
            for line, figure in base.revenue.items()
            if figure.value > 0 and not (line is Line.SELF_MINING and self.held.path)
        ]
        return found + self._new_lines(set(base.revenue)) + self._unattributed(base)

    def _unattributed(self, base: QuarterLines) -> list[Drawn]:
        """What the base quarter attributes to no line, as a line."""
        total = base.total_revenue
        if not self.held.rest_is_a_line or isinstance(total, Missing):
            return []
        rest = replace(total, value=Decimal(self.held.rest_usd))
        return [self._run_rate(Line.OTHER, rest, "; revenue it attributes to no line")]

    def _run_rate(self, line: Line, figure: Figure, note: str = "") -> Drawn:
        """A line that goes on from its last quarter, with what contracts add to it."""
        last, seed = float(figure.value), self._known.seed(self.held.ticker, self.held.quarter, line)
        contracts = self.held.contracts(line)
        growth = self._known.line_growth(None if note else line)
        draws = run_rate_draws(last, self.held.ahead, growth, self._known.market.draws, seed)
        basis = f"last quarter's, {'with the growth of such lines' if growth.changes else 'as it was'}{note}"
        if contracts:
            added = sum(self._added(contract, figure.end) for contract in contracts)
            draws = draws / np.median(draws) * last + added
            basis = f"last quarter's, and what {len(contracts)} announced contracts add{note}"
        if line is Line.CHIPS and self.held.base:
            moved = self.held.pay(self.held.start, self.held.end) / self.held.pay(
                self.held.base.start, self.held.base.end
            )
            days = day_count(self.held.base.start, self.held.base.end) / day_count(
                self.held.start, self.held.end
            )
            draws = draws * (moved * days) ** self._known.parameters.chips_to_hashprice
            basis += ", moved with hashprice"
        return self._drawn(line, draws, Subject.OTHER, self.held.level, basis)

    def _new_lines(self, shown: set[Line]) -> list[Drawn]:
        """Lines not reported yet whose contracts begin by this quarter."""
        found = []
        before = self.held.base.end if self.held.base else self.held.start
        for line in (Line.AI_CLOUD, Line.AI_COLOCATION):
            contracts = [] if line in shown else self.held.contracts(line)
            draws = sum((self._added(c, before) for c in contracts), np.zeros(self._known.market.draws))
            if contracts and np.median(draws) > 0:
                basis = f"{len(contracts)} announced contracts that begin by then"
                found.append(self._drawn(line, np.maximum(draws, 1.0), Subject.OTHER, self.held.level, basis))
        return found

    def _added(self, contract: Contract, before: date) -> Floats:
        """What a contract adds from the quarter that ended on `before` to this one."""
        half = (self.held.end - self.held.start) / 2
        seed = self._known.seed(self.held.ticker, self.held.quarter, contract.counterparty)
        draws = ramp_draws(contract, before - half, self.held.start + half, self._known.market.draws, seed)
        return draws * self._known.ramp_realised

    def _drawn(self, line: Line, raw: Floats, subject: Subject, level: Level, basis: str) -> Drawn:
        return Drawn(line, widened(raw, self._widening(subject, level, line)), basis)
