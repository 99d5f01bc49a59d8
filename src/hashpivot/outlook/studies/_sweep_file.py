"""Sweep files: which inputs take which values."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Any

from hashpivot.core import InvalidInput

from ..inputs import current_table, unknown
from ..scenarios import read_toml
from ._sweep import grid_points, hypercube_points

MOST_POINTS = 1_000_000
_MOST = 1e300  # NaN, infinity and whole numbers beyond any float fail here


def read_sweep_file(path: Path, seed: int) -> tuple[list[str], list[dict[str, float]]]:
    """Companies and points of a sweep file.

    It has `tickers` (optional), and either `[grid]` with a list of values for each key, or `[hypercube]` with
    `samples` and `[hypercube.ranges]` with `[low, high]` for each key.

    Args:
        path: The file.
        seed: Seed of the hypercube.

    Raises:
        UnreadableFile: If it cannot be read.
        InvalidInput: Naming what is wrong.
    """
    table, where = read_toml(path), str(path)
    unknown(table, {"tickers", "grid", "hypercube"}, where)
    tickers = table.get("tickers", [])
    if not isinstance(tickers, list) or not all(isinstance(ticker, str) for ticker in tickers):
        raise InvalidInput(
            "tickers must be a list of texts", where=where, hint='write tickers = ["RIOT", "CORZ"]'
        )
    if ("grid" in table) == ("hypercube" in table):
        raise InvalidInput("a sweep needs either [grid] or [hypercube]", where=where)
    if "grid" in table:
        return tickers, _grid(table["grid"], f"{where} [grid]")
    return tickers, _hypercube(table["hypercube"], seed, f"{where} [hypercube]")


def _grid(table: Any, where: str) -> list[dict[str, float]]:
    ranges = _lists(table, where)
    _check_count(prod(len(values) for values in ranges.values()), where)
    return list(grid_points(ranges))


def _hypercube(table: Any, seed: int, where: str) -> list[dict[str, float]]:
    if not isinstance(table, dict):
        raise InvalidInput("hypercube must be a table", where=where)
    unknown(table, {"samples", "ranges"}, where)
    samples = table.get("samples")
    if isinstance(samples, bool) or not isinstance(samples, int):
        raise InvalidInput("samples must be a whole number", where=where, hint="such as samples = 100")
    _check_count(samples, where)
    ranges: dict[str, tuple[float, float]] = {}
    for key, values in _lists(table.get("ranges", {}), where).items():
        if len(values) != 2 or values[0] > values[1]:
            raise InvalidInput(f"{key} must be [low, high]", where=where)
        ranges[key] = (values[0], values[1])
    return list(hypercube_points(ranges, samples, seed))


def _lists(table: Any, where: str) -> Mapping[str, list[float]]:
    if not isinstance(table, dict) or not table:
        raise InvalidInput(
            "no input is named", where=where, hint='write "mining.power_usd_per_mwh" = [30, 60]'
        )
    for key, values in table.items():
        numbers = isinstance(values, list) and values and all(map(_is_number, values))
        if not numbers:
            raise InvalidInput(f"{key} must be a list of numbers", where=where, hint="put the key in quotes")
    given = current_table(table, where)
    return {key: [float(value) for value in values] for key, values in given.items()}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -_MOST < value < _MOST


def _check_count(count: int, where: str) -> None:
    if not 1 <= count <= MOST_POINTS:
        raise InvalidInput(f"{count:,} points cannot be run", where=where, hint=f"1 to {MOST_POINTS:,} can")
