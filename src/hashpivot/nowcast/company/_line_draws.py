"""Draws of every line of one company's quarter, and of its total."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import exp, inf, sqrt

import numpy as np

from hashpivot.core import Line, Quarter
from hashpivot.ledger import Contract

from ..hash_rate import EvidenceKind
from ..network import Floats, day_count
from ..parts import Level, mining_draws, ramp_draws
from ..track_record import Correction, Learned, Subject
from ._baselines import Baselines, baselines
from ._context import CompanyQuarter
from ._events import part_before, unknown_variance
from ._levels import ReportedLevel, after_events

LEAST_LEFT = 0.1
"""Share of a line that a correction of the total leaves in any draw."""
LEAST_USD = 1.0
"""Revenue is positive, whatever is eliminated."""
_GROWN = "with the growth of such lines"
_BASIS = {
    Level.UPDATES: "bitcoin mined is known for part of the quarter or all of it",
    Level.HASHRATE: "hash rate is known, bitcoin mined is not",
    Level.NETWORK: "nothing is known since the last report",
}


@dataclass(frozen=True, eq=False)
class Drawn:
    """One line's draws.

    Args:
        line: The line.
        draws: Corrected by past errors, shape (draws,).
        basis: What they stand on, in words.
        model: As the model gives them.
    """

    line: Line
    draws: Floats
    basis: str
    model: Floats


class CompanyDraws:
    """Draws of one company's quarter.

    Args:
        context: What is known of it.
        learned: What past nowcasts teach, by subject, level, line and age of the last report.
    """

    def __init__(self, context: CompanyQuarter, learned: Learned) -> None:
        self.context = context
        self._information, self._learned = context.information, learned

    @cached_property
    def lines(self) -> list[Drawn]:
        """Every line, mining first; with the rest they sum to the total in every draw.

        What past errors of totals change falls on the lines by size and variance of their logarithms: what is
        measured stays.
        """
        total = self.sum_of_lines()
        if total is None:
            return []
        whole = self.total_correction.applied(total, self.total_baselines.toward_usd)
        together = np.sum([drawn.draws for drawn in self._lines], axis=0) + self.rest_usd
        moves = np.array([np.var(np.log(d.draws)) * d.draws for d in self._lines])
        shares = moves / np.maximum(moves.sum(axis=0), LEAST_USD)
        return [
            replace(d, draws=np.maximum(d.draws + share * (whole - together), LEAST_LEFT * d.draws))
            for d, share in zip(self._lines, shares, strict=True)
        ]

    @cached_property
    def rest_usd(self) -> float:
        """What belongs to no line: as in the latest reported quarter, if all its lines are nowcast."""
        levels = self.context.levels
        return 0.0 if self.context.whole or levels is None else levels.rest_usd

    def total(self) -> Floats | None:
        """Draws of all revenue; None if there is no line."""
        if not self.lines:
            return None
        drawn = np.sum([line.draws for line in self.lines], axis=0)
        return np.asarray(np.maximum(drawn + self.rest_usd, LEAST_USD))

    def sum_of_lines(self) -> Floats | None:
        """Draws of all revenue before past errors of totals correct it; None if there is no line.

        Their median is the sum of the lines' medians: the median of a sum of skewed draws lies above it.
        """
        if not self._lines:
            return None
        drawn = np.sum([line.draws for line in self._lines], axis=0) + self.rest_usd
        middle = sum(float(np.median(line.draws)) for line in self._lines) + self.rest_usd
        return np.asarray(np.maximum(drawn * (middle / float(np.median(drawn))), LEAST_USD))

    @cached_property
    def total_baselines(self) -> Baselines:
        """Simple forecasts of the total; none where totals are of another kind than lines."""
        if self.context.levels and self.context.levels.turnover:
            return Baselines(None, None, None, None, None)
        return baselines(self.context, Subject.TOTAL, "total")

    @cached_property
    def total_correction(self) -> Correction:
        """What past errors of totals do to this one."""
        return self._correction(Subject.TOTAL, "total", self.total_baselines.quarters_since)

    def baselines(self, drawn: Drawn) -> Baselines:
        """Simple forecasts of one line."""
        return baselines(self.context, _subject(drawn.line), str(drawn.line))

    def hashes(self) -> Floats | None:
        """Draws of hashes done in this quarter over those of the base quarter."""
        base, mining = self.context.base, next((d for d in self.lines if d.line is Line.SELF_MINING), None)
        figure = base.revenue.get(Line.SELF_MINING) if base else None
        if not base or not mining or not figure or figure.value <= 0:
            return None
        pay = self.context.pay(self.context.start, self.context.end) / self.context.pay(base.start, base.end)
        days = day_count(self.context.start, self.context.end) / day_count(base.start, base.end)
        return np.asarray(mining.draws / float(figure.value) / pay * days)

    @cached_property
    def _lines(self) -> list[Drawn]:
        mining, others = self._mining(), self._others()
        found = [mining, *others] if mining else others
        return sorted(found, key=lambda drawn: list(Line).index(drawn.line))

    @property
    def _mined_since(self) -> bool:
        """True if bitcoin mined after the latest reported quarter is known."""
        levels = self.context.levels
        if levels is None:
            return True
        end = self._information.view.company_statements(self.context.ticker).bounds(levels.quarter)[1]
        return any(e.kind is EvidenceKind.BITCOIN and e.start > end for e in self.context.evidence)

    @property
    def _mines(self) -> bool:
        """True unless the latest total leaves nothing to mining and no bitcoin was mined since.

        Mining alone is no nowcast of a company whose other lines are of a report too old.
        """
        levels = self.context.levels
        if self.context.posterior is None:
            return False
        if levels is None:
            return not self.context.lines_shown - {Line.SELF_MINING}
        if self.context.whole or Line.SELF_MINING in levels.lines:
            return True
        return self._mined_since

    def _mining(self) -> Drawn | None:
        context = self.context
        fits = context.levels is not None and not context.whole and not self._mined_since
        posterior = context.fitted_posterior if fits else context.posterior
        if posterior is None or not self._mines:
            return None
        noise = self._information.parameters.effects[
            EvidenceKind.TOTAL if context.whole else EvidenceKind.REVENUE
        ].noise
        model = mining_draws(
            posterior,
            self._information.market,
            context.start,
            context.end,
            noise,
            whole=context.whole,
            seed=self._information.seed(context.ticker, context.quarter, "mining"),
        )
        model = model * part_before(context.events, Line.SELF_MINING, context.start, context.end)
        variance = unknown_variance(context.events, Line.SELF_MINING, context.evidence)
        if variance:
            chance = np.random.default_rng(self._information.seed(context.ticker, context.quarter, "events"))
            model = model * np.exp(sqrt(variance) * chance.standard_normal(len(model)))
        basis = _BASIS[context.level]
        if context.whole:
            basis += "; the company does not split its revenue, so this is all of it"
        if posterior is not context.posterior:
            basis += "; moved to what a later total leaves to it"
        return self._drawn(Line.SELF_MINING, model, basis)

    def _others(self) -> list[Drawn]:
        levels = self.context.levels
        if levels is None or self.context.whole:
            return self._new_lines(set())
        found = []
        for line, level in levels.lines.items():
            if line is Line.SELF_MINING and self.context.posterior:
                continue
            left = after_events(self.context, line, level, levels.quarter, self.context.quarter)
            if left:
                found.append(self._run_rate(line, left))
        return found + self._new_lines(set(levels.lines))

    def _run_rate(self, line: Line, level: ReportedLevel) -> Drawn:
        """A line held at its run rate, with what contracts add to it."""
        context, levels = self.context, self.context.levels
        quarter = levels.quarter if levels else context.quarter - 1
        ahead = max(1, context.quarter.since(quarter))
        seed = self._information.seed(context.ticker, context.quarter, line)
        contracts = context.contracts(line)
        rate = self._information.line_changes.of(line if level.reported else None, level.usd, ahead)
        draws = rate.draws(level.usd, self._information.market.draws, seed, level.variance)
        bounds = rate.bounds(level.usd, level.variance)
        basis = f"{_origin(level, quarter)}, {_GROWN if rate.changes else 'as it was'}"
        start, end = self._information.view.company_statements(context.ticker).bounds(quarter)
        if contracts:
            added = np.sum([self._added(contract, end) for contract in contracts], axis=0)
            draws = draws * exp(-rate.mean) + added
            bounds = bounds[0] + float(added.min()), bounds[1] + float(added.max())
            basis = f"{_origin(level, quarter)}, and what {len(contracts)} announced contracts add"
        if line is Line.CHIPS:
            moved = context.pay(context.start, context.end) / context.pay(start, end)
            days = day_count(start, end) / day_count(context.start, context.end)
            draws = draws * (moved * days) ** self._information.parameters.chips_to_hashprice
            bounds = 0.0, inf
            basis += ", moved with hashprice"
        if any(event.effective > end for event in context.events):
            draws = draws * part_before(context.events, line, context.start, context.end)
        return self._drawn(line, draws, basis, bounds)

    def _new_lines(self, shown: set[Line]) -> list[Drawn]:
        """Lines not reported yet whose contracts begin by this quarter."""
        found = []
        before = self.context.base.end if self.context.base else self.context.start
        for line in (Line.AI_CLOUD, Line.AI_COLOCATION):
            contracts = [] if line in shown else self.context.contracts(line)
            draws = sum((self._added(c, before) for c in contracts), np.zeros(self._information.market.draws))
            if contracts and np.median(draws) > 0:
                basis = f"{len(contracts)} announced contracts that begin by then"
                found.append(self._drawn(line, draws, basis))
        return found

    def _added(self, contract: Contract, before: date) -> Floats:
        """What a contract adds from the quarter that ended on `before` to this one."""
        half = (self.context.end - self.context.start) / 2
        seed = self._information.seed(self.context.ticker, self.context.quarter, contract.counterparty)
        draws = ramp_draws(
            contract, before - half, self.context.start + half, self._information.market.draws, seed
        )
        return draws * self._information.ramp_realised

    def _drawn(
        self, line: Line, model: Floats, basis: str, bounds: tuple[float, float] = (0.0, inf)
    ) -> Drawn:
        """A line corrected by what past nowcasts of such lines teach, within what such lines ever did."""
        simple = baselines(self.context, _subject(line), str(line))
        correction = self._correction(_subject(line), str(line), simple.quarters_since)
        toward = simple.toward_usd
        model = np.maximum(model, LEAST_USD)
        if toward and correction.weight < 1:
            basis += (
                f"; {1 - correction.weight:.0%} drawn toward "
                f"{_TOWARD[_subject(line)]} as {correction.cases} past cases teach"
            )
        corrected = np.clip(correction.applied(model, toward), *bounds)
        return Drawn(line, corrected, basis, model)

    def _correction(self, subject: Subject, line: str, age: int | None) -> Correction:
        """What past nowcasts teach; the model is trusted where it knows what no baseline shows."""
        learned = self._learned(subject, str(self.context.level), line, age)
        return learned.trusting if self.context.knows_more else learned


_TOWARD = {
    Subject.MINING: "the last quarter scaled by the network",
    Subject.OTHER: "the last quarter",
}


def _subject(line: Line) -> Subject:
    return Subject.MINING if line is Line.SELF_MINING else Subject.OTHER


def _origin(level: ReportedLevel, quarter: Quarter) -> str:
    """Where a line's level comes from, in words."""
    if level.reported == quarter:
        return f"{quarter}'s"
    if level.reported is None:
        return f"what no line of {quarter} accounts for"
    return f"{level.reported}'s, carried to what the total of {quarter} leaves to it"
