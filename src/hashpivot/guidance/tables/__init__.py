"""The tables shipped with the package: targets, withdrawals and risk flags of bundled texts."""

from ._flags import StatedFlag, bundled_flags, write_flags
from ._targets import bundled_targets, bundled_withdrawals, write_targets

__all__ = [
    "StatedFlag",
    "bundled_flags",
    "bundled_targets",
    "bundled_withdrawals",
    "write_flags",
    "write_targets",
]
