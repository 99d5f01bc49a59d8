"""Statements: everything a text states, and its form in the ledger."""

from ._contracts import ContractMention, find_contracts
from ._find import Statements, amount_text, find_statements, range_text
from ._flags import Flag, find_flags
from ._preliminary import Preliminary, find_preliminary
from ._remarks import contract_of, flag_of, preliminary_of, remarks_of, statement_remarks, target_of

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
    "flag_of",
    "preliminary_of",
    "range_text",
    "remarks_of",
    "statement_remarks",
    "target_of",
]
