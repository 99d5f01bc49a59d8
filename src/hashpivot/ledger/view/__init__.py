"""Views: what was known on a day; chosen, derived, by line, and traced to its source."""

from ._choose import Vintage
from ._lines import QuarterLines
from ._restated import Restatement, restatements
from ._statement import DETAIL, Fit, Statement
from ._trace import Trace
from ._view import View

__all__ = [
    "DETAIL",
    "Fit",
    "QuarterLines",
    "Restatement",
    "Statement",
    "Trace",
    "View",
    "Vintage",
    "restatements",
]
