"""One company's section of the season's page."""

from ._answer_section import AnswerView, Badge, answer_view, badge
from ._revenue_history import last_quarters
from ._section import CompanyView, company_view
from ._since_halving import company_bridge
from ._target_rows import target_rows

__all__ = [
    "AnswerView",
    "Badge",
    "CompanyView",
    "answer_view",
    "badge",
    "company_bridge",
    "company_view",
    "last_quarters",
    "target_rows",
]
