"""What filings say in words, stored whole with their figures."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copyfile

import pytest

from hashpivot.core import NO_LOCATOR, LedgerError, SentenceLocator, TextFact
from hashpivot.ledger import Added, Figures, Ledger, View

KNOWN = date(2025, 1, 31)
FIXTURE = Path(__file__).parents[1] / "data" / "ledger-0.1.0.sqlite3"


def remark(n: int = 1, *, source: str = "s", kind: str = "target", **other: object) -> TextFact:
    return replace(TextFact("TEST", source, KNOWN, kind, SentenceLocator(n, 1), f'{{"n":{n}}}'), **other)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite3"


def test_what_is_added_is_read_again_in_order(place, source, figure):
    given = [
        remark(2),
        remark(1, kind="flag", data='{"a":"\\u00e9 \\"q\\""}'),
        remark(3, kind="text", locator=NO_LOCATOR),
    ]
    with Ledger.open(place) as ledger:
        assert ledger.add(source("s"), [figure(1, None, "2024-12-31")], given) == Added(True, 1, 3)
        ledger.check()
    with Ledger.open(place) as ledger:
        held = ledger.read()
        assert list(held.remarks) == given and len(held.figures) == 1
        assert list(ledger.read("TEST").remarks) == given and not ledger.read("OTHER").remarks


def test_a_text_without_figures_is_a_source_too(place, source):
    with Ledger.open(place) as ledger:
        ledger.add(source("s"), [], [remark()])
        held = ledger.read()
    assert set(held.sources) == {"s"} and not held.figures and len(held.remarks) == 1


def test_twice_changes_nothing_and_one_said_twice_counts_once(source, new_ledger):
    with new_ledger() as ledger:
        assert ledger.add(source("s"), [], [remark(), remark()]) == Added(True, 0, 1)
        before = ledger.read()
        assert ledger.add(source("s"), [], [remark(2)]) == Added(False, 0, 0)
        assert ledger.read() == before


def test_remarks_of_another_source_are_refused_whole(source, figure, new_ledger):
    with new_ledger() as ledger:
        with pytest.raises(LedgerError, match=r"remark .* does not belong to source s"):
            ledger.add(source("s"), [figure(1, None, "2024-12-31")], [remark(), remark(source="x")])
        assert ledger.read() == Figures()


def test_a_remark_that_cannot_be_written_takes_its_filing_with_it(path, source, figure):
    with Ledger.open(path) as ledger:
        ledger.add(source("before"), [], [remark(source="before")])
        before = ledger.read()
    refuse = "BEFORE INSERT ON remarks WHEN NEW.locator = 'p:2/s:1' BEGIN SELECT RAISE(ABORT, 'refused'); END"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"CREATE TRIGGER refuse {refuse}")
    with Ledger.open(path) as ledger:
        with pytest.raises(LedgerError, match="refused"):
            ledger.add(source("s"), [figure(1, None, "2024-12-31")], [remark(1), remark(2)])
        ledger.check()
        assert ledger.read() == before
        assert ledger.add(source("s"), [], [remark(1)]).new


@pytest.mark.parametrize("statement", ["DELETE FROM remarks", "UPDATE remarks SET data = '{}'"])
def test_nothing_can_be_changed_or_removed(path, source, statement):
    with Ledger.open(path) as ledger:
        ledger.add(source("s"), [], [remark()])
    with closing(sqlite3.connect(path)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)
        columns = "number, checksum, id, ticker, source, known, kind, locator"
        connection.execute(f"REPLACE INTO remarks ({columns}, data) SELECT {columns}, 'other' FROM remarks")
        connection.commit()
    with Ledger.open(path) as ledger:
        ledger.check()
        assert ledger.read().remarks == (remark(),)


def test_a_ledger_written_before_there_were_remarks_is_read_and_added_to(path, source, figure):
    copyfile(FIXTURE, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE remarks")
        connection.commit()
    with Ledger.open(path) as ledger:
        ledger.check()
        assert len(ledger.read()) == 57 and not ledger.read().remarks
        assert ledger.add(source("s"), [], [remark()]) == Added(True, 0, 1)
        ledger.check()
        assert ledger.read().remarks == (remark(),)


@pytest.mark.parametrize("change", ["data = '{\"n\":2}'", "known = '2020-01-01'", "known = 'some day'"])
def test_a_remark_changed_by_hand_is_found_by_the_check(path, source, tamper, change):
    with Ledger.open(path) as ledger:
        ledger.add(source("s"), [], [remark()])
    tamper(path, f"UPDATE remarks SET {change}")
    with Ledger.open(path) as ledger, pytest.raises(LedgerError, match="damaged"):
        ledger.check()


def test_flipped_bytes_give_a_ledger_error_or_nothing(path, source, damage_told):
    with Ledger.open(path) as ledger:
        ledger.add(source("s"), [], [remark(n) for n in range(60)])
    assert damage_told(path, 60) > 30


def test_a_view_gives_them_by_company_and_kind_as_of_a_day(source, new_ledger):
    later = date(2025, 6, 1)
    with new_ledger() as ledger:
        ledger.add(source("s"), [], [remark(1), remark(2, kind="flag")])
        ledger.add(source("t", known=later), [], [remark(3, source="t", known=later)])
        held = ledger.read()
    assert [str(r.locator) for r in View(held).remarks("TEST", "target")] == ["p:1/s:1", "p:3/s:1"]
    assert len(View(held).remarks("TEST")) == 3 and not View(held).remarks("OTHER")
    assert [r.source for r in View(held, as_of=KNOWN).remarks("TEST")] == ["s", "s"]


def test_of_several_copies_of_one_filing_the_last_added_speaks(source, figure, new_ledger):
    def copy(key: str):
        return replace(source(key), sha256=key, period_end=date(2024, 12, 31))

    def heard(*keys: str, silent: str = "") -> set[str]:
        with new_ledger() as ledger:
            for key in keys:
                row = [figure(1, None, "2024-12-31", source=key)] if key != silent else []
                ledger.add(copy(key), row, [remark(source=key)])
            return {r.source for r in View(ledger.read()).remarks("TEST")}

    assert heard("a", "b") == {"b"} and heard("b", "a") == {"a"}
    assert heard("a", "b", silent="b") == {"a"}, "a copy without figures supersedes none that has them"


def test_the_bundled_copy_of_a_file_speaks_whole(source):
    bundled = Figures({"s": source("s")})
    own = Figures({"s": source("s"), "t": source("t")}, (), (remark(), remark(source="t")))
    assert (bundled | own).remarks == (remark(source="t"),)


def test_ids_tell_remarks_apart():
    made = [
        remark(), remark(2), remark(kind="flag"), remark(source="t"), remark(known=date(2020, 1, 1)),
        remark(ticker="OTHER"), remark(data="{}"),
    ]  # fmt: skip
    assert len({each.id for each in made}) == len(made)
    assert remark().id.startswith("TEST/target/p:1/s:1@")
