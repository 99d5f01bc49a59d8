"""Sweeps: many cases, here, in a pool or on a cluster, each result kept as soon as it is there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

from hashpivot.core import full_repr, optional_library, write_bytes

from ..inputs import published_key, published_text
from ..run import OutlookCase, outlook, results
from ..scenarios import with_inputs
from ._hypercube import latin_hypercube

Progress = Callable[[int, int], None]
POINTS_AT_A_TIME = 1_024
"""Points an executor has at a time: enough for a large cluster."""


@dataclass(frozen=True)
class Point:
    """One case of a sweep.

    Args:
        case: The case, its inputs set.
        values: What was set, by key.
        quarters: Quarters ahead.
        paths: Paths.
        seed: Seed; the same for all points, so that they differ by their inputs alone.
    """

    case: OutlookCase
    values: Mapping[str, float]
    quarters: int
    paths: int
    seed: int

    @property
    def name(self) -> str:
        """Ticker and sixteen hex digits of everything the result depends on."""
        values = sorted((published_key(key), value) for key, value in self.values.items())
        whole = _published_repr((self.case, values, self.quarters, self.paths, self.seed))
        return f"{self.case.inputs.ticker}-{hashlib.sha256(whole.encode()).hexdigest()[:16]}"


def _published_repr(values: object) -> str:
    """The repr of a point with the names of classes and inputs that sweeps of 0.1 were stored under.

    A point's file is found by it: after a renaming a sweep still goes on where it was.
    """
    text = published_text(full_repr(values)).replace(", levels=None", "")
    for new, old in (("OutlookCase(", "Case("), ("RunRateLines(", "Steady(")):
        text = text.replace(new, old)
    return text


def grid_points(ranges: Mapping[str, Sequence[float]]) -> Iterator[dict[str, float]]:
    """Every combination of the values given for each key."""
    return (dict(zip(ranges, values, strict=True)) for values in product(*ranges.values()))


def hypercube_points(
    ranges: Mapping[str, tuple[float, float]], samples: int, seed: int
) -> Iterator[dict[str, float]]:
    """A Latin hypercube over the range given for each key."""
    for point in latin_hypercube(samples, len(ranges), seed):
        yield {
            key: low + (high - low) * float(at)
            for (key, (low, high)), at in zip(ranges.items(), point, strict=True)
        }


def sweep_points(
    cases: Sequence[OutlookCase],
    values: Sequence[Mapping[str, float]],
    *,
    quarters: int,
    paths: int,
    seed: int,
) -> list[Point]:
    """All combinations of cases and values.

    Raises:
        InvalidInput: If a key is not known or a value out of range; nothing has been run then.
    """
    return [Point(with_inputs(case, each), each, quarters, paths, seed) for case in cases for each in values]


def run_point(point: Point) -> list[dict[str, Any]]:
    """The rows of a point, one a quarter; this is what a worker does."""
    answer = outlook(point.case, quarters=point.quarters, paths=point.paths, seed=point.seed).to_dict()
    head = {
        "ticker": answer["ticker"],
        "scenario": answer["scenario"],
        "seed": point.seed,
        "paths": point.paths,
    }
    head |= {f"input.{published_key(key)}": float(value) for key, value in point.values.items()}
    market = (
        _flat({key: value for key, value in row.items() if key != "quarter"}) for row in answer["market"]
    )
    rows = zip(answer["quarters"], market, strict=True)
    return [head | _flat(row) | {f"market.{key}": value for key, value in each.items()} for row, each in rows]


def run_sweep(
    points: Sequence[Point], folder: Path, executor: Executor | None = None, progress: Progress | None = None
) -> list[Path]:
    """Run the points whose results are not yet in a folder; one Parquet file a point.

    A file is written whole or not at all. Stopped and started again, it goes on where it was.
    The numbers do not depend on who computes them.

    Args:
        points: The points.
        folder: Where results are kept; made if it is not there.
        executor: Any standard executor, such as a process pool's or a Dask client's; here if not given.
        progress: Called with the number of points done and of all points.

    Returns:
        The files, in the order of the points.

    Raises:
        MissingLibrary: If pyarrow is not installed.
        UnwritableFile: If a result cannot be written; those before it are kept.
    """
    parquet = _parquet()
    folder.mkdir(parents=True, exist_ok=True)
    files = {point.name: folder / f"{point.name}.parquet" for point in points}
    left = [point for point in points if not files[point.name].exists()]
    done = len(points) - len(left)
    for point, rows in results(executor, run_point, left, POINTS_AT_A_TIME):
        _write(parquet, rows, files[point.name])
        done += 1
        if progress:
            progress(done, len(points))
    return [files[point.name] for point in points]


def read_sweep(files: Sequence[Path]) -> Any:
    """The results of a sweep as one pyarrow table.

    Raises:
        MissingLibrary: If pyarrow is not installed.
    """
    parquet = _parquet()
    return import_module("pyarrow").concat_tables(
        [parquet.read_table(path) for path in files], promote_options="default"
    )


def _flat(row: Mapping[str, Any], head: str = "") -> dict[str, Any]:
    """Nested tables as columns `revenue_usd.p50`, `lines.chips.mean`."""
    columns: dict[str, Any] = {}
    for key, value in row.items():
        columns |= _flat(value, f"{head}{key}.") if isinstance(value, dict) else {f"{head}{key}": value}
    return columns


def _write(parquet: Any, rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    columns = {name: [_number(row[name]) for row in rows] for name in rows[0]}
    file = BytesIO()
    parquet.write_table(import_module("pyarrow").table(columns), file)
    write_bytes(file.getvalue(), path)


def _number(value: Any) -> Any:
    """Missing numbers as NaN, so that a column keeps its type when all of it is missing."""
    return float("nan") if value is None else value


def _parquet() -> Any:
    return optional_library("pyarrow.parquet", "the result of a sweep", "cluster")
