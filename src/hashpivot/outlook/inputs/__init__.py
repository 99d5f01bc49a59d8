"""Inputs: what an outlook starts from, each with its unit and allowed range."""

from ._ai import KW_PER_MW, USD_PER_MW_QUARTER, AiContract, Cloud, Colocation, ContractKind, Evidence
from ._chips import Chips
from ._company import CompanyInputs
from ._debt import Debt, MaturityWall
from ._fields import changed, origin, parsed, plain, unknown
from ._finance import BALANCE, REQUIRED, Finance
from ._market import (
    EPOCH_DAYS,
    EPOCHS_PER_YEAR,
    FORWARD_HINT,
    FeeModel,
    MarketParameters,
    NetworkModel,
    PriceKind,
    PriceModel,
)
from ._mining import Mining
from ._numbers import quarter_number, with_numbers
from ._origins import ASSUMED, Origins, assumed, of_figure
from ._power import TERMS, PowerQuarter, check_seasons
from ._renamed import current_key, current_table, published_key, published_text
from ._run_rate import RunRateLines
from ._solvency import ON_FACTS, SHARE_PRICE, AbsentInput, Basis, Solvency

__all__ = [
    "ASSUMED",
    "BALANCE",
    "EPOCHS_PER_YEAR",
    "EPOCH_DAYS",
    "FORWARD_HINT",
    "KW_PER_MW",
    "ON_FACTS",
    "REQUIRED",
    "SHARE_PRICE",
    "TERMS",
    "USD_PER_MW_QUARTER",
    "AbsentInput",
    "AiContract",
    "Basis",
    "Chips",
    "Cloud",
    "Colocation",
    "CompanyInputs",
    "ContractKind",
    "Debt",
    "Evidence",
    "FeeModel",
    "Finance",
    "MarketParameters",
    "MaturityWall",
    "Mining",
    "NetworkModel",
    "Origins",
    "PowerQuarter",
    "PriceKind",
    "PriceModel",
    "RunRateLines",
    "Solvency",
    "assumed",
    "changed",
    "check_seasons",
    "current_key",
    "current_table",
    "of_figure",
    "origin",
    "parsed",
    "plain",
    "published_key",
    "published_text",
    "quarter_number",
    "unknown",
    "with_numbers",
]
