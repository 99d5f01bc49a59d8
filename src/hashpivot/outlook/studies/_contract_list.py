"""AI contracts of a company: as announced, and as its outlook takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from hashpivot.core import Quarter
from hashpivot.ledger import Contract

from ..calibration import NO_REPORT_YET, evidence_of, input_name, tells_rate
from ..inputs import ASSUMED, USD_PER_MW_QUARTER, AiContract, Evidence, Origins
from ..run import OutlookCase

Status = Literal["ahead", "begun", "due", "extension", "left_out", "overdue", "running", "scenario"]


@dataclass(frozen=True, slots=True)
class ListedContract:
    """One contract.

    Args:
        customer: Customer and site.
        kind: `colocation` or `cloud`.
        status: `running` at full revenue, `begun` in part, `overdue` for one whose announced start is past
            without its revenue in a report, `due` for one that no report since its start tells of, `ahead`,
            `extension` of another for longer, `left_out` where neither value nor megawatts are told, or
            `scenario` for one that no announcement stands behind.
        announced: Day it became known; None for a scenario's.
        announced_start: As announced, such as `2026-H1`; empty if none is.
        start: First quarter with revenue that is still to come; None if it runs.
        overdue_quarters: Quarters it is overdue.
        critical_mw: The company's share of megawatts still to come; announced ones if it runs.
        usd_per_kw_month: Rent that the outlook takes; None without megawatts.
        usd_per_quarter: Full rate still to come.
        term_years: As announced, or as assumed.
        capex_usd: Still to be spent; None if it runs.
        capex_basis: Where it is assumed, of what it is the cost, and how it was found; else empty.
        assumed: What of rent, term and capex is assumed.
        evidence: A `filing`, the company's `release`, a `secondary` account, or the `user`.
        source: Where it was read.
    """

    customer: str
    kind: str
    status: Status
    announced: date | None
    announced_start: str
    start: Quarter | None
    overdue_quarters: int
    critical_mw: float | None
    usd_per_kw_month: float | None
    usd_per_quarter: float | None
    term_years: float | None
    capex_usd: float | None
    capex_basis: str
    assumed: tuple[str, ...]
    evidence: Evidence
    source: str

    def to_dict(self) -> dict[str, Any]:
        """With stable keys."""
        return {
            "customer": self.customer,
            "kind": self.kind,
            "status": self.status,
            "announced": self.announced.isoformat() if self.announced else None,
            "announced_start": self.announced_start,
            "start": str(self.start) if self.start else None,
            "overdue_quarters": self.overdue_quarters,
            "critical_mw": self.critical_mw,
            "usd_per_kw_month": self.usd_per_kw_month,
            "usd_per_quarter": self.usd_per_quarter,
            "term_years": self.term_years,
            "capex_usd": self.capex_usd,
            "capex_basis": self.capex_basis,
            "assumed": list(self.assumed),
            "evidence": self.evidence,
            "source": self.source,
        }


def listed_contracts(
    announced: Sequence[Contract], case: OutlookCase, origins: Origins
) -> tuple[ListedContract, ...]:
    """The contracts of a case, and those announced that run already, in the order of announcement.

    Args:
        announced: Contracts in force on the case's day, in the order its calibration had them.
        case: The case.
        origins: Where its inputs came from.
    """
    ahead = {each.name: each for each in case.inputs.contracts}
    rows = []
    for number, contract in enumerate(announced):
        made = ahead.pop(input_name(contract, number), None)
        rows.append(_ahead(made, contract, origins) if made else _running(contract))
    rows += [_ahead(made, None, origins) for made in ahead.values()]
    return tuple(rows)


def _running(contract: Contract) -> ListedContract:
    megawatts = _number(contract.attributable_mw_critical_it)
    usd = _number(contract.quarterly_usd)
    status: Status = "running" if tells_rate(contract) else "left_out"
    return ListedContract(
        contract.counterparty, contract.kind, status, contract.known, contract.start, None, 0, megawatts,
        _rent(usd, megawatts), usd, _number(contract.term_years), None, "", (), evidence_of(contract),
        contract.url,
    )  # fmt: skip


def _ahead(made: AiContract, contract: Contract | None, origins: Origins) -> ListedContract:
    def origin(name: str) -> str:
        return origins.get(f"contracts.{made.name}.{name}", "")

    megawatts, usd = made.critical_mw or None, float(made.full_usd) or None
    rate = "usd_per_kw_month" if made.usd_per_kw_month else "usd_per_quarter"
    parts = {"rent": rate, "term": "term_quarters", "capex": "capex_usd"}
    assumed = tuple(part for part, name in parts.items() if _is_assumed(origin(name)))
    term = contract.term_years if contract and contract.term_years else made.term_quarters / 4
    return ListedContract(
        made.customer, made.kind, _status(made, contract, origin("start")),
        contract.known if contract else None, contract.start if contract else "", made.start,
        made.overdue_quarters, megawatts, made.usd_per_kw_month or _rent(usd, megawatts), usd, float(term),
        made.capex_usd, _basis(origin("capex_usd")) if made.capex_usd else "", assumed, made.evidence,
        contract.url if contract else "",
    )  # fmt: skip


def _status(made: AiContract, contract: Contract | None, start_origin: str) -> Status:
    if contract is None:
        return "scenario"
    if made.overdue_quarters:
        return "overdue"
    if NO_REPORT_YET in start_origin:
        return "due"
    if contract.extends:
        return "extension"
    return "begun" if "begun" in start_origin else "ahead"


def _basis(origin: str) -> str:
    """What an assumed cost is of: the first words of its origin; empty if it is announced."""
    return origin.removeprefix(f"{ASSUMED}: ").partition(";")[0] if origin.startswith(ASSUMED) else ""


def _is_assumed(origin: str) -> bool:
    """True if an origin says so, or that the value is other contracts'."""
    return origin.startswith(ASSUMED) or "not told" in origin or "contracts that tell their value" in origin


def _rent(usd: float | None, megawatts: float | None) -> float | None:
    return round(usd / (megawatts * USD_PER_MW_QUARTER), 2) if usd and megawatts else None


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
