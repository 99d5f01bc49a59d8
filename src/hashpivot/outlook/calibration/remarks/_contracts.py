"""Sentences on AI contracts: those that nobody verified, those left out, and a ledger without any."""

from __future__ import annotations

from collections.abc import Sequence

from ...inputs import AiContract
from ..ai_record import NOT_VERIFIED


def unverified(contracts: Sequence[AiContract]) -> str:
    """That only others tell of some contracts ahead; empty if a filing or the company tells of all."""
    secondary = [each.customer for each in contracts if each.evidence == "secondary"]
    if not secondary:
        return ""
    part = f"{len(secondary)} of {len(contracts)}"
    return f"{part} AI contracts ahead are {NOT_VERIFIED}: {'; '.join(secondary)}."


def left_out(customers: Sequence[str]) -> str:
    """That some contracts tell no amount; empty if all do."""
    if not customers:
        return ""
    why = "neither value nor megawatts are told, so nothing is projected of it beyond the line's revenue"
    return f"AI contracts left out: {'; '.join(customers)} ({why})."


def no_contracts(ticker: str) -> str:
    """That nothing is projected of AI contracts, because nobody knows any."""
    return f"The ledger holds no AI contract of {ticker}, so none is projected beyond what runs."
