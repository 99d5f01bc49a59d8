"""What several commands share."""

from ._common import (
    as_of_option,
    complain,
    day_option,
    filed_option,
    files_argument,
    json_option,
    power_option,
    print_json,
    show,
    ticker_option,
    with_progress,
)

__all__ = [
    "as_of_option",
    "complain",
    "day_option",
    "filed_option",
    "files_argument",
    "json_option",
    "power_option",
    "print_json",
    "show",
    "ticker_option",
    "with_progress",
]
