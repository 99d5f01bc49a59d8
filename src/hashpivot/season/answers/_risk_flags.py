"""What a company's latest texts state as existing risk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hashpivot.guidance import RiskFlag
from hashpivot.ledger import View

from .base import NOT_JUDGED


@dataclass(frozen=True, slots=True)
class RiskCheck:
    """One rule on what texts state.

    Args:
        state: Its result when it is raised, `watch` or `fail`; otherwise `pass`.
        why: What that stands for.
        kinds: The flags it looks at.
        fewest: From how many it is raised.
        counted: `sentences` that raise them in one text, or `kinds` of them.
    """

    state: str
    why: str
    kinds: tuple[str, ...]
    fewest: int = 1
    counted: str = "sentences"

    @property
    def rule(self) -> str:
        """`watch from 3 sentences`."""
        counted = self.counted.removesuffix("s") if self.fewest == 1 else self.counted
        return f"{self.state} from {self.fewest} {counted}"

    def found(self, flags: Sequence[RiskFlag]) -> bool:
        """True if the flags of the latest texts raise it."""
        mine = [flag for flag in flags if flag.kind in self.kinds]
        if self.counted == "kinds":
            return len({flag.kind for flag in mine}) >= self.fewest
        by_text = Counter({flag.source: 0 for flag in mine})
        for flag in mine:
            by_text[flag.source] += flag.count
        return max(by_text.values(), default=0) >= self.fewest


_NAMED = {
    "power_market": "power markets and their rules",
    "export_control": "export controls",
    "tariff": "tariffs",
    "regulation": "laws and agencies",
    "permit": "permits and approvals",
}
RISK_CHECKS = {
    name: RiskCheck(state, why, kinds or (name,), fewest, "kinds" if kinds else "sentences")
    for name, state, fewest, why, kinds in (
        ("going_concern", "fail", 1, "the latest reports state substantial doubt about going on", ()),
        ("material_weakness", "watch", 1, "they state a material weakness in internal control", ()),
        ("customer_dependence", "watch", 1, "they state dependence on one or few customers", ()),
        ("single_site", "watch", 1, "they state dependence on a single site", ()),
        ("hosting_dependence", "watch", 1, "they state dependence on others who house the machines", ()),
        ("restructuring", "watch", 1, "they state a restructuring or fewer people", ()),
        ("competition", "watch", 3, "they come back to strong competition; once is boilerplate", ()),
        (
            "pricing",
            "watch",
            1,
            "they state pressure on prices, or that what they sell is cheaper",
            (),
        ),
        (
            "regulatory_exposure",
            "watch",
            3,
            f"they name {', '.join(_NAMED.values())}: three of these five kinds",
            tuple(_NAMED),
        ),
    )
}
"""By name, what each looks for and from how much on."""

_FRESH = timedelta(days=400)
_REPORTS = ("10-K", "10-Q", "20-F", "40-F")


@dataclass(frozen=True, slots=True)
class RiskFlags:
    """States by check, notes that name rules, permits and markets, and the flags themselves."""

    checks: dict[str, str]
    notes: tuple[str, ...] = ()
    flags: tuple[RiskFlag, ...] = ()


def risk_flags(view: View, ticker: str, day: date) -> RiskFlags:
    """Flags of the last annual report and the last report, of the 400 days before `day`."""
    texts = _latest(view, ticker, day)
    if not texts:
        return RiskFlags(dict.fromkeys(RISK_CHECKS, NOT_JUDGED))
    checks = {name: check.state if check.found(texts) else "pass" for name, check in RISK_CHECKS.items()}
    named = {kind: sorted({f.name for f in texts if f.kind == kind}, key=str.lower) for kind in _NAMED}
    notes = tuple(f"names {_NAMED[kind]}: {', '.join(names)}" for kind, names in named.items() if names)
    return RiskFlags(checks, notes, tuple(flag for flag in texts if flag.kind))


def _latest(view: View, ticker: str, day: date) -> list[RiskFlag]:
    known = [
        flag
        for flag in view.risk_flags(ticker, day)
        if flag.form in _REPORTS and day - _FRESH <= flag.said_on
    ]
    last = max((flag.said_on for flag in known), default=None)
    annual = max((flag.said_on for flag in known if flag.form not in ("10-Q",)), default=None)
    return [flag for flag in known if flag.said_on in (last, annual)]
