"""Where work is computed: here, in a pool of processes, or on a Dask cluster."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from ..base import InvalidInput, optional_library
from ._workers import WorkerContext, begin_worker

CONNECT_SECONDS = 20
"""How long a scheduler is waited for before the user is told that none answers."""


@contextmanager
def executor_of(workers: int = 1, cluster: str = "") -> Iterator[Executor | None]:
    """An executor for as long as it is needed; None for one worker and no cluster.

    Args:
        workers: Processes of a pool here.
        cluster: Address of a Dask scheduler, such as `tcp://10.0.0.1:8786`; goes before `workers`.

    Raises:
        MissingLibrary: If Dask is not installed.
        InvalidInput: If no scheduler answers at the address.
    """
    if cluster:
        with dask_client(cluster) as client:
            yield client.get_executor(pure=False)
    elif workers > 1:
        with ProcessPoolExecutor(workers, mp_context=WorkerContext(), initializer=begin_worker) as pool:
            yield pool
    else:
        yield None


@contextmanager
def dask_client(address: str) -> Iterator[Any]:
    """A client of a Dask scheduler (`distributed.Client`) for as long as it is needed.

    What scheduler and workers send back is unpickled here: whoever runs them can run code on this machine.

    Args:
        address: Such as `tcp://10.0.0.1:8786`.

    Raises:
        MissingLibrary: If Dask is not installed.
        InvalidInput: If no scheduler answers at the address.
    """
    distributed = optional_library("distributed", "a cluster", "cluster")
    with _quiet_logs():
        yield from _connected(distributed, address)


def _connected(distributed: Any, address: str) -> Iterator[Any]:
    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except TypeError as error:  # Dask's own, where its configuration names no certificates
        raise InvalidInput(
            f"Dask is not set up for this address: {error}",
            where=address,
            hint="name certificates in Dask's configuration (distributed.comm.tls), or write tcp://HOST:PORT",
        ) from None
    except (OSError, ValueError, TimeoutError) as error:
        raise InvalidInput(
            f"no Dask scheduler answers: {error}", where=address, hint="write it like tcp://10.0.0.1:8786"
        ) from None
    with client:
        yield client


@contextmanager
def _quiet_logs() -> Iterator[None]:
    """Without what Dask logs of lost connections: it prints tracebacks, and whoever asked gets the error."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
