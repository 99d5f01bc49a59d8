"""Executors: where work is computed, in a pool of processes here or on a Dask cluster."""

from ._executors import dask_client, executor_of
from ._workers import begin_worker, leave_interrupts

__all__ = ["begin_worker", "dask_client", "executor_of", "leave_interrupts"]
