"""Write the tables the ledger room ships, from transcribed figures and from what our reader finds in filings.

    python -m tools write figures

Reads `figures/` and `filings/` of the data folder, as far as the snapshot takes them in. The result is the
same to the byte for the same data. The section lists rows that were put aside, and figures that disagree.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from hashpivot.core import MEASURES, Figure, Source, UnknownFigure
from hashpivot.ledger import DETAIL, Figures, TieStatus, View, bundled, successors
from hashpivot.ledger.bundle._contracts import CONTRACT_COLUMNS
from hashpivot.ledger.bundle._events import EVENT_COLUMNS
from hashpivot.ledger.store import ALIAS_COLUMNS, FIGURE_COLUMNS, SOURCE_COLUMNS, figure_row, source_row
from hashpivot.lines import read

from ..parts import Made
from ..places import tables
from .bases import state_bases
from .contracts import contract_rows
from .cuts import cut
from .descriptor import descriptor
from .events import event_rows
from .filed import signed_day, stated_days
from .further import further_rows
from .implied import implied_lines
from .production import monthly_rows, quarterly_rows
from .rows import (
    NO_FORM,
    Identity,
    Remark,
    Row,
    by,
    companies,
    identity_of_file,
    known_day,
    remark,
    reported_rows,
)
from .snapshot import Snapshot


@dataclass
class Bundle:
    """What is written."""

    sources: dict[str, Source] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


# --- sources --------------------------------------------------------------------------------------


def sources_of(rows: list[Row]) -> Bundle:
    """Give every row its source, and every source the day it became known."""
    urls = {row.identity: row.url for row in rows if row.identity and row.tagged}
    files = {row.identity: row for row in rows if row.identity and row.tagged}
    for row in rows:
        if row.identity in urls and not row.tagged:
            row.url, row.form, row.grade = (
                urls[row.identity],
                files[row.identity].form,
                files[row.identity].grade,
            )
        elif "filings/raw" in row.url:
            row.url, row.form = _named_file(row)
    several = {url: len({(r.ticker, r.grade) for r in group}) > 1 for url, group in by(rows, _url).items()}
    bundle = Bundle()
    for (url, ticker, grade), group in by(rows, lambda r: (r.url, r.ticker, r.grade)).items():
        key = f"{url}#{ticker}-{grade}" if several[url] else url
        end = max(row.figure.end for row in group)
        form = min(row.form for row in group)
        known, basis = known_day(url, form, end)
        link, accession = (url if "://" in url else ""), _accession(url)
        name = "" if link else url
        bundle.sources[key] = Source(
            key, ticker, "" if form in NO_FORM else form, known, basis, grade, accession, link, "", name, end
        )
        bundle.figures += (replace(row.figure, source=key, known=known) for row in group)
    return bundle


def _url(row: Row) -> str:
    return row.url


def _named_file(row: Row) -> tuple[str, str]:
    """A filing that is cited as a file we do not have: its name without the folder, and its form."""
    name = row.url.split(" + ")[0].rsplit("/", 1)[-1].split(".")[0]
    form = re.search(r"_(10K|10Q|6K|8K)", name)
    return name, f"{form[1][:-1]}-{form[1][-1]}" if form else row.form


def _accession(url: str) -> str:
    found = re.search(r"(\d{10})-?(\d{2})-?(\d{6})(?!\d)", url)
    return "-".join(found.groups()) if found and "businesswire" not in url else ""


# --- what our reader finds ------------------------------------------------------------------------


def read_filings(paths: Iterable[Path]) -> list[tuple[Identity, Source, list[Figure]]]:
    """Identity, source and figures of every filing in which `hashpivot.lines` reads any.

    A filing that cannot be read stops the work: its transcribed rows would stand where our reading stood.
    """
    readings, shipped = [], companies()
    for path in paths:
        identity = identity_of_file(path.name)
        if identity and identity[0] not in shipped:
            continue
        reading = read(path)
        if identity and reading.figures():
            readings.append((identity, _signed(path, identity, reading.source), list(reading.figures())))
    return readings


def _signed(path: Path, identity: Identity, source: Source) -> Source:
    """The source with the day on which the filing is signed, where it says so."""
    day = signed_day(path, date.fromisoformat(identity[2]))
    return replace(source, known=day, known_basis="signed") if day else source


def take_readings(
    readings: Iterable[tuple[Identity, Source, list[Figure]]], rows: list[Row]
) -> tuple[list[Row], Bundle]:
    """Readings as sources and figures, and the rows they do not replace.

    A filing's transcribed rows give way to what our reader found in it; rows of other tables that cite the
    same filing keep its URL.
    """
    bundle, replaced = Bundle(), set()
    links = {row.identity: row for row in rows if row.tagged and row.identity}
    for identity, source, figures in readings:
        cited = links.get(identity)
        url = cited.url if cited else source.url
        form = cited.form if cited else identity[1]
        end = date.fromisoformat(identity[2])
        signed = source.known_basis == "signed"
        known, basis = (source.known, "signed") if signed else known_day(url, form, end)
        name = f"{identity[0]}_{form}_{identity[2]}"
        bundle.sources[source.key] = replace(
            source,
            ticker=identity[0],
            form=form,
            known=known,
            known_basis=basis,
            grade="A",
            accession=_accession(url) or source.accession,
            url=url,
            name=name,
            period_end=end,
        )
        bundle.figures += (replace(f, known=known, source=source.key) for f in figures)
        replaced.add(identity)
    kept = [row for row in rows if not (row.tagged and row.identity in replaced)]
    return kept, bundle


def take_submissions(paths: Iterable[Path], rows: list[Row]) -> tuple[list[Row], Bundle]:
    """Releases in EDGAR submissions: what our reader finds replaces rows transcribed from the same one."""
    bundle = Bundle()
    for path in paths:
        reading = read(path)
        source, figures = reading.source, reading.figures()
        cited = [row for row in rows if _accession(row.url) == source.accession]
        if figures and cited:
            name = f"{source.ticker}_{source.form}_{source.period_end}"
            bundle.sources[source.key] = replace(source, url=cited[0].url, name=name)
            bundle.figures += figures
            rows = [row for row in rows if row not in cited]
    return rows, bundle


# --- writing --------------------------------------------------------------------------------------


def make() -> Made:
    """The tables, their descriptor, and the list of remarks."""
    texts, bundle = build(Snapshot.load())
    return {**texts, "figures": remarks_table(bundle)}


def build(snapshot: Snapshot) -> tuple[dict[Path, str], Bundle]:
    """Every table's text by its path, and what is in them."""
    table = snapshot.table("figures/reported_figures.csv")
    reported = reported_rows([*table, *further_rows("further_figures.csv")])
    production = [
        *monthly_rows(snapshot.table("figures/monthly_production.csv")),
        *quarterly_rows(snapshot.table("figures/quarterly_production.csv"), reported),
    ]
    readings = read_filings(snapshot.paths("filings/ixbrl"))
    kept, own = take_readings(readings, reported)
    links = [row for row in reported if row.tagged and row not in kept]
    kept, releases = take_submissions(snapshot.paths("filings/submissions"), kept)
    own = Bundle(own.sources | releases.sources, [*own.figures, *releases.figures])
    remarks = cut(kept)
    state_bases(kept)
    bundle = sources_of([*kept, *production, *_ghosts(links)])
    bundle.figures += implied_lines(bundle.figures)
    bundle.figures = [f for f in bundle.figures if f.label != _GHOST]
    used = {f.source for f in bundle.figures}
    sources = [*(s for k, s in bundle.sources.items() if k in used), *own.sources.values()]
    bundle.sources = {source.key: source for source in stated_days(sources)}
    every = (replace(f, known=bundle.sources[f.source].known) for f in (*bundle.figures, *own.figures))
    ordered = sorted(every, key=_order, reverse=True)
    bundle.figures = list({f.id: f for f in ordered}.values())[::-1]
    bundle.remarks = [*remarks, *disagreements(bundle)]
    announced = [*snapshot.table("figures/ai_contracts.csv"), *further_rows("further_contracts.csv")]
    contracts = list(contract_rows(announced))
    table_of_sources = [source_row(bundle.sources[key]) for key in sorted(bundle.sources)]
    folder = tables("ledger")
    texts = {
        folder / "sources.csv": _csv(SOURCE_COLUMNS, table_of_sources),
        folder / "figures.csv": _csv(FIGURE_COLUMNS, map(figure_row, bundle.figures)),
        folder / "aliases.csv": _csv(ALIAS_COLUMNS, _aliases(bundle)),
        folder / "events.csv": _csv(EVENT_COLUMNS, event_rows()),
        folder / "ai_contracts.csv": _csv(CONTRACT_COLUMNS, contracts),
        folder / "datapackage.json": json.dumps(descriptor(), indent=1) + "\n",
    }
    return texts, bundle


