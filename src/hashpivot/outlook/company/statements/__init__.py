"""What becomes of a company's money: depreciation, funding and the balance at a quarter's end."""

from ._debt import StartDebt
from ._depreciation import PropertyDepreciation
from ._funding import Balance, interest_due, settle
from ._income import Income, IncomeStatement

__all__ = [
    "Balance",
    "Income",
    "IncomeStatement",
    "PropertyDepreciation",
    "StartDebt",
    "interest_due",
    "settle",
]
