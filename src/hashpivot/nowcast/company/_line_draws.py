"""Draws of every line of one company's quarter, and of its total."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np

from hashpivot.core import Figure, Line, Missing
from hashpivot.ledger import Contract, QuarterLines

from ..hash_rate import EvidenceKind
from ..network import Floats, day_count
from ..parts import Level, mining_draws, ramp_draws, run_rate_draws, widened
from ..track_record import Subject, Widening
from ._context import CompanyQuarter

LEAST_USD = 1.0
"""Revenue is positive, whatever is eliminated."""
_BASIS = {
    Level.UPDATES: "bitcoin mined is known for part of the quarter or all of it",
    Level.HASHRATE: "hash rate is known, bitcoin mined is not",
    Level.NETWORK: "nothing is known since the last report",
}


@dataclass(frozen=True, eq=False)
class Drawn:
    """One line's draws, shape (draws,), widened by past errors, and their basis in words."""

    line: Line
    draws: Floats
    basis: str


class CompanyDraws:
    """Draws of one company's quarter.

    Args:
        held: What is known of it.
        widening: How much wider intervals are made, by subject, level and line.
    """

    def __init__(self, context: CompanyQuarter, widening: Widening) -> None:
        self.context = context
        self._information, self._widening = context.information, widening

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
        rest = 0.0 if self.context.rest_is_a_line else self.context.rest_usd
        drawn = np.sum([line.draws for line in self.lines], axis=0)
        return np.asarray(np.maximum(drawn + rest, LEAST_USD))

    def hashes(self) -> Floats | None:
        """Draws of hashes done in this quarter over those of the base quarter."""
        base, mining = self.context.base, next((d for d in self.lines if d.line is Line.SELF_MINING), None)
        figure = base.revenue.get(Line.SELF_MINING) if base else None
        if not base or not mining or not figure or figure.value <= 0:
            return None
        pay = self.context.pay(self.context.start, self.context.end) / self.context.pay(base.start, base.end)
        days = day_count(self.context.start, self.context.end) / day_count(base.start, base.end)
        return np.asarray(mining.draws / float(figure.value) / pay * days)

    def _mining(self) -> Drawn | None:
        if self.context.posterior is None or self.context.unsplit:
            return None
        noise = self._information.parameters.effects[
            EvidenceKind.TOTAL if self.context.whole else EvidenceKind.REVENUE
        ].noise
        seed = self._information.seed(self.context.ticker, self.context.quarter, "mining")
        raw = mining_draws(
            self.context.posterior,
            self._information.market,
            self.context.start,
            self.context.end,
            noise,
            whole=self.context.whole,
            seed=seed,
        )
        basis = _BASIS[self.context.level]
        note = "; the company does not split its revenue, so this is all of it" if self.context.whole else ""
        return self._drawn(Line.SELF_MINING, raw, Subject.MINING, self.context.level, basis + note)

    def _others(self) -> list[Drawn]:
        base = self.context.base
        if base is None or self.context.whole:
            return self._new_lines(set())
        if self.context.unsplit and isinstance(base.total_revenue, Figure) and base.total_revenue.value > 0:
            return [
                self._run_rate(Line.OTHER, base.total_revenue, "; all its revenue, which it does not split")
            ]
        found = [
            self._run_rate(line, figure)
            for line, figure in base.revenue.items()
            if figure.value > 0 and not (line is Line.SELF_MINING and self.context.posterior)
        ]
        return found + self._new_lines(set(base.revenue)) + self._unattributed(base)

    def _unattributed(self, base: QuarterLines) -> list[Drawn]:
        """What the base quarter attributes to no line, as a line."""
        total = base.total_revenue
        if not self.context.rest_is_a_line or isinstance(total, Missing):
            return []
        rest = replace(total, value=Decimal(self.context.rest_usd))
        return [self._run_rate(Line.OTHER, rest, "; revenue it attributes to no line")]

    def _run_rate(self, line: Line, figure: Figure, note: str = "") -> Drawn:
        """A line held at its run rate, with what contracts add to it."""
        last, seed = (
            float(figure.value),
            self._information.seed(self.context.ticker, self.context.quarter, line),
        )
        contracts = self.context.contracts(line)
        growth = self._information.line_growth(None if note else line)
        draws = run_rate_draws(last, self.context.ahead, growth, self._information.market.draws, seed)
        basis = f"last quarter's, {'with the growth of such lines' if growth.changes else 'as it was'}{note}"
        if contracts:
            added = sum(self._added(contract, figure.end) for contract in contracts)
            draws = draws / np.median(draws) * last + added
            basis = f"last quarter's, and what {len(contracts)} announced contracts add{note}"
        if line is Line.CHIPS and self.context.base:
            moved = self.context.pay(self.context.start, self.context.end) / self.context.pay(
                self.context.base.start, self.context.base.end
            )
            days = day_count(self.context.base.start, self.context.base.end) / day_count(
                self.context.start, self.context.end
            )
            draws = draws * (moved * days) ** self._information.parameters.chips_to_hashprice
            basis += ", moved with hashprice"
        return self._drawn(line, draws, Subject.OTHER, self.context.level, basis)

    def _new_lines(self, shown: set[Line]) -> list[Drawn]:
        """Lines not reported yet whose contracts begin by this quarter."""
        found = []
        before = self.context.base.end if self.context.base else self.context.start
        for line in (Line.AI_CLOUD, Line.AI_COLOCATION):
            contracts = [] if line in shown else self.context.contracts(line)
            draws = sum((self._added(c, before) for c in contracts), np.zeros(self._information.market.draws))
            if contracts and np.median(draws) > 0:
                basis = f"{len(contracts)} announced contracts that begin by then"
                found.append(
                    self._drawn(line, np.maximum(draws, 1.0), Subject.OTHER, self.context.level, basis)
                )
        return found

    def _added(self, contract: Contract, before: date) -> Floats:
        """What a contract adds from the quarter that ended on `before` to this one."""
        half = (self.context.end - self.context.start) / 2
        seed = self._information.seed(self.context.ticker, self.context.quarter, contract.counterparty)
        draws = ramp_draws(
            contract, before - half, self.context.start + half, self._information.market.draws, seed
        )
        return draws * self._information.ramp_realised

    def _drawn(self, line: Line, raw: Floats, subject: Subject, level: Level, basis: str) -> Drawn:
        return Drawn(line, widened(raw, self._widening(subject, level, line)), basis)
