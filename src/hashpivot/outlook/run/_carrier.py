"""What carries a company: the business that brings most of its revenue, and whether overheads are paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from hashpivot.core import Quarter

from ..inputs import Solvency
from ._revenue_mix import RevenueKind, RevenueMix

Leader = RevenueKind | Literal["pivot", "unsplit"]
"""A kind of revenue; `pivot`: rent, GPU time and chips together; `unsplit`: no report tells lines."""
State = RevenueKind | Literal["pivot", "several", "nothing", "unknown"]
_NAMES: Mapping[Leader, str] = {
    "rent": "rent",
    "gpu_time": "GPU time",
    "chips": "chips",
    "pivot": "AI and chips",
    "fit_out": "fit-out",
    "mining": "mining",
    "hosting": "hosting",
    "other": "other business",
}
_OVERHEADS = "finance.sga_usd"
_LEAST_SAID = 0.05
"""Share of revenue below which kinds, fit-out and contracts that nobody verified are not named."""
_LEAST_USD = 50_000
"""Dollars below which an amount is written as nothing."""


@dataclass(frozen=True, slots=True)
class CarrierQuarter:
    """What carries the company in a quarter.

    Args:
        quarter: The quarter.
        mix: What revenue is made of.
        ebitda_usd: Median EBITDA; None where overheads are not known.
        low_ebitda_usd: EBITDA that one path in ten falls short of; None likewise.
        mining_mixes: What reports put on the line of self-mining together; empty if that is mining alone.
    """

    quarter: Quarter
    mix: RevenueMix
    ebitda_usd: float | None
    low_ebitda_usd: float | None
    mining_mixes: str = ""

    @property
    def leader(self) -> Leader | None:
        """What brings more than half of revenue; None if nothing does."""
        return "unsplit" if set(self.mix.share) == {"other"} else self.mix.leader

    @property
    def share(self) -> float:
        """Mean share of revenue of the leader; 0 without one."""
        leader = self.mix.leader
        if leader is None:
            return 0.0
        return self.mix.pivot_share if leader == "pivot" else self.mix.share[leader]

    @property
    def state(self) -> State:
        """The leader, if EBITDA pays overheads, `several` if it does without one; `nothing` or `unknown`.

        Fit-out is called so whether or not overheads are known: it ends.
        """
        if self.leader == "fit_out":
            return "fit_out"
        if self.ebitda_usd is None or self.leader == "unsplit":
            return "unknown"
        if self.ebitda_usd < 0:
            return "nothing"
        return self.leader or "several"

    def to_dict(self) -> dict[str, Any]:
        """`{"quarter", "state", "leader", "share", "ebitda_usd", "low_ebitda_usd"}`."""
        return {
            "quarter": str(self.quarter),
            "state": self.state,
            "leader": self.leader,
            "share": round(self.share, 4),
            "ebitda_usd": self.ebitda_usd,
            "low_ebitda_usd": self.low_ebitda_usd,
        }


@dataclass(frozen=True, slots=True)
class FitOutEnd:
    """The end of fit-out.

    Args:
        last: The last quarter with any.
        usd: A quarter, while it comes: the most of any quarter, median.
    """

    last: Quarter
    usd: float

    def to_dict(self) -> dict[str, Any]:
        """`{"last", "usd"}`."""
        return {"last": str(self.last), "usd": round(self.usd, 2)}


@dataclass(frozen=True, slots=True)
class Carrier:
    """What carries a company now and at the end, and the quarters that decide it.

    Args:
        first: The first quarter.
        last: The last one.
        turns: First quarter from which the last one's leader leads to the end; None if it always does, or
            if nothing leads at the end.
        loses: First quarter from which EBITDA is below zero to the end; None if it is not at the end.
        fit_out: When fit-out ends; None without any, or if it does not end in sight.
        sentence: All that in a sentence.
    """

    first: CarrierQuarter
    last: CarrierQuarter
    turns: Quarter | None
    loses: Quarter | None
    fit_out: FitOutEnd | None
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        """`{"sentence", "first", "last", "turns", "loses", "fit_out"}`."""
        return {
            "sentence": self.sentence,
            "first": self.first.to_dict(),
            "last": self.last.to_dict(),
            "turns": str(self.turns) if self.turns else None,
            "loses": str(self.loses) if self.loses else None,
            "fit_out": self.fit_out.to_dict() if self.fit_out else None,
        }


def carrier(
    ticker: str,
    steps: Sequence[CarrierQuarter],
    solvency: Solvency,
    *,
    unverified_share: float = 0.0,
) -> Carrier:
    """What carries a company.

    Args:
        ticker: The company.
        steps: What carries it, a quarter each.
        solvency: For the filing that would give its overheads.
        unverified_share: Share of the last quarter's revenue on contracts not verified in a filing.
    """
    first, last = steps[0], steps[-1]
    turns = _from_on(steps, [each.leader == last.leader for each in steps]) if last.leader else None
    loses = _from_on(steps, [(each.ebitda_usd or 0.0) < 0 for each in steps], always=True)
    ends = _fit_out_end(steps)
    said = (
        _before(first, last, ends, loses),
        _after(first, last, turns, loses, solvency),
        _besides(steps, ends),
        _doubt(last, unverified_share),
    )
    return Carrier(first, last, turns, loses, ends, f"{ticker}: {'; '.join(filter(None, said))}")


def _from_on(steps: Sequence[CarrierQuarter], holds: Sequence[bool], always: bool = False) -> Quarter | None:
    """The quarter from which something holds to the end; None if it never does, or always unless asked."""
    at = len(holds)
    while at and holds[at - 1]:
        at -= 1
    return steps[at].quarter if at < len(holds) and (at or always) else None


def _fit_out_end(steps: Sequence[CarrierQuarter]) -> FitOutEnd | None:
    of = [step for step in steps if step.mix.fit_out_usd >= _LEAST_USD]
    if not of or of[-1] is steps[-1]:
        return None
    return FitOutEnd(of[-1].quarter, max(step.mix.fit_out_usd for step in of))


def _before(
    first: CarrierQuarter, last: CarrierQuarter, ends: FitOutEnd | None, loses: Quarter | None
) -> str:
    """What leads today, where something else does at the end or nothing is left to carry the company."""
    if "unsplit" in (first.leader, last.leader) or first.quarter == last.quarter:
        return ""
    if first.leader == last.leader and not loses:
        return ""
    if first.leader is None:
        return f"nothing brings half of revenue in {first.quarter} ({_parts(first)})"
    verb = _verb(first, carries=False).removesuffix(" most")
    said = f"{_name(first)} {verb} {first.share:.0%} of revenue in {first.quarter}"
    if first.leader == "fit_out" and ends:
        return f"{said} and ends after {ends.last} ({_money(ends.usd)} a quarter)"
    return said


def _after(
    first: CarrierQuarter,
    last: CarrierQuarter,
    turns: Quarter | None,
    loses: Quarter | None,
    solvency: Solvency,
) -> str:
    """What leads at the end, and whether that pays overheads."""
    if last.leader == "unsplit":
        return "what carries the company is not known: no report in the ledger splits its revenue by line"
    if loses:
        return f"nothing carries the company in {last.quarter}: {_loss(first, last, loses)}"
    known = last.ebitda_usd is not None
    if last.leader is None:
        does = "several lines carry the company together" if known else "nothing brings half of revenue"
        return f"{does} in {last.quarter} ({_parts(last)}{_earned(last)}){_unpaid(last, solvency)}"
    since = f" from {turns} on" if turns else ""
    shares = f"{last.share:.0%} in {last.quarter}"
    if first.leader == last.leader and first.quarter != last.quarter:
        shares = f"{first.share:.0%} of revenue in {first.quarter}, {shares}"
    does = _verb(last, carries=known and last.leader != "fit_out")
    return f"{_name(last)} {does}{since} ({shares}{_earned(last)}){_unpaid(last, solvency)}"


def _verb(step: CarrierQuarter, *, carries: bool) -> str:
    several = step.leader in ("pivot", "chips") or (step.leader == "mining" and step.mining_mixes)
    if carries:
        return "carry the company" if several else "carries the company"
    return "bring most" if several else "brings most"


def _loss(first: CarrierQuarter, last: CarrierQuarter, loses: Quarter) -> str:
    if loses == first.quarter:
        return f"EBITDA is below zero throughout, {_money(last.ebitda_usd)} at the end"
    return f"EBITDA is {_money(last.ebitda_usd)}, below zero from {loses} on"


def _besides(steps: Sequence[CarrierQuarter], ends: FitOutEnd | None) -> str:
    """When fit-out ends that is no small part of revenue, where it is not what leads first."""
    most = max(step.mix.share.get("fit_out", 0.0) for step in steps)
    if ends is None or most < _LEAST_SAID or steps[0].leader == "fit_out":
        return ""
    return f"fit-out and machines sold on, up to {_money(ends.usd)} a quarter, end after {ends.last}"


def _doubt(last: CarrierQuarter, share: float) -> str:
    """How much of revenue at the end is on contracts that nobody verified."""
    if share < _LEAST_SAID:
        return ""
    return f"{share:.0%} of revenue in {last.quarter} is on contracts not verified in a filing"


def _earned(last: CarrierQuarter) -> str:
    """EBITDA of the last quarter, where overheads are known."""
    if last.ebitda_usd is None:
        return ""
    low = last.low_ebitda_usd or 0.0
    risk = f", below {_money(low)} on one path in ten" if low < 0 else ""
    return f", with EBITDA of {_money(last.ebitda_usd)} that quarter{risk}"


def _unpaid(last: CarrierQuarter, solvency: Solvency) -> str:
    """That nobody knows whether overheads are paid, and the filing that would say it."""
    if last.ebitda_usd is not None:
        return ""
    needs = next((each.missing.needs for each in solvency.absent if each.key == _OVERHEADS), "")
    filing = needs.partition(":")[0].partition(" (")[0].partition(" of ")[0]
    return f"; whether that pays overheads is not known{f' (no {filing})' if filing else ''}"


def _parts(step: CarrierQuarter) -> str:
    """`mining 31%, rent 27%`: the two that bring most."""
    most = sorted(step.mix.share.items(), key=lambda pair: -pair[1])[:2]
    said = [f"{_named(step, kind)} {share:.0%}" for kind, share in most if share >= _LEAST_SAID]
    return ", ".join(said) if said else "no revenue"


def _name(step: CarrierQuarter) -> str:
    return _named(step, step.leader) if step.leader else ""


def _named(step: CarrierQuarter, kind: Leader) -> str:
    """A kind's name; of a mining line that reports mix with other business, all of it."""
    mixed = kind == "mining" and step.mining_mixes
    return f"{step.mining_mixes} (not told apart)" if mixed else _NAMES[kind]


def _money(usd: float | None) -> str:
    """`$292m`, `−$7.6m`."""
    amount = abs(usd or 0.0) / 1e6
    sign = "−" if (usd or 0.0) < 0 else ""
    return f"{sign}${amount:,.0f}m" if amount >= 10 else f"{sign}${amount:,.1f}m"
