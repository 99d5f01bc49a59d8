"""`hashpivot search`."""

from __future__ import annotations

from ..conftest import Run


def test_it_prints_what_the_desk_finds(run: Run) -> None:
    done = run("search", "core", "scentific", "hosting", "2024Q4", "--limit", "2")
    assert "read as core scientific hosting 2024q4" in done.stdout and "CORZ/2024Q4/" in done.stdout
    assert "Nothing has zzzzzz" in run("search", "zzzzzz").stdout


def test_mistakes_have_the_right_status(run: Run) -> None:
    assert run("search").returncode == 2
    assert run("search", "x", "--limit", "0").returncode == 2
