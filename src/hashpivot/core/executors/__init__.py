"""Executors: where work is computed, in a pool of processes here or on a Dask cluster."""

from ._executors import dask_client, executor_of

__all__ = ["dask_client", "executor_of"]
