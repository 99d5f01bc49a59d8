"""What revenue is made of, on every path: rent and GPU time that recur, fit-out that ends, chips, mining."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import Line, Quarter

from ..inputs import Cloud, Colocation, CompanyInputs
from ._outputs import LINE_ROWS
from ._periods import amount_over
from ._quantiles import quantiles
from ._store import RowStore

RevenueKind = Literal["rent", "gpu_time", "chips", "fit_out", "mining", "hosting", "other"]
_KINDS: Mapping[Line, RevenueKind] = {
    Line.AI_COLOCATION: "rent",
    Line.AI_CLOUD: "gpu_time",
    Line.CHIPS: "chips",
    Line.SELF_MINING: "mining",
    Line.HOSTING: "hosting",
    Line.ENGINEERING: "other",
    Line.POWER: "other",
    Line.OTHER: "other",
}
KINDS: tuple[RevenueKind, ...] = get_args(RevenueKind)
_PIVOT: tuple[RevenueKind, ...] = ("rent", "gpu_time", "chips")
_HALF = 0.5
Once = Mapping[Line, float]


@dataclass(frozen=True, slots=True)
class RevenueMix:
    """Shares of revenue.

    Args:
        share: Mean share over the paths, by kind; all of them are 1. A kind that brings nothing is left out.
        p_most: Probability that the kind brings more than half.
        p_pivot_most: Probability that rent, GPU time and chips together do; fit-out is not counted.
        fit_out_usd: Median of fit-out and machines sold on, which end.
    """

    share: Mapping[RevenueKind, float]
    p_most: Mapping[RevenueKind, float]
    p_pivot_most: float
    fit_out_usd: float

    @property
    def pivot_share(self) -> float:
        """Mean share of rent, GPU time and chips; fit-out is not counted."""
        return sum(self.share.get(kind, 0.0) for kind in _PIVOT)

    @property
    def leader(self) -> RevenueKind | Literal["pivot"] | None:
        """The kind that brings more than half of revenue, on most paths and on average; or None.

        `pivot` if only rent, GPU time and chips together do.
        """
        for kind, chance in self.p_most.items():
            if min(chance, self.share[kind]) > _HALF:
                return kind
        return "pivot" if min(self.p_pivot_most, self.pivot_share) > _HALF else None

    def to_dict(self) -> dict[str, Any]:
        """`{"share", "p_most", "p_pivot_most", "fit_out_usd"}`; shares and probabilities of every kind."""
        return {
            "share": {kind: round(self.share.get(kind, 0.0), 4) for kind in KINDS},
            "p_most": {kind: round(self.p_most.get(kind, 0.0), 4) for kind in KINDS},
            "p_pivot_most": self.p_pivot_most,
            "fit_out_usd": round(self.fit_out_usd, 2),
        }


def fit_out_ahead(inputs: CompanyInputs, quarters: Sequence[Quarter]) -> list[Once]:
    """Fit-out and machines sold on by AI line, a quarter each: of the start until it ends, and of contracts.

    Args:
        inputs: The company.
        quarters: The quarters ahead.
    """
    ends: dict[Line, Colocation | Cloud] = {
        Line.AI_COLOCATION: inputs.colocation,
        Line.AI_CLOUD: inputs.cloud,
    }
    return [
        {line: _ending(of, step) + _built(inputs, line, quarter) for line, of in ends.items()}
        for step, quarter in enumerate(quarters)
    ]


def revenue_mix(rows: RowStore, steps: Sequence[int], once: Sequence[Once]) -> RevenueMix:
    """What revenue of some quarters is made of.

    On a path fit-out is the same part of its line as it is at the line's median.

    Args:
        rows: The outputs on all paths.
        steps: The quarters' positions.
        once: As `fit_out_ahead`, of all quarters.

    Raises:
        StoreError: If the paths, kept in a temporary file when they are many, cannot be read.
    """
    total = amount_over(rows, "revenue_usd", steps)
    parts: dict[RevenueKind, NDArray[Any]] = {}
    fit_out = 0.0
    for line, kind in _KINDS.items():
        usd = amount_over(rows, LINE_ROWS[line], steps)
        if not usd.any():
            continue
        ends = sum(once[step].get(line, 0.0) for step in steps)
        fit_out += ends
        part = _part(usd, ends)
        _add(parts, kind, usd * (1 - part) if part else usd)
        if part:
            _add(parts, "fit_out", usd * part)
    return _mix(parts, total, fit_out)


def _mix(parts: Mapping[RevenueKind, NDArray[Any]], total: NDArray[Any], fit_out: float) -> RevenueMix:
    half, whole = _HALF * total, np.where(total > 0, total, 1.0)
    pivot = sum(usd for kind, usd in parts.items() if kind in _PIVOT)
    return RevenueMix(
        {kind: float((usd / whole).mean(dtype=np.float64)) for kind, usd in parts.items()},
        {kind: float((usd > half).mean()) for kind, usd in parts.items()},
        float((pivot > half).mean()),
        fit_out,
    )


def _part(usd: NDArray[Any], ends: float) -> float:
    """Part of a line that ends, given what ends at its median; read only where something does."""
    if not ends:
        return 0.0
    median = float(quantiles(usd, [0.5])[0])
    return min(1.0, ends / median) if median > 0 else 1.0


def _add(parts: dict[RevenueKind, NDArray[Any]], kind: RevenueKind, usd: NDArray[Any]) -> None:
    parts[kind] = parts[kind] + usd if kind in parts else usd


def _ending(of: Colocation | Cloud, step: int) -> float:
    return of.one_off_usd if step < of.one_off_quarters else 0.0


def _built(inputs: CompanyInputs, line: Line, quarter: Quarter) -> float:
    """Fit-out of contracts ahead, evenly over the build before the announced start."""
    kind = "colocation" if line is Line.AI_COLOCATION else "cloud"
    return sum(
        each.fitout_usd * each.tenant_chance / each.build_quarters
        for each in inputs.contracts
        if each.kind == kind and 1 <= each.start.since(quarter) <= each.build_quarters
    )
