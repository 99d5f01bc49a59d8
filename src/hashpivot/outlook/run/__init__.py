"""Runs: paths of market and company, stored, summarised, here or on a cluster."""

from ._executors import executor_of
from ._outlook import DEFAULT_PATHS, DEFAULT_QUARTERS, DEFAULT_SEED, Case, Outlook, outlook
from ._shown import YEAR_EBITDA, YEAR_PROFITS
from ._store import RowStore, StoreError
from ._window import WorkerLost, results

__all__ = [
    "DEFAULT_PATHS",
    "DEFAULT_QUARTERS",
    "DEFAULT_SEED",
    "YEAR_EBITDA",
    "YEAR_PROFITS",
    "Case",
    "Outlook",
    "RowStore",
    "StoreError",
    "WorkerLost",
    "executor_of",
    "outlook",
    "results",
]
