"""Calibration: every input of a company from its figures, with where it came from."""

from ._base import base_of
from ._calibrate import Calibration, calibrate
from ._contracts import NO_REPORT_YET, input_name, tells_rate
from ._levels import DrawnLevels, drawn_levels
from ._margins import LineMargin, line_margin, peer_margins
from ._power import with_power
from .ai_record import (
    LATE_QUARTERS,
    NOT_VERIFIED,
    DecidedStart,
    LossRecord,
    Rents,
    StartRecord,
    decided_starts,
    evidence_of,
    loss_record,
    observed_rents,
    rent_usd_per_kw_month,
    rents_of_vintage,
    start_record,
)
from .remarks import no_contracts

__all__ = [
    "LATE_QUARTERS",
    "NOT_VERIFIED",
    "NO_REPORT_YET",
    "Calibration",
    "DecidedStart",
    "DrawnLevels",
    "LineMargin",
    "LossRecord",
    "Rents",
    "StartRecord",
    "base_of",
    "calibrate",
    "decided_starts",
    "drawn_levels",
    "evidence_of",
    "input_name",
    "line_margin",
    "loss_record",
    "no_contracts",
    "observed_rents",
    "peer_margins",
    "rent_usd_per_kw_month",
    "rents_of_vintage",
    "start_record",
    "tells_rate",
    "with_power",
]
