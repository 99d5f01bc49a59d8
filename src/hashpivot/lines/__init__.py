"""From a filing's raw facts to lines of business that tie to the total."""

from ._measures import Reported
from ._read import read, read_facts
from ._reading import PeriodReading, Reading, number
from ._rules import Role, Rule, Rules, default_rules

__all__ = [
    "PeriodReading",
    "Reading",
    "Reported",
    "Role",
    "Rule",
    "Rules",
    "default_rules",
    "number",
    "read",
    "read_facts",
]
