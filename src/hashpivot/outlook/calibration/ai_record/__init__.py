"""What the ledger says of AI lines: parts of revenue, rents, delays, losses, where contracts were read."""

from ._credited import Begun, credited
from ._evidence import NOT_VERIFIED, contract_origin, evidence_of
from ._gpu_hours import gpu_hour_usd, gpu_hours_by_year
from ._known_by_line import known_by_line, total_usd
from ._late_starts import (
    LATE_QUARTERS,
    DecidedStart,
    StartRecord,
    deal_of,
    decided_starts,
    earned_by_quarter,
    start_record,
)
from ._line_parts import earns_margin_usd, parts_of, split_quarter, sum_usd
from ._losses import LossRecord, loss_record, tenant_chance
from ._own_capex import OwnCapex, own_capex
from ._rents import (
    MARKET_VOLATILITY,
    USUAL_SPREAD,
    VOLATILITY_ORIGIN,
    Rents,
    highest_rent,
    observed_rents,
    rent_of_deal,
    rent_usd_per_kw_month,
    rents_of_vintage,
)

__all__ = [
    "LATE_QUARTERS",
    "MARKET_VOLATILITY",
    "NOT_VERIFIED",
    "USUAL_SPREAD",
    "VOLATILITY_ORIGIN",
    "Begun",
    "DecidedStart",
    "LossRecord",
    "OwnCapex",
    "Rents",
    "StartRecord",
    "contract_origin",
    "credited",
    "deal_of",
    "decided_starts",
    "earned_by_quarter",
    "earns_margin_usd",
    "evidence_of",
    "gpu_hour_usd",
    "gpu_hours_by_year",
    "highest_rent",
    "known_by_line",
    "loss_record",
    "observed_rents",
    "own_capex",
    "parts_of",
    "rent_of_deal",
    "rent_usd_per_kw_month",
    "rents_of_vintage",
    "split_quarter",
    "start_record",
    "sum_usd",
    "tenant_chance",
    "total_usd",
]
