"""A company's effective hash rate month by month, estimated from everything it reported.

Effective hash rate is the EH/s that would have earned what the company earned at the network's expected pay
per hash (FPPS). Its logarithm is a random walk with drift, minus a curtailment in summer, when power is
expensive (taken from the uptime of its sites where that is given), plus a transient term for each month.
Production, revenue and reported hash rates observe it, each kind with its own bias (the realised share),
which is estimated for each company and pooled over companies through its prior. The size of the walk's steps
differs between companies: four step scales are averaged by their likelihood. For each step scale the model
is linear and Gaussian; it is relinearised a few times, because a period adds up hash rates, not logarithms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, pi

import numpy as np
from numpy.typing import NDArray

from ..network import BLOCKS_PER_DAY, Days, Floats, month_of, solo_dispersion
from ._evidence import Excluded, HashRateEvidence
from ._kind import EvidenceKind
from ._parameters import Parameters
from ._posterior import KINDS, HashRatePosterior

Positions = NDArray[np.int_]
_UNKNOWN = 5.0  # standard deviation of the first level: a factor of 150, so that the prior says nothing
_ROUNDS = 3  # of linearisation; a fourth moves no estimate by a tenth of a per mille
_ROUNDING = 0.29  # standard deviation of rounding to whole coins, 1 / sqrt(12)
_FLOOR = 1e-3  # smallest noise of any figure: reported numbers are rounded
_OUTLIER = 3.5  # standard deviations; one sound figure in two thousand lies farther out
_MOST_OUTLIERS = 0.25  # share of a company's figures that may be excluded
_AGREEING = 0.75  # of the worst residual: figures from there on count as equally bad
_DAYS_PER_MONTH = 30.4
_LEAST_UPTIME = 0.05  # below it a month says nothing about the fleet
STEP_SCALES = (0.4, 0.63, 1.0, 1.6)
"""Multiples of the common monthly step; a company's model averages over them by their likelihood."""


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """What is the same about a figure in every linearisation.

    Args:
        months: Positions of its months.
        weights: What counts of each.
        weight: Their sum.
        curtailed: Of each month.
        summer: Of each month.
        flow: True if it adds up what its months earned.
        transient: Positions of its months' transient terms; None if it has none.
        kind: Position of its kind's bias.
        scope: 1 if it is of another scope.
    """

    months: Positions
    weights: Floats
    weight: float
    curtailed: Floats
    summer: Floats
    flow: bool
    transient: Positions | None
    kind: int
    scope: float


