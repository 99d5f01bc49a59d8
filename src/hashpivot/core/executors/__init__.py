"""Executors: where work is computed, in a pool of processes here or on a Dask cluster."""

from ._executors import dask_client, executor_of
from ._workers import WorkerContext, begin_worker

__all__ = ["WorkerContext", "begin_worker", "dask_client", "executor_of"]
