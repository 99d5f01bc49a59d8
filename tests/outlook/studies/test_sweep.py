import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput, executor_of
from hashpivot.ledger import View
from hashpivot.outlook import (
    Point,
    build_case,
    read_sweep,
    read_sweep_file,
    run_sweep,
    sweep_points,
)
from hashpivot.outlook.studies._hypercube import latin_hypercube

parquet = pytest.importorskip("pyarrow.parquet", reason="results of sweeps need pyarrow (extra cluster)")
VALUES = [
    {"mining.power_usd_per_mwh": power, "market.price.start_factor": factor}
    for power in (30, 60)
    for factor in (0.5, 1.0)
]


@pytest.fixture(scope="module")
def points(view: View, network: NetworkHistory) -> list[Point]:
    cases = [build_case(view, network, ticker)[0] for ticker in ("RIOT", "CORZ")]
    return sweep_points(cases, VALUES, quarters=2, paths=64, seed=3)


@pytest.fixture(scope="module")
def plain(points: list[Point], tmp_path_factory: pytest.TempPathFactory) -> Any:
    return read_sweep(run_sweep(points, tmp_path_factory.mktemp("plain")))


class Counting(ThreadPoolExecutor):
    """A standard executor that counts what it is given, and may stop taking work."""

    def __init__(self, limit: int = 10**9) -> None:
        super().__init__(1)
        self.taken, self.limit = 0, limit

    def submit(self, *args: Any, **kwargs: Any) -> Any:
        self.taken += 1
        return super().submit(*args, **kwargs)


def test_rows_and_columns(points: list[Point], plain: Any) -> None:
    assert plain.num_rows == len(points) * 2
    assert {
        "ticker",
        "quarter",
        "revenue_usd.p50",
        "input.mining.power_usd_per_mwh",
        "market.price_usd.mean",
    } <= set(plain.column_names)
    table = plain.to_pandas()
    halved = table[table["input.market.price.start_factor"] == 0.5]["market.price_usd.p50"]
    assert halved.max() < 0.6 * table["market.price_usd.p50"].max()


def assert_same(table: Any, other: Any) -> None:
    """Assert that two tables are equal, missing numbers included."""
    assert table.to_pandas().equals(other.to_pandas())


def test_it_goes_on_where_it_stopped(points: list[Point], plain: Any, tmp_path: Path) -> None:
    run_sweep(points[:5], tmp_path)
    (tmp_path / f".{points[6].name}.parquet-half").write_bytes(b"half a file")
    with Counting() as executor:
        files = run_sweep(points, tmp_path, executor)
        assert executor.taken == len(points) - 5
        again = run_sweep(points, tmp_path, executor)
        assert executor.taken == len(points) - 5
    assert files == again
    assert_same(read_sweep(files), plain)


