"""The model of a site: machines, AI load, power, tariffs and credits, read from its file."""

from ._asic import Asic, asic, asics
from ._beginning import Beginning
from ._conversion import Conversion
from ._credit import Credit
from ._loads import LOADS, AiLoad, Load, register_load
from ._machines import Machines, Mode
from ._power import POWER_CONTRACTS, BlockPower, DayAheadPower, IndexedPower, Power, register_power
from ._reserve import Reserve
from ._site import Site
from ._site_file import load_site, parse_site
from .base import (
    DAY,
    HOUR,
    INTERVALS,
    MINUTE,
    MONTH,
    Bools,
    Clock,
    Fields,
    Floats,
    InvalidPrices,
    InvalidSite,
    Small,
    Times,
    Unsolvable,
    Whole,
    available,
    intervals,
)
from .tariffs import TARIFFS, CoincidentPeak, DemandCharge, EnergyCharge, Tariff, register_tariff

__all__ = [
    "DAY",
    "HOUR",
    "INTERVALS",
    "LOADS",
    "MINUTE",
    "MONTH",
    "POWER_CONTRACTS",
    "TARIFFS",
    "AiLoad",
    "Asic",
    "Beginning",
    "BlockPower",
    "Bools",
    "Clock",
    "CoincidentPeak",
    "Conversion",
    "Credit",
    "DayAheadPower",
    "DemandCharge",
    "EnergyCharge",
    "Fields",
    "Floats",
    "IndexedPower",
    "InvalidPrices",
    "InvalidSite",
    "Load",
    "Machines",
    "Mode",
    "Power",
    "Reserve",
    "Site",
    "Small",
    "Tariff",
    "Times",
    "Unsolvable",
    "Whole",
    "asic",
    "asics",
    "available",
    "intervals",
    "load_site",
    "parse_site",
    "register_load",
    "register_power",
    "register_tariff",
]