class HashRateModel:
    """The state-space model of one company's effective hash rate.

    Args:
        ticker: The company.
        evidence: The figures that bear on it.
        network: Mean log EH/s of the network by month, for every month up to `last`.
        days: The network as known.
        last: Last month wanted.
        parameters: Constants.
        growth: Monthly growth beside the network's.
        first: First month wanted, if it lies before the evidence.
        uptime: Share of the time its sites ran, by month; these months then know no summer.

    Raises:
        ValueError: If there is no evidence.
    """

    def __init__(
        self,
        ticker: str,
        evidence: Sequence[HashRateEvidence],
        network: dict[int, float],
        days: Days,
        last: int,
        parameters: Parameters,
        growth: float,
        first: int | None = None,
        uptime: Mapping[int, float] | None = None,
    ) -> None:
        if not evidence:
            raise ValueError("a hash-rate model needs evidence")
        self._ticker, self._days, self._constants = ticker, days, parameters
        self._evidence = list(evidence)
        began = min(month_of(e.start) for e in evidence)
        self._first = (began if first is None else min(first, began)) - 1
        end = max([last, *(month_of(e.end) for e in evidence)]) + 1
        self._months = np.arange(self._first, end + 1)
        count = len(self._months)
        network_log_ehs = np.interp(self._months, list(network), list(network.values()))
        followed = parameters.with_network * (network_log_ehs - network_log_ehs[0])
        drift = growth * np.arange(count) + followed
        calendar = self._months % 12 + 1
        self._summer = np.array([parameters.summer_weight.get(int(m), 0.0) for m in calendar])
        self._curtailed = self._curtailment(uptime or {})
        self._level = float(np.mean([e.log_ehs for e in evidence]))
        self._rows = [self._row_of(e) for e in evidence]
        self._drift, self._network = drift, network_log_ehs
        self._noise = np.array([self._noise_of(e) for e in evidence]) ** 2

    def fit(self, excluded: frozenset[int] | None = None) -> HashRatePosterior:
        """Return the posterior; figures that contradict the others are excluded, worst first.

        Args:
            excluded: Positions of evidence to leave out; outliers are looked for if None.
        """
        out: set[int] = set(excluded or ())
        most = max(1, int(_MOST_OUTLIERS * len(self._evidence)))
        prior = self._prior_of(1.0)
        state, rounds = prior[0], _ROUNDS
        while True:
            keep = [i for i in range(len(self._evidence)) if i not in out]
            state, _, residuals, _ = self._posterior(prior, keep, state, rounds)
            worst = self._worst(keep, residuals)
            if excluded is not None or worst is None or len(out) >= most:
                break
            out.add(worst)
            rounds = 1
        mean, covariance, likelihood = self._averaged(keep, state)
        reason = "it contradicts what else is known of the company's hash rate"
        return HashRatePosterior(
            self._first,
            mean,
            covariance,
            tuple(self._evidence[i] for i in keep),
            tuple(Excluded(self._evidence[i].figure, reason) for i in sorted(out)),
            likelihood,
            self._summer,
            self._curtailed,
        )

    def _curtailment(self, uptime: Mapping[int, float]) -> Floats:
        """Log uptime over its mean outside summer; a month of known uptime has no summer effect beside it."""
        curtailed = np.zeros(len(self._months))
        known = [place for place, month in enumerate(self._months) if int(month) in uptime]
        shares = np.array([max(_LEAST_UPTIME, uptime[int(self._months[place])]) for place in known])
        if not known:
            return curtailed
        usual = shares[self._summer[known] == 0]
        curtailed[known] = np.log(shares / (usual.mean() if len(usual) else 1.0))
        self._summer[known] = 0.0
        return curtailed

    def _averaged(self, keep: Sequence[int], state: Floats) -> tuple[Floats, Floats, float]:
        """Mean and covariance over all step scales by likelihood, and the log of their mean likelihood."""
        means, covariances, likelihoods = [], [], []
        for step_scale in STEP_SCALES:
            prior = self._prior_of(step_scale)
            mean, known, _, likelihood = self._posterior(prior, keep, state, 1)
            means.append(mean)
            covariances.append(prior[1] - known.T @ known)
            likelihoods.append(likelihood)
        total = float(np.logaddexp.reduce(likelihoods))
        weights = np.exp(np.array(likelihoods) - total)
        middle = weights @ np.array(means)
        spread = sum(
            w * (v + np.outer(m - middle, m - middle))
            for w, m, v in zip(weights, means, covariances, strict=True)
        )
        return middle, np.asarray(spread), total - log(len(STEP_SCALES))

    def outliers(self, posterior: HashRatePosterior) -> frozenset[int]:
        """Return the positions of the evidence that a posterior excludes."""
        used = {id(e) for e in posterior.used}
        return frozenset(i for i, e in enumerate(self._evidence) if id(e) not in used)

    def _prior_of(self, step_scale: float) -> tuple[Floats, Floats]:
        constants, count = self._constants, len(self._months)
        size = 2 * count + len(KINDS) + 2
        mean, covariance = np.zeros(size), np.zeros((size, size))
        steps = np.arange(count)
        mean[:count] = self._level + self._drift - self._drift.mean()
        covariance[:count, :count] = _UNKNOWN**2 + (
            step_scale * constants.monthly_step
        ) ** 2 * np.minimum.outer(steps, steps)
        transient = np.full(count, constants.monthly_transient**2)
        if self._ticker in constants.own_pools:
            share = np.exp(np.clip(self._level - self._network, -20, 0))
            blocks = np.maximum(1.0, share * BLOCKS_PER_DAY * _DAYS_PER_MONTH)
            transient += np.array([solo_dispersion(float(expected)) ** 2 for expected in blocks])
        np.fill_diagonal(covariance[count : 2 * count, count : 2 * count], transient)
        for place, kind in enumerate(KINDS, start=2 * count):
            mean[place], covariance[place, place] = (
                constants.effects[kind].mean,
                constants.effects[kind].spread ** 2,
            )
        mean[-2], covariance[-2, -2] = constants.summer[0], constants.summer[1] ** 2
        covariance[-1, -1] = constants.scope_spread**2
        return mean, covariance

    def _row_of(self, evidence: HashRateEvidence) -> _Row:
        places, weights = self._months_of(evidence)
        months = np.array(places)
        return _Row(
            months,
            weights,
            float(weights.sum()),
            self._curtailed[months],
            self._summer[months],
            evidence.kind.flow,
            len(self._months) + months if evidence.kind.earned else None,
            2 * len(self._months) + KINDS.index(evidence.kind),
            float(self._other_scope(evidence)),
        )

    def _months_of(self, evidence: HashRateEvidence) -> tuple[list[int], Floats]:
        """Positions and weights of the months a figure is about."""
        if not evidence.kind.flow:
            month = month_of(evidence.end) - self._first
            later = (evidence.end.day - 0.5) / _DAYS_PER_MONTH
            if later >= 0.5:
                return [month, month + 1], np.array([1.5 - later, later - 0.5])
            return [month - 1, month], np.array([0.5 - later, 0.5 + later])
        span = self._days.span(evidence.start, evidence.end)
        per_eh = {
            EvidenceKind.BITCOIN: self._days.btc_per_eh,
            EvidenceKind.AVERAGE: np.ones(self._days.count),
        }.get(evidence.kind, self._days.usd_per_eh)
        months = self._days.months[span]
        touched = np.unique(months)
        weights = np.array([per_eh[span][months == month].sum() for month in touched])
        return [int(month) - self._first for month in touched], weights

    def _noise_of(self, evidence: HashRateEvidence) -> float:
        noise = max(_FLOOR, self._constants.effects[evidence.kind].noise)
        rounding = _ROUNDING / float(evidence.figure.value) if evidence.kind is EvidenceKind.BITCOIN else 0.0
        return float(np.hypot(noise, rounding))

    def _posterior(
        self, prior: tuple[Floats, Floats], keep: Sequence[int], mean: Floats, rounds: int
    ) -> tuple[Floats, Floats, Floats, float]:
        """Mean, root of the covariance that is lost, standardised leave-one-out residuals, log-likelihood.

        Linearised around `mean` at first, and around what that gives in further rounds.
        """
        centre, before = prior
        observed = np.array([self._evidence[i].log_ehs for i in keep])
        for _ in range(rounds):
            rows, offsets = self._linearised(keep, mean)
            cross = before @ rows.T
            spread = rows @ cross + np.diag(self._noise[list(keep)])
            gap = observed - offsets - rows @ centre
            root = np.linalg.cholesky(spread)
            half = np.linalg.solve(root, np.eye(len(keep)))
            solved = half.T @ (half @ gap)
            mean = centre + cross @ solved
        determinant = 2 * float(np.log(np.diag(root)).sum())
        likelihood = -0.5 * float(gap @ solved + determinant + len(keep) * log(2 * pi))
        return mean, half @ cross.T, solved / np.sqrt((half**2).sum(axis=0)), likelihood

    def _linearised(self, keep: Sequence[int], state: Floats) -> tuple[Floats, Floats]:
        """The rows that map a state to what each figure should show, and the constants left over."""
        rows, offsets = np.zeros((len(keep), len(state))), np.zeros(len(keep))
        for row, (place, i) in zip(rows, enumerate(keep), strict=True):
            figure = self._rows[i]
            pull = figure.weights
            if figure.flow:
                log_ehs = state[figure.months] + figure.curtailed - state[-2] * figure.summer
                if figure.transient is not None:
                    log_ehs = log_ehs + state[figure.transient]
                most = log_ehs.max()
                share = figure.weights * np.exp(log_ehs - most)
                total = share.sum()
                pull = share / total
                offsets[place] = most + log(total / figure.weight) - pull @ (log_ehs - figure.curtailed)
                row[-2] = -float(pull @ figure.summer)
                if figure.transient is not None:
                    row[figure.transient] = pull
            row[figure.months] = pull
            row[figure.kind] = 1.0
            row[-1] = figure.scope
        return rows, offsets

    def _other_scope(self, evidence: HashRateEvidence) -> bool:
        if evidence.kind in (EvidenceKind.REVENUE, EvidenceKind.TOTAL):
            return False
        return any(scope.holds(self._ticker, evidence.end) for scope in self._constants.scopes)

    def _worst(self, keep: Sequence[int], residuals: Floats) -> int | None:
        """The figure to exclude next: of the worst ones an operating figure before a figure of a filing."""
        size = np.abs(residuals)
        if not len(size) or size.max() <= _OUTLIER:
            return None
        near = [i for i, z in zip(keep, size, strict=True) if z > max(_OUTLIER, _AGREEING * size.max())]
        worst = dict(zip(keep, size, strict=True))
        return max(
            near,
            key=lambda i: (
                self._evidence[i].kind not in (EvidenceKind.REVENUE, EvidenceKind.TOTAL),
                worst[i],
            ),
        )
