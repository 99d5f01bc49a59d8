"""The nowcast: what companies are about to report, with its track record."""

from ._backtest import backtest
from ._nowcast import EVE, Nowcast, nowcast, quarter_due
from .company import CompanyNowcast, Input, LineNowcast
from .hash_rate import Evidence, Kind, Parameters, Path, PathModel, SetAside, evidence_of, recent_growth
from .network import Days, Market, blocks_expected, days_known, luck_dispersion, market, network_months
from .parts import FACTORS, Estimate, Level, Step, mining_steps
from .record import (
    PRIOR_CASES,
    Case,
    Horizon,
    Score,
    Scored,
    Subject,
    parse_record,
    record,
    score,
    scored,
    summary,
    widening,
    write_record,
)

__all__ = [
    "EVE",
    "FACTORS",
    "PRIOR_CASES",
    "Case",
    "CompanyNowcast",
    "Days",
    "Estimate",
    "Evidence",
    "Horizon",
    "Input",
    "Kind",
    "Level",
    "LineNowcast",
    "Market",
    "Nowcast",
    "Parameters",
    "Path",
    "PathModel",
    "Score",
    "Scored",
    "SetAside",
    "Step",
    "Subject",
    "backtest",
    "blocks_expected",
    "days_known",
    "evidence_of",
    "luck_dispersion",
    "market",
    "mining_steps",
    "network_months",
    "nowcast",
    "parse_record",
    "quarter_due",
    "recent_growth",
    "record",
    "score",
    "scored",
    "summary",
    "widening",
    "write_record",
]
