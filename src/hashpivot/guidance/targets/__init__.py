"""Targets: which number is a target, of what, by when and how firmly."""

from ._find_targets import find_targets, find_withdrawals

__all__ = [
    "find_targets",
    "find_withdrawals",
]
