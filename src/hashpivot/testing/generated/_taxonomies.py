"""The concepts of the two taxonomies: US GAAP, and IFRS for those who report under it."""

from __future__ import annotations

from ..pages import Dims

_IFRS = {
    "us-gaap:Revenues": "ifrs-full:Revenue",
    "us-gaap:CostOfRevenue": "ifrs-full:CostOfSales",
    "us-gaap:SellingGeneralAndAdministrativeExpense": "ifrs-full:SellingGeneralAndAdministrativeExpense",
    "us-gaap:DepreciationDepletionAndAmortization": "ifrs-full:DepreciationAndAmortisationExpense",
    "us-gaap:OperatingIncomeLoss": "ifrs-full:ProfitLossFromOperatingActivities",
    "us-gaap:InterestExpense": "ifrs-full:InterestExpense",
    "us-gaap:NetIncomeLoss": "ifrs-full:ProfitLoss",
    "us-gaap:CashAndCashEquivalentsAtCarryingValue": "ifrs-full:CashAndCashEquivalents",
    "us-gaap:CryptoAssetFairValueNoncurrent": "x:CryptocurrenciesNoncurrent",
    "us-gaap:LongTermDebtNoncurrent": "ifrs-full:LongtermBorrowings",
    "us-gaap:StockholdersEquity": "ifrs-full:Equity",
    "us-gaap:NetCashProvidedByUsedInOperatingActivities": "ifrs-full:CashFlowsFromUsedInOperatingActivities",
    "us-gaap:PaymentsToAcquirePropertyPlantAndEquipment": (
        "ifrs-full:PurchaseOfPropertyPlantAndEquipmentClassifiedAsInvestingActivities"
    ),
    "us-gaap:NetCashProvidedByUsedInInvestingActivities": "ifrs-full:CashFlowsFromUsedInInvestingActivities",
    "srt:ProductOrServiceAxis": "ifrs-full:ProductsAndServicesAxis",
}


def concept_of(concept: str, form: str) -> str:
    """Return what a report of a form tags as a concept of US GAAP: 20-F and 40-F use IFRS."""
    return _IFRS[concept] if form.startswith(("20-F", "40-F")) else concept


def dims_of(dims: Dims, form: str) -> Dims:
    """Return axes and members as a report of a form has them."""
    return tuple((concept_of(axis, form), member) for axis, member in dims)
