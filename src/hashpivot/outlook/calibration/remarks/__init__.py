"""What a reader must know of the figures an outlook stands on, in sentences."""

from ._contracts import left_out, no_contracts, unverified
from ._figures import CONSOLIDATED, age_of_flows, age_of_lines, mixed_line, new_debt
from ._mining import mining_remarks

__all__ = [
    "CONSOLIDATED",
    "age_of_flows",
    "age_of_lines",
    "left_out",
    "mining_remarks",
    "mixed_line",
    "new_debt",
    "no_contracts",
    "unverified",
]
