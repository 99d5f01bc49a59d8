"""What becomes of a company's money: depreciation, funding and the balance at a quarter's end."""

from ._debt import StartDebt
from ._depreciation import PropertyDepreciation
from ._funding import Balance, interest_due, settle
from ._income import Income, IncomeStatement
from ._projects import Projects
from ._working_capital import WorkingCapital

__all__ = [
    "Balance",
    "Income",
    "IncomeStatement",
    "Projects",
    "PropertyDepreciation",
    "StartDebt",
    "WorkingCapital",
    "interest_due",
    "settle",
]
