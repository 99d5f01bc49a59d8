"""Statements: everything a text states, and its form in the ledger."""

from ._contract_mentions import ContractMention, find_contracts
from ._disclosures import Disclosures, amount_text, find_disclosures, range_text
from ._preliminary import Preliminary, find_preliminary
from ._risk_mentions import RiskMention, find_risk_mentions
from ._splits import SplitMention, find_splits
from ._text_facts import contract_of, preliminary_of, remarks_of, split_of, statement_remarks

__all__ = [
    "ContractMention",
    "Disclosures",
    "Preliminary",
    "RiskMention",
    "SplitMention",
    "amount_text",
    "contract_of",
    "find_contracts",
    "find_disclosures",
    "find_preliminary",
    "find_risk_mentions",
    "find_splits",
    "preliminary_of",
    "range_text",
    "remarks_of",
    "split_of",
    "statement_remarks",
]
