"""A company's effective hash rate month by month, estimated from everything it said.

Effective hash rate is the EH/s that would have earned what the company earned at the network's expected pay
per hash (FPPS). Its logarithm is a random walk with drift, less in summer where power is dear (as much less
as its sites' months say, where they are given), with passing luck on top. Production, revenue and hash rates
observe it, each kind with its own bias (the realised share), which is learned per company and pooled over
companies through its prior. How restless the walk is differs too: four paces are averaged by their
likelihood. For each pace everything is Gaussian, the posterior of a linear model, relinearised because
periods add up hash rates, not logarithms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, pi

import numpy as np

from ..network import BLOCKS_PER_DAY, Days, Floats, luck_dispersion, month_of
from ._evidence import Evidence, Kind, SetAside
from ._parameters import Parameters

_UNKNOWN = 5.0  # standard deviation of a level nothing is known about
_ROUNDS = 3  # of linearisation
_ROUNDING = 0.29  # standard deviation of rounding to whole coins
_FLOOR = 1e-3  # least noise of any figure
_OUTLIER = 3.5
_MOST_OUTLIERS = 0.25
_AGREEING = 0.75
_DAYS_PER_MONTH = 30.4
_LEAST_UPTIME = 0.05  # below it a month says nothing about the fleet
_KINDS = tuple(Kind)
PACES = (0.4, 0.63, 1.0, 1.6)
"""How restless a company's fleet may be beside the common monthly step; averaged over by their likelihood."""


@dataclass(frozen=True, eq=False)
class Path:
    """The posterior of a company's log effective hash rate.

    Args:
        first: First month of the grid.
        mean: Of the state: a level and a luck for each month, an effect for each kind, summer, scope.
        covariance: Of the state.
        used: Evidence used.
        set_aside: Evidence that contradicts the rest.
        log_likelihood: Of the evidence used, averaged over `PACES`.
        summer: Weight of summer, by month of the grid.
        curtailed: Log of its sites' uptime over their usual one, by month of the grid; 0 where not given.
    """

    first: int
    mean: Floats
    covariance: Floats
    used: tuple[Evidence, ...]
    set_aside: tuple[SetAside, ...]
    log_likelihood: float
    summer: Floats
    curtailed: Floats

    def earning(self, months: Sequence[int], *, whole: bool = False) -> tuple[Floats, Floats]:
        """Mean and covariance of the log effective hash rate of some months of the grid.

        Args:
            months: The months.
            whole: Of total revenue, for a company that does not split it.
        """
        rows = np.zeros((len(months), len(self.mean)))
        count, places = len(self.summer), [month - self.first for month in months]
        for row, place in zip(rows, places, strict=True):
            row[place] = row[count + place] = 1.0
            row[2 * count + len(_KINDS)] = -self.summer[place]
            row[2 * count + _KINDS.index(Kind.TOTAL)] = float(whole)
        return rows @ self.mean + self.curtailed[places], rows @ self.covariance @ rows.T

    def effect(self, kind: Kind) -> float:
        """What one kind of evidence shows too much at this company, in logarithms."""
        return float(self.mean[2 * len(self.summer) + _KINDS.index(kind)])


