"""Mentions: what a text states, one record a statement, and its form in the ledger."""

from ._amount_text import amount_text, range_text
from ._contract_mention import PARTY, TERMS, ContractMention
from ._disclosures import Disclosures
from ._preliminary_result import Preliminary
from ._risk_mention import RiskMention
from ._split_mention import SplitMention
from ._text_facts import contract_of, preliminary_of, split_of, statement_remarks

__all__ = [
    "PARTY",
    "TERMS",
    "ContractMention",
    "Disclosures",
    "Preliminary",
    "RiskMention",
    "SplitMention",
    "amount_text",
    "contract_of",
    "preliminary_of",
    "range_text",
    "split_of",
    "statement_remarks",
]
