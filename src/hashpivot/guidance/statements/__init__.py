"""Statements: everything a text states, each kind found by its words."""

from ._contract_mentions import find_contracts
from ._find_disclosures import find_disclosures, remarks_of
from ._preliminary import find_preliminary
from ._risk_mentions import find_risk_mentions
from ._splits import find_splits

__all__ = [
    "find_contracts",
    "find_disclosures",
    "find_preliminary",
    "find_risk_mentions",
    "find_splits",
    "remarks_of",
]
