"""The model of a site: machines, AI load, power, tariffs and credits, read from its file."""

from ._arrays import Bools, Floats, Small, Times, Whole
from ._asic import Asic, asic, asics
from ._clock import Clock
from ._errors import InvalidPrices, InvalidSite, Unsolvable, available
from ._load import example_sites, load_site, parse_site
from ._site import RTC_START, AiLoad, Conversion, Credit, Machines, Mode, Power, Reserve, Site, Tariff

__all__ = [
    "RTC_START",
    "AiLoad",
    "Asic",
    "Bools",
    "Clock",
    "Conversion",
    "Credit",
    "Floats",
    "InvalidPrices",
    "InvalidSite",
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
    "example_sites",
    "load_site",
    "parse_site",
]
