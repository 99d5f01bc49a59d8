"""The nowcast: what companies are about to report, with its track record."""

from hashpivot._lazy import lazy_names

from ._backtest import backtest
from ._handover import nowcast_draws
from ._nowcast import PRE_REPORT, Nowcast, nowcast, quarter_due
from .company import CompanyNowcast, LineNowcast, NowcastInput
from .hash_rate import (
    EvidenceKind,
    Excluded,
    HashRateEvidence,
    HashRateModel,
    HashRatePosterior,
    Parameters,
    evidence_of,
    recent_growth,
)
from .network import Days, Market, blocks_expected, days_known, market, network_months, solo_dispersion
from .parts import FACTORS, Estimate, Level, Step, mining_steps
from .track_record import (
    PRIOR_CASES,
    BaselineScore,
    Correction,
    EbitdaScore,
    Horizon,
    Learned,
    NowcastCase,
    Score,
    Scored,
    ScoreRow,
    ScoreSummary,
    Subject,
    learned_on,
    load_track_record,
    parse_track_record,
    score,
    scored,
    summary,
    write_track_record,
)

__all__ = [
    "FACTORS",
    "PRE_REPORT",
    "PRIOR_CASES",
    "BaselineScore",
    "CompanyNowcast",
    "Correction",
    "Days",
    "EbitdaScore",
    "Estimate",
    "EvidenceKind",
    "Excluded",
    "HashRateEvidence",
    "HashRateModel",
    "HashRatePosterior",
    "Horizon",
    "Learned",
    "Level",
    "LineNowcast",
    "Market",
    "Nowcast",
    "NowcastCase",
    "NowcastInput",
    "Parameters",
    "Score",
    "ScoreRow",
    "ScoreSummary",
    "Scored",
    "Step",
    "Subject",
    "backtest",
    "blocks_expected",
    "days_known",
    "evidence_of",
    "learned_on",
    "load_track_record",
    "market",
    "mining_steps",
    "network_months",
    "nowcast",
    "nowcast_draws",
    "parse_track_record",
    "quarter_due",
    "recent_growth",
    "score",
    "scored",
    "solo_dispersion",
    "summary",
    "write_track_record",
]

__getattr__, __dir__ = lazy_names(__name__)
