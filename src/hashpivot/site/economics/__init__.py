"""Economics: what each hour offers, and the books an operation is settled in."""

from ._ai import best_interruptions, beyond_allowance, interruption_gain, penalty_usd
from ._hours import Hours, counted_hours, peak_hours
from ._minimum import marginal
from ._reserves import income_usd
from ._settle import COMPONENTS, Books, Operation, held_usd, settle

__all__ = [
    "COMPONENTS",
    "Books",
    "Hours",
    "Operation",
    "best_interruptions",
    "beyond_allowance",
    "counted_hours",
    "held_usd",
    "income_usd",
    "interruption_gain",
    "marginal",
    "peak_hours",
    "penalty_usd",
    "settle",
]
