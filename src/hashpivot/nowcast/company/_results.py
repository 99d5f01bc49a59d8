"""Results of the nowcast of one company: what `hashpivot nowcast` shows and its JSON holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hashpivot.core import Figure, Keyed, Line, Missing, Quarter, Tabular

from ..hash_rate import Excluded
from ..parts import Estimate, Step, rounded


@dataclass(frozen=True, slots=True)
class LineNowcast:
    """The nowcast of one line: its estimate, and its basis in words."""

    line: Line
    estimate: Estimate
    basis: str

    def to_dict(self) -> dict[str, Any]:
        """`{"line", "median_usd", "p10_usd", "p90_usd", "basis"}`."""
        return {"line": str(self.line), **self.estimate.to_dict(), "basis": self.basis}


@dataclass(frozen=True, slots=True)
class NowcastInput:
    """One input of a nowcast.

    Args:
        name: What it is.
        value: Its value, in the unit the name gives.
        source: A figure id that `hashpivot trace` takes, a URL, or in words where it comes from.
    """

    name: str
    value: float | str
    source: str

    def to_dict(self) -> dict[str, Any]:
        """`{"name", "value", "source"}`."""
        return {"name": self.name, "value": self.value, "source": self.source}


@dataclass(frozen=True, repr=False)
class CompanyNowcast(Tabular, Keyed[LineNowcast]):
    """What a company is about to report: a mapping of lines of business to their nowcasts.

    Args:
        ticker: The company.
        quarter: The quarter.
        as_of: Nothing known later was used.
        start: First day of its fiscal quarter.
        end: Last day.
        level: `updates`, `hashrate` or `network`.
        total: All revenue.
        lines: Revenue by line.
        total_basis: What the total is, in words.
        rest_usd: Revenue that belongs to no line: rounding, and sales between lines.
        gross_profit: By line, or why there is none.
        total_gross_profit: Of all lines, or why there is none.
        adjusted_ebitda: Adjusted EBITDA, or why there is none.
        ebitda_basis: Whose definition it goes by, and which costs, in words; empty if there is none.
        fair_value_change: Change in fair value of bitcoin held, or why there is none.
        bridge: Steps from the last reported total to the nowcast's median; empty if none is known.
        inputs: What it was computed from.
        excluded: Figures not used, with the reason.
        last: The last reported total revenue, if any.
        reported: The quarter's total revenue, if it has been reported since and is comparable.
        turnover: The latest total it reported, if that is of another kind than lines, such as turnover of
            trading: then the total here is of the lines alone.
    """

    row_key = "line"

    ticker: str
    quarter: Quarter
    as_of: date
    start: date
    end: date
    level: str
    total: Estimate
    lines: tuple[LineNowcast, ...]
    total_basis: str
    rest_usd: float
    gross_profit: Mapping[Line, Estimate | Missing]
    total_gross_profit: Estimate | Missing
    adjusted_ebitda: Estimate | Missing
    ebitda_basis: str
    fair_value_change: Estimate | Missing
    bridge: tuple[Step, ...]
    inputs: tuple[NowcastInput, ...]
    excluded: tuple[Excluded, ...]
    last: Figure | None
    reported: Figure | None = None
    turnover: Figure | None = None

    def __repr__(self) -> str:
        median, low, high = (
            round(usd) for usd in (self.total.median_usd, self.total.p10_usd, self.total.p90_usd)
        )
        return f"CompanyNowcast({self.ticker} {self.quarter}: {median:,} USD, 80% in {low:,} to {high:,})"

    def records(self) -> list[dict[str, Any]]:
        """Return one row a line: its estimate and its basis in words."""
        return [line.to_dict() for line in self.lines]

    def _members(self) -> dict[str, LineNowcast]:
        return {str(line.line): line for line in self.lines}

    def _key_noun(self) -> str:
        return f"line of {self.ticker} in {self.quarter} is called"

    @property
    def surprise(self) -> float | None:
        """Reported revenue over the nowcast's median, less one; None if not reported yet."""
        return float(self.reported.value) / self.total.median_usd - 1 if self.reported else None

    @property
    def parts(self) -> tuple[Step, ...]:
        """Medians of the lines and what belongs to none; they sum to the total's median exactly.

        `no_line` is rounding and sales between lines; `sum_of_medians` is by how much the median of the sum
        exceeds the sum of the lines' medians.
        """
        lines = [Step(str(line.line), line.estimate.median_usd) for line in self.lines]
        left = self.total.median_usd - sum(step.usd for step in lines) - self.rest_usd
        return (*lines, Step("no_line", self.rest_usd), Step("sum_of_medians", left))

    def line(self, line: Line) -> LineNowcast | None:
        """Return the nowcast of one line; None if it has none."""
        return next((each for each in self.lines if each.line == line), None)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of one company."""
        return {
            "ticker": self.ticker,
            "as_of": self.as_of.isoformat(),
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "level": self.level,
            "last": self._last(),
            "total": self.total.to_dict(),
            "total_basis": self.total_basis,
            "lines": [line.to_dict() for line in self.lines],
            "parts": [{"name": part.name, "usd": rounded(part.usd)} for part in self.parts],
            "gross_profit": {
                "total": _shown(self.total_gross_profit),
                "lines": [{"line": str(k), **_shown(v)} for k, v in self.gross_profit.items()],
            },
            "adjusted_ebitda": _shown(self.adjusted_ebitda, self.ebitda_basis),
            "fair_value_change_bitcoin": _shown(self.fair_value_change),
            "bridge": [{"name": step.name, "usd": rounded(step.usd)} for step in self.bridge],
            "inputs": [each.to_dict() for each in self.inputs],
            "set_aside": [{"figure": each.figure.id, "reason": each.reason} for each in self.excluded],
            "reported": self._reported(),
            "turnover": self.turnover.id if self.turnover else None,
        }

    def _last(self) -> dict[str, Any] | None:
        if not self.last:
            return None
        return {
            "quarter": str(self.last.quarter),
            "total_usd": round(float(self.last.value)),
            "figure": self.last.id,
        }

    def _reported(self) -> dict[str, Any] | None:
        if not self.reported:
            return None
        value = float(self.reported.value)
        return {
            "total_usd": round(value),
            "figure": self.reported.id,
            "known": self.reported.known.isoformat(),
            "surprise": self.surprise,
            "inside_80": self.total.holds(value),
        }


def _shown(value: Estimate | Missing, basis: str = "") -> dict[str, Any]:
    if isinstance(value, Missing):
        return dict(value.to_json())
    return value.to_dict() | ({"basis": basis} if basis else {})
