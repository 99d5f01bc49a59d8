"""The ledger: an append-only store of figures, what was known when, and the quarters nobody reported."""

from ._bundle import bundled
from ._choose import Vintage
from ._contracts import Contract, ai_contracts, contracts_in_force
from ._disagree import disagreements
from ._figures import Figures
from ._lines import QuarterLines
from ._restated import Restatement, restatements
from ._statement import DETAIL, Fit, Statement
from ._store import Added, Ledger
from ._trace import Trace
from ._view import View

__all__ = [
    "DETAIL",
    "Added",
    "Contract",
    "Figures",
    "Fit",
    "Ledger",
    "QuarterLines",
    "Restatement",
    "Statement",
    "Trace",
    "View",
    "Vintage",
    "ai_contracts",
    "bundled",
    "contracts_in_force",
    "disagreements",
    "restatements",
]
