"""From a filing's raw facts to lines of business that tie to the total."""

from hashpivot._lazy import lazy_names

from ._read_lines import read, read_facts
from ._reader_version import READER_VERSION
from .rules import LineRule, LineRules, Role, default_rules
from .tagged import PeriodReading, Reading, Reported

__all__ = [
    "READER_VERSION",
    "LineRule",
    "LineRules",
    "PeriodReading",
    "Reading",
    "Reported",
    "Role",
    "default_rules",
    "read",
    "read_facts",
]

__getattr__, __dir__ = lazy_names(__name__)