def test_a_failing_executor_loses_nothing_that_was_done(points: list[Point], tmp_path: Path) -> None:
    def stop(done: int, of: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_sweep(points, tmp_path, progress=stop)
    assert len(list(tmp_path.glob("*.parquet"))) == 3


def test_a_point_is_named_by_all_it_depends_on(view: View, network: NetworkHistory) -> None:
    case, _ = build_case(view, network, "RIOT")
    variants = [
        sweep_points([case], [{"mining.uptime": uptime}], quarters=quarters, paths=paths, seed=seed)[0].name
        for uptime, quarters, paths, seed in (
            (1.0, 2, 64, 3),
            (0.9, 2, 64, 3),
            (1.0, 3, 64, 3),
            (1.0, 2, 65, 3),
            (1.0, 2, 64, 4),
        )
    ]
    assert len(set(variants)) == len(variants)


def test_processes_give_the_same_table(points: list[Point], plain: Any, tmp_path: Path) -> None:
    with executor_of(workers=2) as executor:
        assert_same(read_sweep(run_sweep(points, tmp_path, executor)), plain)


@pytest.fixture
def cluster() -> Iterator[Any]:
    """A Dask scheduler and two worker processes, found by address as any other cluster."""
    distributed = pytest.importorskip("distributed", reason="needs dask.distributed (extra cluster)")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as found:
        yield found


@pytest.mark.filterwarnings("default")
def test_a_dask_cluster_gives_the_same_table_though_a_worker_is_killed(
    points: list[Point], plain: Any, tmp_path: Path, cluster: Any
) -> None:
    killed: list[int] = []

    def kill_one(done: int, of: int) -> None:
        if not killed:
            killed.append(next(iter(cluster.workers.values())).process.pid)
            os.kill(killed[0], signal.SIGKILL)

    with executor_of(cluster=cluster.scheduler_address) as executor:
        assert isinstance(executor, Executor)
        table = read_sweep(run_sweep(points, tmp_path, executor, kill_one))
    assert killed
    assert_same(table, plain)


@pytest.mark.parametrize(
    ("address", "words"), (("nonsense://x", "no Dask scheduler"), ("tls://127.0.0.1:9", "Dask is not set up"))
)
def test_no_cluster_at_the_address(address: str, words: str) -> None:
    pytest.importorskip("distributed", reason="needs dask.distributed (extra cluster)")
    with pytest.raises(InvalidInput, match=words), executor_of(cluster=address):
        pass


def test_unknown_inputs_are_refused_before_anything_runs(view: View, network: NetworkHistory) -> None:
    case, _ = build_case(view, network, "RIOT")
    for values, word in (
        ({"mining.uptme": 1.0}, "uptme"),
        ({"uptime": 1.0}, "uptime"),
        ({"mining.uptime": 7.0}, "uptime = 7"),
        ({"contracts.usd_per_quarter": -1.0}, "no factor"),
        ({"market.weather.rain": 1.0}, "market.weather.rain"),
    ):
        with pytest.raises(InvalidInput, match=word):
            sweep_points([case], [values], quarters=1, paths=10, seed=1)


def test_every_slice_of_a_hypercube_is_taken_once() -> None:
    points = latin_hypercube(50, 4, 1)
    for column in points.T:
        assert sorted((column * 50).astype(int)) == list(range(50))
    assert (points == latin_hypercube(50, 4, 1)).all()
    assert abs(np.corrcoef(points.T)[0, 1]) < 0.4


def test_sweep_files(tmp_path: Path) -> None:
    path = tmp_path / "sweep.toml"
    path.write_text(
        'tickers = ["RIOT"]\n[grid]\n"mining.uptime" = [0.8, 1]\n"mining.j_per_th" = [20, 25, 30]\n'
    )
    tickers, points = read_sweep_file(path, 1)
    assert tickers == ["RIOT"]
    assert len(points) == 6
    assert points[0] == {"mining.uptime": 0.8, "mining.j_per_th": 20.0}
    path.write_text('[hypercube]\nsamples = 7\n[hypercube.ranges]\n"mining.uptime" = [0.8, 0.9]\n')
    tickers, points = read_sweep_file(path, 1)
    assert tickers == []
    assert len(points) == 7
    assert all(0.8 <= point["mining.uptime"] <= 0.9 for point in points)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "either"),
        ("[grid]\n[hypercube]\n", "either"),
        ("grid = 3", "no input is named"),
        ('[grid]\n"mining.uptime" = 3', "list of numbers"),
        ('[grid]\n"mining.uptime" = []', "list of numbers"),
        ('[grid]\n"mining.uptime" = [nan]', "list of numbers"),
        ("[grid]\nmining.uptime = [1]", "list of numbers"),
        ("[hypercube]\nsamples = 0\n", "0 points"),
        ("[hypercube]\nsamples = 1.5\n", "whole number"),
        ("[hypercube]\nsamples = 3\nrange = 1", "unknown key 'range'"),
        ('[hypercube]\nsamples = 3\n[hypercube.ranges]\n"mining.uptime" = [1, 0]', "low, high"),
        ('tickers = "RIOT"\n[grid]\n"mining.uptime" = [1]', "tickers"),
        ("more = 1", "unknown key 'more'"),
    ],
)
def test_wrong_sweep_files(tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "sweep.toml"
    path.write_text(text)
    with pytest.raises(InvalidInput, match=word):
        read_sweep_file(path, 1)
