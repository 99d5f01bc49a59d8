"""What every part of a site is read and timed by: arrays, errors, keys of a file, kinds, the clock."""

from ._arrays import DAY, HOUR, MINUTE, MONTH, Bools, Floats, Small, Times, Whole
from ._bounded_cache import BoundedCache
from ._clock import INTERVALS, Clock, intervals, moment_of, utc_minute
from ._errors import InvalidPrices, InvalidSite, NotForThisSite, Unsolvable, available
from ._fields import Fields
from ._registry import Kinds, Readable

__all__ = [
    "DAY",
    "HOUR",
    "INTERVALS",
    "MINUTE",
    "MONTH",
    "Bools",
    "BoundedCache",
    "Clock",
    "Fields",
    "Floats",
    "InvalidPrices",
    "InvalidSite",
    "Kinds",
    "NotForThisSite",
    "Readable",
    "Small",
    "Times",
    "Unsolvable",
    "Whole",
    "available",
    "intervals",
    "moment_of",
    "utc_minute",
]
