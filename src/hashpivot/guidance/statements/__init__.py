"""Statements: everything a text states, and its form in the ledger."""

from ._contracts import ContractMention, find_contracts
from ._find import Statements, amount_text, find_statements, range_text
from ._flags import Flag, find_flags
from ._preliminary import Preliminary, find_preliminary
from ._remarks import contract_of, preliminary_of, remarks_of, statement_remarks

__all__ = [
    "ContractMention",
    "Flag",
    "Preliminary",
    "Statements",
    "amount_text",
    "contract_of",
    "find_contracts",
    "find_flags",
    "find_preliminary",
    "find_statements",
    "preliminary_of",
    "range_text",
    "remarks_of",
    "statement_remarks",
]