class PathModel:
    """The model of one company's path.

    Args:
        ticker: The company.
        evidence: What is known.
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
        evidence: Sequence[Evidence],
        network: dict[int, float],
        days: Days,
        last: int,
        parameters: Parameters,
        growth: float,
        first: int | None = None,
        uptime: Mapping[int, float] | None = None,
    ) -> None:
        if not evidence:
            raise ValueError("a path needs evidence")
        self._ticker, self._days, self._constants = ticker, days, parameters
        self._evidence = list(evidence)
        began = min(month_of(e.start) for e in evidence)
        self._first = (began if first is None else min(first, began)) - 1
        end = max([last, *(month_of(e.end) for e in evidence)]) + 1
        self._months = np.arange(self._first, end + 1)
        count = len(self._months)
        known = np.interp(self._months, list(network), list(network.values()))
        drift = growth * np.arange(count) + parameters.with_network * (known - known[0])
        calendar = self._months % 12 + 1
        self._summer = np.array([parameters.summer_weight.get(int(m), 0.0) for m in calendar])
        self._curtailed = self._curtailment(uptime or {})
        self._level = float(np.mean([e.log_ehs for e in evidence]))
        self._weights = [self._months_of(e) for e in evidence]
        self._drift, self._network = drift, known
        self._noise = np.array([self._noise_of(e) for e in evidence]) ** 2

    def fit(self, excluded: frozenset[int] | None = None) -> Path:
        """The posterior; figures that contradict the others are set aside, worst first.

        Args:
            excluded: Evidence to leave out, by position; found if not given.
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
        return Path(
            self._first,
            mean,
            covariance,
            tuple(self._evidence[i] for i in keep),
            tuple(SetAside(self._evidence[i].figure, reason) for i in sorted(out)),
            likelihood,
            self._summer,
            self._curtailed,
        )

    def _curtailment(self, uptime: Mapping[int, float]) -> Floats:
        """Log uptime over the mean of known months that are no summer; these months' summer is taken off."""
        found = np.zeros(len(self._months))
        known = [place for place, month in enumerate(self._months) if int(month) in uptime]
        shares = np.array([max(_LEAST_UPTIME, uptime[int(self._months[place])]) for place in known])
        if not known:
            return found
        usual = shares[self._summer[known] == 0]
        found[known] = np.log(shares / (usual.mean() if len(usual) else 1.0))
        self._summer[known] = 0.0
        return found

    def _averaged(self, keep: Sequence[int], state: Floats) -> tuple[Floats, Floats, float]:
        """Mean and covariance over all paces by likelihood, and the log of their mean likelihood."""
        means, covariances, likelihoods = [], [], []
        for pace in PACES:
            mean, covariance, _, likelihood = self._posterior(self._prior_of(pace), keep, state, 1)
            means.append(mean)
            covariances.append(covariance)
            likelihoods.append(likelihood)
        total = float(np.logaddexp.reduce(likelihoods))
        weights = np.exp(np.array(likelihoods) - total)
        middle = weights @ np.array(means)
        spread = sum(
            w * (v + np.outer(m - middle, m - middle))
            for w, m, v in zip(weights, means, covariances, strict=True)
        )
        return middle, np.asarray(spread), total - log(len(PACES))

    def outliers(self, path: Path) -> frozenset[int]:
        """Positions of the evidence a path has set aside."""
        used = {id(e) for e in path.used}
        return frozenset(i for i, e in enumerate(self._evidence) if id(e) not in used)

    def _prior_of(self, pace: float) -> tuple[Floats, Floats]:
        constants, count = self._constants, len(self._months)
        size = 2 * count + len(_KINDS) + 2
        mean, covariance = np.zeros(size), np.zeros((size, size))
        steps = np.arange(count)
        mean[:count] = self._level + self._drift - self._drift.mean()
        covariance[:count, :count] = _UNKNOWN**2 + (pace * constants.monthly_step) ** 2 * np.minimum.outer(
            steps, steps
        )
        luck = np.full(count, constants.monthly_luck**2)
        if self._ticker in constants.own_pools:
            share = np.exp(np.clip(self._level - self._network, -20, 0))
            blocks = np.maximum(1.0, share * BLOCKS_PER_DAY * _DAYS_PER_MONTH)
            luck += np.array([luck_dispersion(float(each)) ** 2 for each in blocks])
        np.fill_diagonal(covariance[count : 2 * count, count : 2 * count], luck)
        for place, kind in enumerate(_KINDS, start=2 * count):
            mean[place], covariance[place, place] = (
                constants.effects[kind].mean,
                constants.effects[kind].spread ** 2,
            )
        mean[-2], covariance[-2, -2] = constants.summer[0], constants.summer[1] ** 2
        covariance[-1, -1] = constants.scope_spread**2
        return mean, covariance

    def _months_of(self, evidence: Evidence) -> tuple[list[int], Floats]:
        """Positions and weights of the months a figure is about."""
        if not evidence.kind.flow:
            month = month_of(evidence.end) - self._first
            later = (evidence.end.day - 0.5) / _DAYS_PER_MONTH
            if later >= 0.5:
                return [month, month + 1], np.array([1.5 - later, later - 0.5])
            return [month - 1, month], np.array([0.5 - later, 0.5 + later])
        span = self._days.span(evidence.start, evidence.end)
        per_eh = {
            Kind.BITCOIN: self._days.btc_per_eh,
            Kind.AVERAGE: np.ones(self._days.count),
        }.get(evidence.kind, self._days.usd_per_eh)
        months = self._days.months[span]
        found = np.unique(months)
        weights = np.array([per_eh[span][months == month].sum() for month in found])
        return [int(month) - self._first for month in found], weights

    def _noise_of(self, evidence: Evidence) -> float:
        noise = max(_FLOOR, self._constants.effects[evidence.kind].noise)
        rounding = _ROUNDING / float(evidence.figure.value) if evidence.kind is Kind.BITCOIN else 0.0
        return float(np.hypot(noise, rounding))

    def _posterior(
        self, prior: tuple[Floats, Floats], keep: Sequence[int], mean: Floats, rounds: int
    ) -> tuple[Floats, Floats, Floats, float]:
        """Mean and covariance of the state, standardised leave-one-out residuals, log-likelihood.

        Linearised around `mean` at first, and around what that gives in further rounds.
        """
        centre, before = prior
        observed = np.array([self._evidence[i].log_ehs for i in keep])
        for _ in range(rounds):
            rows, offsets = self._linearised(keep, mean)
            cross = before @ rows.T
            spread = rows @ cross + np.diag(self._noise[list(keep)])
            gap = observed - offsets - rows @ centre
            inverse = np.linalg.inv(spread)
            solved = inverse @ gap
            mean = centre + cross @ solved
        _, determinant = np.linalg.slogdet(spread)
        likelihood = -0.5 * float(gap @ solved + determinant + len(keep) * log(2 * pi))
        return mean, before - cross @ inverse @ cross.T, solved / np.sqrt(np.diag(inverse)), likelihood

    def _linearised(self, keep: Sequence[int], state: Floats) -> tuple[Floats, Floats]:
        """The rows that map a state to what each figure should show, and the constants left over."""
        rows, offsets = np.zeros((len(keep), len(state))), np.zeros(len(keep))
        count = len(self._months)
        for row, (place, i) in zip(rows, enumerate(keep), strict=True):
            evidence, (months, weights) = self._evidence[i], self._weights[i]
            if evidence.kind.flow:
                fixed = self._curtailed[months]
                path = state[months] + fixed - state[-2] * self._summer[months]
                luck = [count + m for m in months]
                if evidence.kind.earned:
                    path = path + state[luck]
                share = weights * np.exp(path - path.max())
                pull = share / share.sum()
                offsets[place] = path.max() + log(share.sum() / weights.sum()) - pull @ (path - fixed)
                row[-2] = -float(pull @ self._summer[months])
                if evidence.kind.earned:
                    row[luck] = pull
            else:
                pull = weights
            row[months] = pull
            row[2 * count + _KINDS.index(evidence.kind)] = 1.0
            row[-1] = float(self._other_scope(evidence))
        return rows, offsets

    def _other_scope(self, evidence: Evidence) -> bool:
        if evidence.kind in (Kind.REVENUE, Kind.TOTAL):
            return False
        return any(scope.holds(self._ticker, evidence.end) for scope in self._constants.scopes)

    def _worst(self, keep: Sequence[int], residuals: Floats) -> int | None:
        """The figure to set aside next: among the worst, the one of the lowest standing."""
        size = np.abs(residuals)
        if not len(size) or size.max() <= _OUTLIER:
            return None
        near = [i for i, z in zip(keep, size, strict=True) if z > max(_OUTLIER, _AGREEING * size.max())]
        worst = dict(zip(keep, size, strict=True))
        return max(near, key=lambda i: (self._evidence[i].kind not in (Kind.REVENUE, Kind.TOTAL), worst[i]))
