"""What lines and statements of a company share: chance, schedules by age, power ahead, and the recorder."""

from ._chance import QUARTERS_PER_YEAR, Chance, DrawnChance, NoChance
from ._levels import StartLevels
from ._power import PowerTerms
from ._record import NoRecord, Recorder
from ._schedule import AtAge, ContractSchedule, lifetime, ramp
from ._streams import Streams

__all__ = [
    "QUARTERS_PER_YEAR",
    "AtAge",
    "Chance",
    "ContractSchedule",
    "DrawnChance",
    "NoChance",
    "NoRecord",
    "PowerTerms",
    "Recorder",
    "StartLevels",
    "Streams",
    "lifetime",
    "ramp",
]
