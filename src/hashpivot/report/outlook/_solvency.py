"""On what cash, debt and the chance of a shortfall stand, in words."""

from __future__ import annotations

from typing import Any

from hashpivot.outlook import OutlookSummary

DASH = "–"


def basis(summary: OutlookSummary) -> str:
    """`facts`, `assumed` or `absent`."""
    solvency: Any = getattr(summary, "solvency", None)
    return solvency.basis if solvency else "facts"


def assumed_balances(summary: OutlookSummary) -> tuple[str, ...]:
    """Keys of the balance sheet that the user assumed."""
    solvency: Any = getattr(summary, "solvency", None)
    return tuple(solvency.assumed) if solvency else ()


def solvency_reasons(summary: OutlookSummary) -> list[str]:
    """Why cash and debt are not projected, an entry an input that is missing; empty if none is."""
    solvency: Any = getattr(summary, "solvency", None)
    return [f"{each.key}: {each.missing.reason}" for each in solvency.absent] if solvency else []


def solvency_needs(summary: OutlookSummary) -> list[str]:
    """The filings that would allow cash and debt to be projected, each once."""
    solvency: Any = getattr(summary, "solvency", None)
    needs = [each.missing.needs.partition(":")[0] for each in solvency.absent] if solvency else []
    return [need for need in dict.fromkeys(needs) if need]


def assume_option(summary: OutlookSummary) -> str:
    """The options with which the user can assume what is missing: `--assume finance.cash_usd=…`."""
    solvency: Any = getattr(summary, "solvency", None)
    return " ".join(f"--assume {each.key}=…" for each in solvency.absent) if solvency else ""


def chance_or_dash(probability: float | None) -> str:
    """A probability in percent; a dash if it is not known."""
    return DASH if probability is None else f"{probability:.0%}"
