"""From a filing's raw facts to lines of business that tie to the total."""

from hashpivot._lazy import lazy_names

from ._currency import read_amounts
from ._read_lines import read, read_facts
from ._reader_version import READER_VERSION
from .rules import LineRule, LineRules, Role, default_rules, local_name, member_words, normal
from .tagged import (
    CandidateRow,
    PeriodReading,
    Reading,
    Reported,
    is_of_income,
    kind_of,
    names_ai_hosting,
    names_bitcoin_mining,
    names_mining,
    speaks_of_the_field,
)

__all__ = [
    "READER_VERSION",
    "CandidateRow",
    "LineRule",
    "LineRules",
    "PeriodReading",
    "Reading",
    "Reported",
    "Role",
    "default_rules",
    "is_of_income",
    "kind_of",
    "local_name",
    "member_words",
    "names_ai_hosting",
    "names_bitcoin_mining",
    "names_mining",
    "normal",
    "read",
    "read_amounts",
    "read_facts",
    "speaks_of_the_field",
]

__getattr__, __dir__ = lazy_names(__name__)
