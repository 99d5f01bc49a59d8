"""What a look through the data sets finds, as a desk hands it out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hashpivot.core import Companies, Company, InvalidInput, Keyed, Line, Quarter, follow_company
from hashpivot.discover import LIMITS, Category, Discovery, Filer

from ..shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console

_SHOWN = (Category.PIVOTING, Category.MINING_ONLY)


@dataclass(frozen=True, repr=False)
class DiscoverResult(DeskResult, Keyed[Filer]):
    """Filers with mining, AI or chip revenue, best evidence first: a mapping of CIKs.

    Args:
        discovery: All that was found.
        filers: The filers asked for, in the order of their rank.
        left_out: How many more there are of each category, by its name.
    """

    row_key = "cik"
    discovery: Discovery
    filers: tuple[Filer, ...]
    left_out: dict[str, int]

    def __repr__(self) -> str:
        new = sum(1 for filer in self.filers if not filer.listed_as)
        return f"DiscoverResult({len(self.filers)} filers, {new} of them listed by nobody)"

    def records(self) -> list[dict[str, Any]]:
        """One row a filer and line."""
        return [
            {
                "cik": filer.cik,
                "name": filer.name,
                "category": filer.category.value,
                "listed_as": filer.listed_as or None,
                "line": one.line.value,
                "first_quarter": str(one.first.quarter),
                "period": one.latest.period,
                "value": float(one.latest.value),
                "currency": one.latest.currency,
                "share_of_revenue": one.latest.share,
                "growth": one.growth,
                "tag": one.latest.tag,
                "segments": one.latest.segments,
                "accession": one.latest.accession,
                "form": one.latest.form,
            }
            for filer in self.filers
            for one in filer.lines
        ]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot discover`."""
        return {
            "data_sets": [
                {"name": one.name, "filings": one.filings, "rows": one.rows, "kept": one.kept}
                for one in self.discovery.sets
            ],
            "filers": [filer.to_dict() for filer in self.filers],
            "left_out": self.left_out,
            "problems": list(self.discovery.problems),
            "limits": list(LIMITS),
        }

    def follow(self, cik: str, ticker: str = "") -> Company:
        """Put a filer into the user's `companies.toml`, so that `fetch`, `watch` and `season` know it.

        Args:
            cik: Of one of all the filers found.
            ticker: Its ticker; what the names of its XBRL files begin with if not given.

        Returns:
            The company as written.

        Raises:
            InvalidInput: If no such filer was found, it is followed already, or its ticker is not known or
                another company's.
            UnreadableFile, UnwritableFile: As `follow_company`.
        """
        filer = next((one for one in self.discovery.filers if one.cik == cik.strip().lstrip("0")), None)
        if filer is None:
            raise InvalidInput(f"no filer of CIK {cik!r} was found", hint="name one that is shown")
        name = ticker.strip().upper() or filer.symbol
        if not name:
            raise InvalidInput(
                f"the ticker of {filer.name} is not in the data sets",
                hint=f"name it: --follow {filer.cik}=TICKER",
            )
        company = Company(
            ticker=name,
            name=filer.name,
            cik=filer.cik,
            fiscal_year_end=filer.fiscal_year_end or "12-31",
            earlier_names=filer.earlier_names,
            role="neocloud" if filer.category is Category.AI_ONLY else "miner",
        )
        follow_company(company)
        return company

    def to_html(self, path: str | Path) -> Path:
        """Write the page of the filers.

        Raises:
            UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
        """
        from hashpivot.report import write_discovery

        return write_discovery(self.discovery, self.filers, self.left_out, path)

    def _members(self) -> dict[str, Filer]:
        return {filer.cik: filer for filer in self.filers}

    def _key_noun(self) -> str:
        return "CIK"

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_discovery

        print_discovery(self.discovery, self.filers, self.left_out, console)


def discovered(
    paths: Iterable[str | Path],
    companies: Companies,
    *,
    since: str | Quarter | None = None,
    named: Iterable[str] = (),
    line: str = "",
    new: bool = False,
    every: bool = False,
    top: int | None = None,
    **scan: Any,
) -> DiscoverResult:
    """Look through data sets; see `Desk.discover`."""
    from hashpivot.discover import discover

    wanted_line = _line(line)
    first = Quarter.parse(str(since)) if since else None
    ciks = {_cik(text, companies) for text in named}
    if top is not None and top < 1:
        raise InvalidInput(f"{top} filers are too few", where="top", hint="name 1 or more")
    discovery = discover(paths, companies=companies, **scan)

    def fits(filer: Filer) -> bool:
        return (
            (not ciks or filer.cik in ciks)
            and (first is None or filer.pivot_quarter >= first)
            and (wanted_line is None or any(one.line is wanted_line for one in filer.lines))
            and not (new and filer.listed_as)
        )

    fitting = [filer for filer in discovery.filers if fits(filer)]
    shown = [filer for filer in fitting if every or ciks or wanted_line or filer.category in _SHOWN][:top]
    rest = [filer.category.value for filer in fitting if filer not in shown]
    return DiscoverResult(discovery, tuple(shown), {name: rest.count(name) for name in dict.fromkeys(rest)})


def _line(text: str) -> Line | None:
    if not text:
        return None
    try:
        return Line(text)
    except ValueError:
        names = ", ".join(line.value for line in Line if line.group != "other")
        raise InvalidInput(f"{text!r} is no line of business", hint=f"lines are {names}") from None


def _cik(text: str, companies: Companies) -> str:
    """A CIK, or that of a company followed already."""
    word = text.strip()
    if word.isascii() and word.isdigit():
        return word.lstrip("0")
    company = companies.find(word)
    if not company.cik:
        raise InvalidInput(f"the CIK of {company.ticker} is not known", hint="name the CIK itself")
    return company.cik
