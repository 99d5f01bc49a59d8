"""What becomes of a company's money: depreciation, funding and the balance at a quarter's end."""

from ._depreciation import PropertyDepreciation
from ._funding import Balance, settle

__all__ = ["Balance", "PropertyDepreciation", "settle"]