def _aliases(bundle: Bundle) -> list[tuple[str, str, str]]:
    """The aliases kept so far, and one for every id of the tables as they stand that the new ones lose."""
    old = bundled()
    new = Figures(bundle.sources, tuple(bundle.figures), aliases=old.aliases)
    aliases = [*old.aliases.values(), *successors(View(old), View(new))]
    return sorted((alias.id, alias.successor, alias.reason) for alias in aliases)


_GHOST = "\0"


def _ghosts(rows: list[Row]) -> list[Row]:
    """One empty row for each replaced filing, so that other tables citing it still find its URL and form."""
    firsts = {row.identity: row for row in rows}
    return [replace(row, figure=replace(row.figure, label=_GHOST)) for row in firsts.values()]


def _order(f: Figure) -> tuple[object, ...]:
    head = (f.ticker, f.measure, f.end, f.start or date.min, f.line or "", f.source, f.label, str(f.locator))
    return (*head, f.value, f.breakdown, f.note)


def _csv(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([tuple(columns), *map(tuple, rows)])
    return out.getvalue()


_UNEXPLAINED = {
    TieStatus.SHORT: "its lines leave part of the total unexplained",
    TieStatus.OVER: "its lines are more than the total",
}


def disagreements(bundle: Bundle) -> Iterator[Remark]:
    """Figures of the whole company that differ from the best known, and lines that miss their total."""
    view = View(Figures(bundle.sources, tuple(bundle.figures)))
    for figure in bundle.figures:
        if figure.line or figure.breakdown == DETAIL or not MEASURES[figure.measure].additive:
            continue
        if figure.measure == "unattributed":  # a view computes it anew from what it prefers
            continue
        try:
            best = view.figure(figure.address)
        except UnknownFigure:  # no total where the lines are on another basis
            continue
        if abs(figure.value - best.value) > (figure.unit_step + best.unit_step) / 2:
            where = view.sources[best.source].title if best.source else best.formula
            yield remark(figure, f"differs from {best.value:,}, preferred ({where})")
    for ticker in view.tickers():
        for lines in view.company_statements(ticker).statements("revenue"):
            if lines.tie_status in (TieStatus.SHORT, TieStatus.OVER):
                first = next(iter(lines.figures.values()))
                yield remark(replace(first, value=lines.total), _UNEXPLAINED[lines.tie_status])


def remarks_table(bundle: Bundle) -> str:
    """The generated part of docs/data.md."""
    counts = f"{len(bundle.figures)} figures from {len(bundle.sources)} sources."
    head = "| company | period | measure | row | value | why |\n|---|---|---|---|---:|---|"
    rows = sorted(
        f"| {r.ticker} | {r.period} | {r.measure} | {r.label} | {r.value} | {r.cause} |"
        for r in bundle.remarks
    )
    return "\n".join(["", counts, "", head, *rows, "", ""])
