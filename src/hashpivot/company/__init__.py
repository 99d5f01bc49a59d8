"""One company whole: lines, statements, operating data, contracts, targets, answers, and what is absent."""

from hashpivot._lazy import lazy_names

from ._absence_list import AbsentGroup
from ._amount import Amount, absence_of, amount_json, figures_in, number_in
from ._contract_record import ContractEntry, ContractState, contract_record
from ._debt_stack import DebtPart, DebtStack, TaggedDebt, debt_stack, untagged
from ._key_numbers import KeyNumber
from ._line_history import LineHistory, LineQuarter, LineTable, line_table
from ._measure_table import MeasureRow, MeasureTable, measure_table
from ._megawatts import DEFINITIONS, MegawattPoint, MegawattTimeline, megawatt_timeline
from ._message import Message
from ._profile import CompanyProfile, company_profile
from ._quarters import QUARTERS_SHOWN, shown_quarters
from ._share_count import ShareCounts, StockSplit, share_counts
from ._words import short_name

__all__ = [
    "DEFINITIONS",
    "QUARTERS_SHOWN",
    "AbsentGroup",
    "Amount",
    "CompanyProfile",
    "ContractEntry",
    "ContractState",
    "DebtPart",
    "DebtStack",
    "KeyNumber",
    "LineHistory",
    "LineQuarter",
    "LineTable",
    "MeasureRow",
    "MeasureTable",
    "MegawattPoint",
    "MegawattTimeline",
    "Message",
    "ShareCounts",
    "StockSplit",
    "TaggedDebt",
    "absence_of",
    "amount_json",
    "company_profile",
    "contract_record",
    "debt_stack",
    "figures_in",
    "line_table",
    "measure_table",
    "megawatt_timeline",
    "number_in",
    "share_counts",
    "short_name",
    "shown_quarters",
    "untagged",
]

__getattr__, __dir__ = lazy_names(__name__)
