"""`hashpivot discover`."""

from __future__ import annotations

from pathlib import Path

import pytest

from hashpivot.testing.services.http import LocalService, SeenRequest, ServedAnswer
from tests.discover.made import packed, pivot, tables


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return packed(tmp_path / "2024_05_notes.zip", tables(pivot()))


def test_shows_who_is_pivoting_with_evidence(run, archive: Path) -> None:  # type: ignore[no-untyped-def]
    result = run("discover", str(archive))
    assert result.returncode == 0
    for words in (
        "1 filer is pivoting",
        "PIVOT INC",
        "colocation",
        "0000000500-24-000001",
        "20.0%",
    ):
        assert words in result.stdout
    assert "the same command with --follow 500=PVT" in result.stdout.replace("\n", " ")


def test_json_and_page(run, run_json, archive: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    answer = run_json("discover", str(archive), "--html", str(tmp_path / "page.html"))
    (filer,) = answer["filers"]
    assert (filer["category"], filer["first_quarter"], filer["share_of_revenue"]) == (
        "pivoting",
        "2024Q1",
        0.2,
    )
    assert [line["line"] for line in filer["lines"]] == ["self_mining", "ai_colocation"]
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "PIVOT INC" in page and "<script" not in page.lower().replace("<script type", "")


def test_filters(run_json, archive: Path) -> None:  # type: ignore[no-untyped-def]
    def found(*words: str) -> list[str]:
        return [filer["cik"] for filer in run_json("discover", str(archive), *words)["filers"]]

    assert (
        found("--since", "2024Q1") == found("--line", "ai_colocation") == found("--cik", "0000500") == ["500"]
    )
    assert found("--since", "2024Q2") == found("--line", "chips") == found("--ticker", "RIOT") == []


def test_following_makes_it_known(run, run_json, archive: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    result = run("discover", str(archive), "--follow", "500=PVTX")
    assert result.returncode == 0
    assert "PVTX (PIVOT INC) is followed now" in result.stderr
    assert run_json("discover", str(archive))["filers"][0]["listed_as"] == "PVTX"
    assert run_json("discover", str(archive), "--new")["filers"] == []
    again = run("discover", str(archive), "--follow", "500=PVTX")
    assert (again.returncode, "followed already" in again.stderr) == (2, True)


class Archives(LocalService):
    """Serves the data set of April 2026."""

    body = b""

    def answer(self, request: SeenRequest) -> ServedAnswer:
        if not request.path.endswith("/2026_04_notes.zip"):
            return ServedAnswer(404)
        return ServedAnswer(200, self.body, {"Content-Type": "application/zip"})


def test_fetches_a_month_and_looks_through_all_held(run, archive: Path) -> None:  # type: ignore[no-untyped-def]
    with Archives() as service:
        service.body = archive.read_bytes()
        fetched = run("discover", "--fetch", "2026-04", "--base-url", service.url)
        missing = run("discover", "--fetch", "2026-05", "--base-url", service.url)
    assert (fetched.returncode, fetched.stderr) == (0, "")
    assert "PIVOT INC" in fetched.stdout
    assert missing.returncode == 1 and "Traceback" not in missing.stderr
    assert run("discover").stdout == fetched.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "no data set is named, and the store holds none"),
        (("nowhere",), "does not exist"),
        (("ARCHIVE", "--line", "gold"), "is no line of business"),
        (("ARCHIVE", "--since", "soon"), "soon"),
        (("ARCHIVE", "--follow", "7"), "no filer of CIK '7' was found"),
        (("ARCHIVE", "--ticker", "XQZW"), "no company 'XQZW' is known"),
        (("--fetch", "2024"), "neither a quarter nor a month"),
    ],
)
def test_mistakes(run, archive: Path, words: tuple[str, ...], said: str) -> None:  # type: ignore[no-untyped-def]
    result = run("discover", *(str(archive) if word == "ARCHIVE" else word for word in words))
    assert result.returncode in (1, 2)
    assert said in result.stderr and "Traceback" not in result.stderr
