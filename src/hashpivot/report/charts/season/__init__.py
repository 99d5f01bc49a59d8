"""The charts of a whole season: who has turned, does it pay, what is signed; and a row's small bars."""

from ._does_it_pay import PaidRow, paid_chart
from ._rows import WIDTH, axis_marks
from ._spark_bars import spark_bars
from ._what_is_signed import SignedRow, signed_chart
from ._who_turned import TurnedRow, turned_chart

__all__ = [
    "WIDTH",
    "PaidRow",
    "SignedRow",
    "TurnedRow",
    "axis_marks",
    "paid_chart",
    "signed_chart",
    "spark_bars",
    "turned_chart",
]
