"""The scan: tables of every filer, from which DuckDB keeps the few rows that may tell of mining, AI or chips.

Memory is bounded by DuckDB's limit and one piece of a table; what does not fit goes to a temporary folder.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from hashpivot.core import HashpivotError, optional_library

from ._columns import Columns
from ._data_sets import DataSet, TableFile
from ._pieces import LONGEST_LINE, pieces, read_header
from ._words import Telling, of_concept, of_member

MEMORY_MB = 1024
"""DuckDB's memory unless another bound is given."""
_THREADS = 2
_BATCH = 5_000  # names judged at a time
_DOC = 300  # characters of a concept's documentation: its first sentence or two
_WHOLE = "(0x)?0+"  # the key of no breakdown
_NULLS = r"['', 'NULL', '\N']"
_ACCESSION = r"\d{10}-\d{2}-\d{6}"
_SCHEMA = """
CREATE TABLE filing (adsh VARCHAR, cik VARCHAR, name VARCHAR, former VARCHAR, form VARCHAR, filed DATE,
                     period DATE, fye VARCHAR, instance VARCHAR, sic INTEGER, of_set INTEGER);
CREATE TABLE number (adsh VARCHAR, tag VARCHAR, version VARCHAR, ends DATE, qtrs INTEGER, uom VARCHAR,
                     segments VARCHAR, value DECIMAL(38, 4), iprx INTEGER);
CREATE TABLE label (tag VARCHAR, version VARCHAR, label VARCHAR, doc VARCHAR);
CREATE TABLE shown (adsh VARCHAR, tag VARCHAR, label VARCHAR, income BOOLEAN, report INTEGER, line INTEGER);
CREATE TABLE concept (tag VARCHAR, label VARCHAR, doc VARCHAR, kept BOOLEAN, revenue BOOLEAN, line BOOLEAN,
                      mining BOOLEAN);
CREATE TABLE member (pair VARCHAR, kept BOOLEAN, line BOOLEAN, mining BOOLEAN);
"""


class ScanFailure(HashpivotError):
    """A data set cannot be scanned within the memory or disk there is."""


@dataclass(frozen=True, slots=True)
class ScanProgress:
    """How far the scan is.

    Args:
        data_set: Which is read.
        table: Its table that is read.
        done: Bytes of the table read.
        size: Bytes of the table.
    """

    data_set: str
    table: str
    done: int
    size: int


@dataclass(slots=True)
class SetReading:
    """What was read of one data set, and what was not.

    Args:
        name: The data set.
        filings: New filings in it.
        repeated_filings: Filings that an earlier data set held too; they are read once.
        rows: Rows of `num`.
        kept: Rows of `num` that may tell of a line.
        broken_rows: Rows of all tables that do not have the table's columns.
        broken_filings: Rows of `sub` without a filer or a day.
        broken_numbers: Kept rows whose day, length or value is none.
        unknown_filings: Kept rows of filings that `sub` does not name.
        unknown_breakdowns: Kept rows whose breakdown `dim` does not name, or names in part only.
        unpresented: True if it has no rows of `pre`: an income statement is then not told from a note.
    """

    name: str
    filings: int = 0
    repeated_filings: int = 0
    rows: int = 0
    kept: int = 0
    broken_rows: int = 0
    broken_filings: int = 0
    broken_numbers: int = 0
    unknown_filings: int = 0
    unknown_breakdowns: int = 0
    unpresented: bool = False

    @property
    def problems(self) -> tuple[str, ...]:
        """What was left out or is doubtful, one sentence each."""
        counted = (
            (self.broken_rows, "rows do not have the columns of their table"),
            (self.broken_filings, "filings have no filer or no day"),
            (self.broken_numbers, "numbers have no day, no length or no value"),
            (self.unknown_filings, "numbers are of filings that sub does not name"),
            (self.unknown_breakdowns, "numbers have a breakdown that dim does not name in full"),
        )
        doubts = (
            (not self.filings + self.repeated_filings, "its table sub names no filing"),
            (not self.rows, "its table num has no rows"),
            (
                self.unpresented,
                "without its table pre an amount of a note may pass for the income statement's",
            ),
        )
        left_out = [f"{count:,} {what}; left out" for count, what in counted if count]
        return tuple(
            f"{self.name}: {words}" for words in (*left_out, *(what for is_so, what in doubts if is_so))
        )


