"""What a company's latest texts state as existing risk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hashpivot.guidance import StatedFlag
from hashpivot.ledger import View

from ._answer import NOT_DISCLOSED
from ._said import said_flags

STATED_CHECKS = {
    "going_concern": ("fail", "the latest reports state substantial doubt about going on"),
    "material_weakness": ("watch", "they state a material weakness in internal control"),
    "customer_dependence": ("watch", "they state dependence on one or few customers"),
    "single_site": ("watch", "they state dependence on a single site"),
}
"""What each flag says when it is raised, and what it stands for."""

_FRESH = timedelta(days=400)
_REPORTS = ("10-K", "10-Q", "20-F", "40-F")
_NAMED = {
    "power_market": "power markets and their rules",
    "export_control": "export controls",
    "tariff": "tariffs",
    "regulation": "laws and agencies",
    "permit": "permits and approvals",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """States by flag, notes that name rules, permits and markets, and the flags themselves."""

    checks: dict[str, str]
    notes: tuple[str, ...] = ()
    flags: tuple[StatedFlag, ...] = ()


def stated_risks(view: View, ticker: str, day: date) -> Stated:
    """Flags of the last annual report and the last report, of the 400 days before `day`."""
    texts = _latest(view, ticker, day)
    if not texts:
        return Stated(dict.fromkeys(STATED_CHECKS, NOT_DISCLOSED))
    raised = {flag.kind for flag in texts}
    checks = {kind: state if kind in raised else "pass" for kind, (state, _) in STATED_CHECKS.items()}
    named = {kind: sorted({f.name for f in texts if f.kind == kind}, key=str.lower) for kind in _NAMED}
    notes = tuple(f"names {_NAMED[kind]}: {', '.join(names)}" for kind, names in named.items() if names)
    return Stated(checks, notes, tuple(flag for flag in texts if flag.kind))


def _latest(view: View, ticker: str, day: date) -> list[StatedFlag]:
    known = [
        flag
        for flag in said_flags(view, ticker, day)
        if flag.form in _REPORTS and day - _FRESH <= flag.said_on
    ]
    last = max((flag.said_on for flag in known), default=None)
    annual = max((flag.said_on for flag in known if flag.form not in ("10-Q",)), default=None)
    return [flag for flag in known if flag.said_on in (last, annual)]
