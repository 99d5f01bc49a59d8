"""How far the AI contracts of an outlook were verified, and which of them begin after its end."""

from __future__ import annotations

from collections.abc import Sequence

from hashpivot.core import Quarter

from ..calibration import NOT_VERIFIED
from ..inputs import AiContract


def contract_remarks(contracts: Sequence[AiContract], last: Quarter) -> tuple[str, ...]:
    """A sentence on contracts that only others tell of, and one on those that bring nothing by the end.

    Args:
        contracts: Contracts ahead.
        last: The outlook's last quarter.
    """
    within = [each for each in contracts if each.start <= last]
    beyond = [each.customer for each in contracts if each.start > last]
    secondary = [each.customer for each in within if each.evidence == "secondary"]
    said = []
    if secondary:
        part = f"{len(secondary)} of {len(within)}"
        said.append(f"{part} AI contracts ahead are {NOT_VERIFIED}: {'; '.join(secondary)}.")
    if beyond:
        said.append(f"Not counted, for it begins after {last}: {'; '.join(beyond)}.")
    return tuple(said)
