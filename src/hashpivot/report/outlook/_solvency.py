"""On what cash, debt and the chance of a shortfall stand, in words."""

from __future__ import annotations

from hashpivot.outlook import Basis, OutlookSummary

from ._input_names import input_name

DASH = "–"


def basis(summary: OutlookSummary) -> Basis:
    """`facts`, `assumed` or `absent`."""
    return summary.solvency.basis


def assumed_balances(summary: OutlookSummary) -> tuple[str, ...]:
    """What the user assumed of the balance sheet."""
    return tuple(map(input_name, summary.solvency.assumed))


def solvency_reasons(summary: OutlookSummary) -> list[str]:
    """Why cash and debt are not projected, an entry an input that is missing; empty if none is."""
    return [f"{input_name(each.key)}: {each.missing.reason}" for each in summary.solvency.absent]


def solvency_missing(summary: OutlookSummary) -> str:
    """`cash, debt, bitcoin held`: what is not known."""
    return ", ".join(input_name(each.key) for each in summary.solvency.absent)


def solvency_needs(summary: OutlookSummary) -> list[str]:
    """The filings that would allow cash and debt to be projected, each once."""
    needs = [each.missing.needs.partition(":")[0] for each in summary.solvency.absent]
    return [need for need in dict.fromkeys(needs) if need]


def assume_option(summary: OutlookSummary) -> str:
    """The options with which the user can assume what is missing: `--assume finance.cash_usd=…`."""
    return " ".join(f"--assume {each.key}=…" for each in summary.solvency.absent)


def chance_or_dash(probability: float | None) -> str:
    """A probability in percent; a dash if it is not known."""
    return DASH if probability is None else f"{probability:.0%}"
