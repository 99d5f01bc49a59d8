"""Data sets as the SEC publishes them, of filings made up or read."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from hashpivot.filings import Filing

_NO_DIMENSIONS = "0x00000000"
_START = re.compile(r"^Statement(?=[A-Z])")
_END = re.compile(r"(Axis|Member|Domain)$")
_QUARTER_DAYS = 91.3

Row = Mapping[str, object]


@dataclass(frozen=True)
class DataSetNumber:
    """One number of a filing in a data set.

    Args:
        tag: Concept.
        value: As written; empty for nil.
        ddate: Last day, `20240331`.
        qtrs: Quarters of its period; 0 for a moment.
        segments: `BusinessSegments=Hosting;`; empty for the whole company.
        uom: Unit.
        version: Taxonomy; empty for a concept of the filing's own.
        coreg: Co-registrant, if it is one's.
        iprx: Rank among duplicates.
    """

    tag: str
    value: object
    ddate: str
    qtrs: int = 1
    segments: str = ""
    uom: str = "USD"
    version: str = "us-gaap/2024"
    coreg: str = ""
    iprx: int = 0


@dataclass(frozen=True)
class DataSetSubmission:
    """One filing in a data set.

    Args:
        adsh: Accession.
        cik: Of its filer.
        name: Of its filer.
        form: `10-Q`, ...
        period: Last day of its period, `20240331`.
        filed: Day it was filed, `20240510`.
        numbers: Its numbers.
        income: Concept and label of the rows of its income statement.
        details: The same of other tables that show revenue.
        labels: Label of its own concepts and members.
        docs: Documentation of its own concepts and members.
        instance: Name of its XBRL file.
        former: Name its filer had before.
        fye: Last day of its fiscal year, `1231`.
        sic: Standard Industrial Classification of its filer.
    """

    adsh: str
    cik: str
    name: str
    form: str
    period: str
    filed: str
    numbers: Sequence[DataSetNumber]
    income: Sequence[tuple[str, str]] = ()
    details: Sequence[Sequence[tuple[str, str]]] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    docs: Mapping[str, str] = field(default_factory=dict)
    instance: str = ""
    former: str = ""
    fye: str = "1231"
    sic: int = 6199


def write_data_set(path: str | Path, submissions: Iterable[DataSetSubmission], *, notes: bool = True) -> Path:
    """Write an archive of the published tables.

    Args:
        path: The archive.
        submissions: Its filings.
        notes: True for a Financial Statement and Notes data set (`num.tsv` with `dimh`, `dim.tsv` with
            `dimhash`), False for a Financial Statement data set (`num.txt` with `segments`).
    """
    ending = "tsv" if notes else "txt"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in data_set_tables(submissions, notes=notes).items():
            archive.writestr(f"{name}.{ending}", text)
    return Path(path)


def data_set_tables(submissions: Iterable[DataSetSubmission], *, notes: bool = True) -> dict[str, str]:
    """The text of each table of a data set, its names of columns first; see `write_data_set`."""
    filings = list(submissions)
    tables: dict[str, Iterable[Row]] = {"sub": map(_sub, filings), "num": _num(filings, notes)}
    tables |= {"tag": _tag(filings), "pre": _pre(filings)} | ({"dim": _dim(filings)} if notes else {})
    return {name: _text(_COLUMNS[name, notes], rows) for name, rows in tables.items()}


def data_set_submission(
    filing: Filing,
    *,
    accession: str,
    filed: date,
    income: Sequence[tuple[str, str]] = (),
    details: Sequence[Sequence[tuple[str, str]]] = (),
) -> DataSetSubmission:
    """A filing as the SEC's data sets give it: names without their endings, days rounded to the month.

    Args:
        filing: As read.
        accession: Its number, if the file does not say.
        filed: Day it was filed, if the file does not say.
        income: Concept and label of the rows of its income statement.
        details: The same of other tables that show revenue.
    """
    adsh = filing.accession or accession
    numbers = []
    for fact in filing.facts:
        prefix, _, tag = fact.concept.rpartition(":")
        days = (fact.end - fact.start).days + 1 if fact.start else 0
        if fact.end == date.max:
            continue
        standard = prefix in ("us-gaap", "dei", "srt", "ifrs-full", "ecd", "cyd")
        numbers.append(
            DataSetNumber(
                tag=tag,
                value="" if fact.value is None else f"{fact.value:f}",
                ddate=f"{_month_end(fact.end):%Y%m%d}",
                qtrs=round(days / _QUARTER_DAYS),
                segments="".join(f"{_short(axis)}={_short(member)};" for axis, member in fact.context.dims),
                uom=fact.unit,
                version=f"{prefix}/2024" if standard else adsh,
            )
        )
    end = filing.period_end or filed
    return DataSetSubmission(
        adsh=adsh,
        cik=filing.cik,
        name=filing.company_name.upper(),
        form=filing.form,
        period=f"{_month_end(end):%Y%m%d}",
        filed=f"{filing.filed or filed:%Y%m%d}",
        numbers=tuple(dict.fromkeys(numbers)),
        income=income,
        details=details,
        instance=f"{(filing.ticker or 'x').lower()}-{end:%Y%m%d}_htm.xml",
    )


def _month_end(day: date) -> date:
    """The nearest last day of a month."""
    this = day.replace(day=monthrange(day.year, day.month)[1])
    before = day.replace(day=1) - timedelta(days=1)
    return this if this - day <= day - before else before


def _short(name: str) -> str:
    return _END.sub("", _START.sub("", name.rpartition(":")[2]))


_COLUMNS = {
    (
        "sub",
        True,
    ): "adsh cik name sic former changed fye form period fy fp filed accepted instance nciks",
    (
        "num",
        True,
    ): "adsh tag version ddate qtrs uom dimh iprx value footnote footlen dimn coreg durp dcml",
    ("num", False): "adsh tag version ddate qtrs uom segments coreg value footnote",
    ("tag", True): "tag version custom abstract datatype iord crdr tlabel doc",
    ("dim", True): "dimhash segments segt",
    ("pre", True): "adsh report line stmt inpth tag version prole plabel negating",
}
_COLUMNS |= {(name, False): _COLUMNS[name, True] for name in ("sub", "tag", "pre")}


def _sub(filing: DataSetSubmission) -> Row:
    names = ("adsh", "cik", "name", "former", "fye", "form", "period", "filed", "instance", "sic")
    return {name: getattr(filing, name) for name in names} | {"nciks": 1, "accepted": f"{filing.filed} 16:30"}


def _num(filings: Sequence[DataSetSubmission], notes: bool) -> Iterable[Row]:
    for filing in filings:
        for number in filing.numbers:
            row = {name: getattr(number, name) for name in ("tag", "ddate", "qtrs", "uom", "value", "coreg")}
            row |= {"adsh": filing.adsh, "version": number.version or filing.adsh}
            yield row | (
                {"dimh": _hash(number.segments), "iprx": number.iprx, "footlen": 0, "dcml": -3}
                if notes
                else {"segments": number.segments}
            )


def _dim(filings: Sequence[DataSetSubmission]) -> Iterable[Row]:
    segments = {number.segments for filing in filings for number in filing.numbers}
    return [{"dimhash": _hash(text), "segments": text, "segt": 0} for text in sorted(segments)]


def _tag(filings: Sequence[DataSetSubmission]) -> Iterable[Row]:
    tags: dict[tuple[str, str], Row] = {}
    for filing in filings:
        named = {(number.tag, number.version or filing.adsh) for number in filing.numbers}
        for tag, version in sorted(named | {(tag, filing.adsh) for tag in filing.labels}):
            custom = int(version == filing.adsh)
            tags[tag, version] = {"tag": tag, "version": version, "custom": custom, "abstract": 0} | {
                "tlabel": filing.labels.get(tag, tag) if custom else tag,
                "doc": filing.docs.get(tag, "") if custom else "",
            }
    return tags.values()


def _pre(filings: Sequence[DataSetSubmission]) -> Iterable[Row]:
    for filing in filings:
        own = {number.tag: number.version or filing.adsh for number in filing.numbers}
        for report, rows in enumerate((filing.income, *filing.details), 4):
            for line, (tag, label) in enumerate(rows, 1):
                shown = {"report": report, "line": line, "stmt": "UN" if report > 4 else "IS", "inpth": 0}
                yield shown | {"adsh": filing.adsh, "tag": tag, "version": own.get(tag, ""), "plabel": label}


def _hash(segments: str) -> str:
    if not segments:
        return _NO_DIMENSIONS
    return "0x" + hashlib.md5(segments.encode(), usedforsecurity=False).hexdigest()


def _text(columns: str, rows: Iterable[Row]) -> str:
    names = columns.split()
    out = io.StringIO()
    out.write("\t".join(names) + "\n")
    for row in rows:
        out.write("\t".join(str(row.get(name, "")) for name in names) + "\n")
    return out.getvalue()
