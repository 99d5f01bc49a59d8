"""The nowcast: what companies are about to report, with its track record."""

from ._backtest import backtest
from ._bridge import FACTORS, Step, mining_steps
from ._calibrate import PRIOR_CASES, widening
from ._company import CompanyNowcast, Input, LineNowcast
from ._drift import recent_growth
from ._estimate import Estimate
from ._evidence import Evidence, Kind, SetAside, evidence_of
from ._luck import blocks_expected, luck_dispersion
from ._market import Market, market, network_months
from ._mining import Level
from ._network import Days, days_known
from ._nowcast import EVE, Nowcast, nowcast, quarter_due
from ._parameters import Parameters
from ._path import Path, PathModel
from ._record import Case, Horizon, Subject, parse_record, record, write_record
from ._score import Score, Scored, score, scored, summary

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
