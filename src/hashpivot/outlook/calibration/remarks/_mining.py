"""Sentences on mining: a fall the outlook does not go on with, machines nobody is asked to pay for."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp

from ...inputs import CompanyInputs
from ...record import FleetChange

WITHOUT_FUNDS = (
    "Mining machines are bought wherever they pay back, without asking who pays: the balance sheet is not "
    "known. With one, less may be bought, and less mined."
)


def mining_remarks(inputs: CompanyInputs, fall: FleetChange | None) -> Iterator[str]:
    """A fall of mining that the outlook does not go on with, and machines that nobody is asked to pay for.

    Args:
        inputs: The company's.
        fall: Its hash rate's large fall of the last year, if there was one.
    """
    if not inputs.mining.hash_rate_ehs:
        return
    if fall is not None:
        yield _not_taken_for_leaving(fall, exp(inputs.mining.trend) - 1)
    if not inputs.finance.funding_known:
        yield WITHOUT_FUNDS


def _not_taken_for_leaving(fall: FleetChange, trend: float) -> str:
    began, share = fall.end + -fall.quarters, 1 - exp(fall.change)
    return (
        f"The hash rate that earned mining revenue fell by {share:.0%} from {began} to {fall.end}. The "
        f"outlook does not take that for leaving: it goes on with {trend:+.1%} a quarter, mostly other "
        "companies' trend. Where mining ends, enter a trend of its own, or a conversion or sale as an event."
    )