class MarketScan:
    """A scan of data sets. Use it as a context manager: at its end its temporary folder is removed.

    Args:
        memory_mb: DuckDB's bound.
        on_progress: Called after every piece.

    Raises:
        MissingLibrary: If DuckDB is not installed.
    """

    def __init__(
        self, *, memory_mb: int = MEMORY_MB, on_progress: Callable[[ScanProgress], None] | None = None
    ) -> None:
        self._duckdb = optional_library("duckdb", "Looking through data sets", "discover")
        self._memory_mb = memory_mb
        self._on_progress = on_progress or (lambda _: None)
        self._stack = ExitStack()
        self._sets = 0

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="hashpivot-discover-"))
        with ExitStack() as begun:
            begun.callback(shutil.rmtree, self.folder, ignore_errors=True)
            self._begin(begun)
            self._stack = begun.pop_all()
        return self

    def _begin(self, begun: ExitStack) -> None:
        settings = {
            "memory_limit": f"{self._memory_mb}MB",
            "threads": _THREADS,
            "temp_directory": str(self.folder / "spill"),
            "preserve_insertion_order": "false",
        }
        with self._failures_told():
            self._base = self._duckdb.connect(str(self.folder / "scan.duckdb"), config=settings)
        begun.callback(self._base.close)
        self.execute(_SCHEMA)

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def execute(self, sql: str, values: Sequence[object] = ()) -> Any:
        """Run a statement and return DuckDB's cursor.

        Raises:
            ScanFailure: If memory or disk do not suffice, or DuckDB fails otherwise.
        """
        with self._failures_told():
            return self._base.execute(sql, list(values))

    @contextmanager
    def _failures_told(self) -> Iterator[None]:
        """Turn what DuckDB says into a ScanFailure."""
        try:
            yield
            return
        except self._duckdb.OutOfMemoryException:
            problem = f"{self._memory_mb} MB of memory do not suffice"
            hint = "allow more with --memory, or name fewer data sets"
        except self._duckdb.IOException as error:
            problem = f"the temporary folder cannot be used: {str(error).splitlines()[0]}"
            hint = "name another folder for temporary files with TMPDIR"
        except self._duckdb.Error as error:
            problem = f"DuckDB cannot scan it: {str(error).splitlines()[0]}"
            hint = "please report it with the data set's name"
        raise ScanFailure(problem, where=str(self.folder), hint=hint)

    def read(self, data_set: DataSet) -> SetReading:
        """Read one data set.

        Raises:
            UnreadableFile: If a table is damaged or lacks a column.
            UnwritableFile, ScanFailure: If disk or memory do not suffice.
        """
        self._sets += 1
        reading = SetReading(data_set.name)
        with self._tables_of_set():
            self._read_filings(data_set, reading)
            self._read_concepts(data_set, reading)
            inline = self._read_breakdowns(data_set, reading)
            self._read_numbers(data_set, reading, inline)
            self._read_presentation(data_set, reading)
        return reading

    @contextmanager
    def _tables_of_set(self) -> Iterator[None]:
        """Empty tables for what is read of one data set."""
        self.execute(
            """
            CREATE OR REPLACE TABLE set_filing (adsh VARCHAR, cik VARCHAR, name VARCHAR, former VARCHAR,
                form VARCHAR, filed DATE, period DATE, fye VARCHAR, instance VARCHAR, sic INTEGER);
            CREATE OR REPLACE TABLE set_concept (tag VARCHAR, version VARCHAR, label VARCHAR, doc VARCHAR);
            CREATE OR REPLACE TABLE set_dim (dimh VARCHAR, segments VARCHAR, truncated VARCHAR);
            CREATE OR REPLACE TABLE set_telling (dimh VARCHAR);
            CREATE OR REPLACE TABLE set_number (adsh VARCHAR, tag VARCHAR, version VARCHAR, ddate VARCHAR,
                qtrs VARCHAR, uom VARCHAR, dimh VARCHAR, segments VARCHAR, value VARCHAR, iprx VARCHAR);
            CREATE OR REPLACE TABLE set_shown (adsh VARCHAR, tag VARCHAR, label VARCHAR, stmt VARCHAR,
                report VARCHAR, line VARCHAR);
            """
        )
        yield
        for name in ("filing", "concept", "dim", "telling", "number", "shown"):
            self.execute(f"DROP TABLE set_{name}")

    def _read_filings(self, data_set: DataSet, reading: SetReading) -> None:
        def row(c: Columns) -> str:
            return f"""trim({c["adsh"]}), ltrim(trim({c["cik"]}), '0'), trim({c["name"]}), {c["former"]},
                trim({c["form"]}), {_day(c["filed"])}, {_day(c["period"])}, {c["fye"]}, {c["instance"]},
                TRY_CAST({c["sic"]} AS INTEGER)"""

        self._load(data_set, "sub", "set_filing", row, reading)
        good = "adsh IS NOT NULL AND regexp_full_match(cik, '[0-9]{1,10}') AND filed IS NOT NULL"
        reading.broken_filings = self._count(f"set_filing WHERE NOT coalesce({good}, false)")
        reading.repeated_filings = self._count(
            f"(SELECT DISTINCT adsh FROM set_filing WHERE {good}) SEMI JOIN filing USING (adsh)"
        )
        self.execute(
            f"""INSERT INTO filing SELECT DISTINCT ON (adsh) *, {self._sets} FROM set_filing
                WHERE {good} AND adsh NOT IN (SELECT adsh FROM filing) ORDER BY ALL"""
        )
        reading.filings = self._count(f"filing WHERE of_set = {self._sets}")

    def _read_concepts(self, data_set: DataSet, reading: SetReading) -> None:
        """Judge the concepts of a data set that no earlier one had."""
        if self._has_rows(data_set, "tag"):

            def row(c: Columns) -> str:
                custom = f"regexp_full_match({c['version']}, '{_ACCESSION}')"
                texts = (f"CASE WHEN {custom} THEN left({c[name]}, {_DOC}) END" for name in ("label", "doc"))
                return ", ".join((c["tag"], c["version"], *texts))

            self._load(data_set, "tag", "set_concept", row, reading)
        else:
            distinct = "DISTINCT {0}, NULL, NULL, NULL"
            self._load(
                data_set, "num", "set_concept", lambda c: distinct.format(c["tag"]), reading, again=True
            )
        self._judge_concepts()
        self.execute(
            f"""INSERT INTO label SELECT DISTINCT tag, version, label, doc FROM set_concept
                WHERE version IN (SELECT adsh FROM filing WHERE of_set = {self._sets})
                AND tag IN (SELECT tag FROM concept WHERE kept)"""
        )

    def _judge_concepts(self) -> None:
        """Judge those of `set_concept` that are new, each by its name, label and documentation."""
        new = self.execute(
            """SELECT DISTINCT tag, label, doc FROM (
                   SELECT tag, coalesce(label, '') AS label, coalesce(doc, '') AS doc FROM set_concept
                   WHERE tag IS NOT NULL
               ) ANTI JOIN concept USING (tag, label, doc)"""
        )
        for names in self._judged(new, lambda name: of_concept(*name)):
            self.execute(
                f"""INSERT INTO concept SELECT {", ".join(["unnest(?::VARCHAR[])"] * 3)},
                    {", ".join(["unnest(?::BOOLEAN[])"] * 4)}""",
                [
                    *([name[place] for name, _ in names] for place in range(3)),
                    [telling.kept for _, telling in names],
                    [telling.revenue for _, telling in names],
                    [telling.line for _, telling in names],
                    [telling.mining for _, telling in names],
                ],
            )
        self.execute(
            """CREATE OR REPLACE TEMP TABLE judged_tag AS SELECT DISTINCT tag FROM concept;
               CREATE OR REPLACE TEMP TABLE kept_tag AS SELECT DISTINCT tag FROM concept WHERE kept"""
        )

    def _read_breakdowns(self, data_set: DataSet, reading: SetReading) -> bool:
        """Judge members of breakdowns no earlier data set had; True if `num` writes them out itself."""
        with data_set.tables["num"].open() as file:
            header = read_header(data_set.tables["num"], file)
        inline = "segments" in header
        if inline:
            distinct = "DISTINCT {0}, {0}, NULL"
            self._load(
                data_set, "num", "set_dim", lambda c: distinct.format(c["segments"]), reading, again=True
            )
        elif self._has_rows(data_set, "dim"):
            self._load(
                data_set,
                "dim",
                "set_dim",
                lambda c: ", ".join((c["dimh"], c["segments"], c["truncated"])),
                reading,
            )
        pairs = "SELECT DISTINCT dimh, trim(unnest(string_split(segments, ';'))) AS pair FROM set_dim"
        new = self.execute(
            f"SELECT DISTINCT pair FROM ({pairs}) ANTI JOIN member USING (pair) WHERE pair <> ''"
        )
        for names in self._judged(new, lambda row: of_member(row[0].rpartition("=")[2])):
            self.execute(
                """INSERT INTO member SELECT unnest(?::VARCHAR[]), unnest(?::BOOLEAN[]), unnest(?::BOOLEAN[]),
                   unnest(?::BOOLEAN[])""",
                [
                    [name[0] for name, _ in names],
                    [telling.kept for _, telling in names],
                    [telling.line for _, telling in names],
                    [telling.mining for _, telling in names],
                ],
            )
        self.execute(
            f"""INSERT INTO set_telling SELECT DISTINCT dimh FROM ({pairs})
                WHERE dimh IS NOT NULL AND pair IN (SELECT pair FROM member WHERE kept)"""
        )
        return inline

    def _read_numbers(self, data_set: DataSet, reading: SetReading, inline: bool) -> None:
        def row(c: Columns) -> str:
            names = ("adsh", "tag", "version", "ddate", "qtrs", "uom", "dimh", "segments", "value", "iprx")
            return ", ".join(c[name] for name in names)

        def where(c: Columns) -> str:
            key = c["segments" if inline else "dimh"]
            return f"""{c["coreg"]} IS NULL AND ({c["tag"]} IN (SELECT tag FROM kept_tag)
                OR {c["tag"]} NOT IN (SELECT tag FROM judged_tag)
                OR {key} IN (SELECT dimh FROM set_telling))"""

        reading.rows = self._load(data_set, "num", "set_number", row, reading, where)
        self._judge_unnamed()
        self._keep_numbers(reading, inline)

    def _judge_unnamed(self) -> None:
        """Judge the concepts that `tag` does not have, and drop the numbers of those that tell nothing."""
        self.execute(
            """DELETE FROM set_concept;
               INSERT INTO set_concept SELECT DISTINCT tag, NULL, NULL, NULL FROM set_number
               WHERE tag NOT IN (SELECT tag FROM judged_tag)"""
        )
        self._judge_concepts()
        self.execute(
            """DELETE FROM set_number WHERE tag NOT IN (SELECT tag FROM kept_tag)
               AND coalesce(segments, dimh, '') NOT IN (SELECT dimh FROM set_telling)"""
        )

    def _keep_numbers(self, reading: SetReading, inline: bool) -> None:
        """Write the numbers of new filings with their breakdowns, and count what cannot be."""
        reading.unknown_filings = self._count("set_number ANTI JOIN filing USING (adsh)")
        whole = f"(n.dimh IS NULL OR regexp_full_match(n.dimh, '{_WHOLE}'))"
        segments, unknown = ("n.segments", "false")
        if not inline:
            segments = f"CASE WHEN {whole} THEN NULL ELSE d.segments END"
            unknown = f"NOT {whole} AND (d.segments IS NULL OR upper(d.truncated) IN ('1', 'TRUE', 'T'))"
        new = f"SELECT adsh FROM filing WHERE of_set = {self._sets}"
        named = "" if inline else "LEFT JOIN (SELECT DISTINCT ON (dimh) * FROM set_dim) d ON d.dimh = n.dimh"
        self.execute(
            f"""CREATE OR REPLACE TEMP TABLE dated AS
                SELECT n.adsh, tag, version, {_day("ddate")} AS ends, TRY_CAST(qtrs AS INTEGER) AS qtrs, uom,
                    {segments} AS segments, TRY_CAST(n.value AS DECIMAL(38, 4)) AS amount,
                    n.value IS NOT NULL AS has_value, TRY_CAST(iprx AS INTEGER) AS iprx, {unknown} AS unknown
                FROM set_number n SEMI JOIN ({new}) f USING (adsh) {named}"""
        )
        broken = """(ends IS NULL OR qtrs IS NULL OR qtrs < 0 OR tag IS NULL OR uom IS NULL
                     OR (has_value AND amount IS NULL))"""
        reading.unknown_breakdowns = self._count("dated WHERE unknown")
        reading.broken_numbers = self._count(f"dated WHERE NOT unknown AND {broken}")
        before = self._count("number")
        self.execute(
            f"""INSERT INTO number SELECT DISTINCT adsh, tag, version, ends, qtrs, uom, segments, amount, iprx
                FROM dated WHERE NOT unknown AND NOT {broken}"""
        )
        reading.kept = self._count("number") - before
        self.execute("DROP TABLE dated")

    def _read_presentation(self, data_set: DataSet, reading: SetReading) -> None:
        """Keep the rows of income statements, and those of revenue elsewhere, with their labels."""
        if not self._has_rows(data_set, "pre"):
            reading.unpresented = True
            return
        names = ("adsh", "tag", "label", "stmt", "report", "line")
        self.execute("CREATE OR REPLACE TEMP TABLE sales AS SELECT DISTINCT tag FROM concept WHERE revenue")
        self._load(
            data_set,
            "pre",
            "set_shown",
            lambda c: ", ".join(c[name] for name in names),
            reading,
            lambda c: (
                f"""({c["stmt"]} IN ('IS', 'CI') AND {c["tag"]} IN (SELECT tag FROM kept_tag))
                OR {c["tag"]} IN (SELECT tag FROM sales)"""
            ),
        )
        self.execute(
            f"""INSERT INTO shown SELECT adsh, tag, label, coalesce(stmt IN ('IS', 'CI'), false),
                TRY_CAST(report AS INTEGER), TRY_CAST(line AS INTEGER) FROM set_shown
                SEMI JOIN (SELECT adsh FROM filing WHERE of_set = {self._sets}) f USING (adsh)"""
        )

    def _has_rows(self, data_set: DataSet, table: str) -> bool:
        """True if a data set has a table with more than names of columns."""
        source = data_set.tables.get(table)
        if source is None:
            return False
        with source.open() as file:
            return any(read_header(source, file)) and any(read_header(source, file))

    def _load(
        self,
        data_set: DataSet,
        table: str,
        into: str,
        row: Callable[[Columns], str],
        reading: SetReading,
        where: Callable[[Columns], str] = lambda _: "true",
        *,
        again: bool = False,
    ) -> int:
        """Copy rows of a table that matter into one of DuckDB's; returns how many rows the table has.

        Args:
            data_set: Whose table.
            table: Its name.
            into: DuckDB's table.
            row: SQL of the columns copied.
            reading: Where broken rows are counted, unless the table is read again.
            where: SQL of the rows copied.
            again: True if another pass counts the broken rows.
        """
        source: TableFile = data_set.tables[table]
        with source.open() as file:
            columns = Columns.of(table, read_header(source, file), source.where)
            sql = f"""INSERT INTO {into} SELECT {row(columns)} FROM read_csv(?, delim = '\t', header = false,
                auto_detect = false, quote = '', escape = '', nullstr = {_NULLS}, columns = {columns.types},
                store_rejects = true, max_line_size = {2 * LONGEST_LINE}) WHERE {where(columns)}"""
            lines = done = 0
            for piece in pieces(source, file, self.folder):
                if piece.lines:
                    self.execute(sql, [str(piece.path)])
                    broken = piece.broken + self._rejected()
                    reading.broken_rows += 0 if again else broken
                lines += piece.lines
                done += piece.bytes
                self._on_progress(ScanProgress(data_set.name, table, min(done, source.size), source.size))
        return lines

    def _rejected(self) -> int:
        """Lines of the last piece that DuckDB could not part into columns."""
        count: int = self.execute(
            "SELECT count(DISTINCT (scan_id, file_id, line)) FROM reject_errors"
        ).fetchone()[0]
        self.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
        return count

    def _judged(
        self, names: Any, judge: Callable[[tuple[str, ...]], Telling]
    ) -> Iterator[list[tuple[tuple[str, ...], Telling]]]:
        """Names with what they say, some thousands at a time."""
        rows = names.fetchall()
        for first in range(0, len(rows), _BATCH):
            yield [(row, judge(row)) for row in rows[first : first + _BATCH]]

    def _count(self, rows: str) -> int:
        count: int = self.execute(f"SELECT count(*) FROM {rows}").fetchone()[0]
        return count


def _day(text: str) -> str:
    """SQL of a day written `20240331` or `2024-03-31`; NULL if it is none."""
    return f"CAST(try_strptime(replace({text}, '-', ''), '%Y%m%d') AS DATE)"
