"""The desk: the object a user opens. Ledger, network history and companies in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Companies, Figure, Missing, PowerMonth, Quarter, Remark
from hashpivot.ledger import Ledger, QuarterLines, Restatement, Trace, View, Vintage, restatements
from hashpivot.season import Season, Squeeze, past_halving, squeezes
from hashpivot.season import season as _season

if TYPE_CHECKING:
    from concurrent.futures import Executor

    import pandas as pd

    from hashpivot.core import PowerMonth
    from hashpivot.ledger import Added
    from hashpivot.lines import Reading
    from hashpivot.nowcast import Case, Nowcast
    from hashpivot.outlook import Calibration, Outlook
    from hashpivot.outlook import Case as OutlookCase
    from hashpivot.report import SeasonReport


@dataclass(frozen=True)
class CompanyLines:
    """A company's revenue, cost and gross profit by line and quarter.

    Args:
        ticker: The company.
        quarters: By quarter, oldest first.
        view: What they were read from; traces any figure.
    """

    ticker: str
    quarters: tuple[QuarterLines, ...]
    view: View

    def figures(self) -> list[Figure]:
        """Total revenue and amounts by line of every quarter."""
        return [figure for lines in self.quarters for figure in (*_total(lines), *lines.figures())]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot lines`."""
        gaps = self.view.gaps(self.ticker).items()
        return {
            "ticker": self.ticker,
            "rows": [self._row(figure) for figure in self.figures()],
            "missing": [
                {"figure": address, "missing": why.code, "reason": why.reason} for address, why in gaps
            ],
        }

    def to_frame(self) -> pd.DataFrame:
        """Amounts in dollars: one row a quarter, columns `(measure, line)`. Needs pandas."""
        import pandas as pd

        rows = [(str(f.quarter), f.measure, f.line or "total", float(f.value)) for f in self.figures()]
        table = pd.DataFrame(rows, columns=["quarter", "measure", "line", "value_usd"])
        return table.pivot(index="quarter", columns=["measure", "line"], values="value_usd")

    def _row(self, figure: Figure) -> dict[str, Any]:
        sources = {end.source.key: end.source for end in self.view.trace(figure.id).reported() if end.source}
        return {
            "quarter": str(figure.quarter),
            "measure": figure.measure,
            "line": figure.line or "total",
            "value_usd": int(figure.value) if figure.value == int(figure.value) else float(figure.value),
            "kind": figure.kind.value,
            "formula": figure.formula or None,
            "figure": figure.id,
            "sources": [source.url or source.accession or source.title for source in sources.values()],
        }


def _total(lines: QuarterLines) -> tuple[Figure, ...]:
    return () if isinstance(lines.total_revenue, Missing) else (lines.total_revenue,)


class Desk:
    """Ledger, network history and companies. Open one with `Desk.open()`.

    Args:
        view: The figures and what of them is known.
        network: The bitcoin network's history.
        companies: The companies.
        ledger: The user's own ledger, where `add` writes.
    """

    def __init__(
        self, view: View, network: NetworkHistory, companies: Companies, ledger: Path | None = None
    ) -> None:
        self.view = view
        self.network = network
        self.companies = companies
        self._ledger = ledger

    @classmethod
    def open(
        cls, ledger: str | Path | None = None, *, as_of: date | None = None, vintage: Vintage = "latest"
    ) -> Desk:
        """The bundled figures and the user's own ledger together.

        Args:
            ledger: The user's ledger; `ledger.sqlite3` in the user's home folder if not given.
            as_of: Only what was known on that day.
            vintage: `latest` known or `first` reported figures.

        Raises:
            LedgerError: If the user's ledger cannot be read.
        """
        path = Path(ledger) if ledger else None
        return cls(
            View.open(path, as_of=as_of, vintage=vintage), NetworkHistory.load(), Companies.load(), path
        )

    def __repr__(self) -> str:
        return f"Desk({len(self.view.tickers())} companies, network to {self.network.last_day})"

    def add(self, reading: Reading, remarks: Iterable[Remark] = ()) -> Added:
        """Put a reading into the user's ledger; adding the same filing twice changes nothing.

        The desk goes on showing what it knew when it was opened.

        Args:
            reading: The figures.
            remarks: What the text states, `Document.remarks()`.

        Raises:
            LedgerError: If the ledger cannot be written; nothing is written then.
        """
        with Ledger.open(self._ledger) as ledger:
            return ledger.add(reading.source, reading.figures(), remarks)

    def lines(self, ticker: str) -> CompanyLines:
        """Revenue, cost and gross profit of a company by line and quarter.

        Raises:
            UnknownCompany: If there is no such company.
        """
        known = self.ticker_of(ticker)
        quarters = (self.view.quarter_lines(known, quarter) for quarter in self.view.quarters(known))
        return CompanyLines(known, tuple(quarters), self.view)

    def season(self, quarter: str | Quarter | None = None) -> Season:
        """The four answers for every company in a quarter, by default the latest with five companies.

        Raises:
            InvalidInput: If `quarter` is not a quarter.
            NoData: If no company has figures in it.
        """
        chosen = Quarter.parse(quarter) if isinstance(quarter, str) else quarter
        return _season(self.view, self._network_then, self._names, chosen)

    def season_report(self, quarter: str | Quarter | Season | None = None) -> SeasonReport:
        """A season set against the quarter before, a year before and its nowcast: what its page shows.

        Args:
            quarter: As `season`, or a season of this desk.

        Raises:
            InvalidInput, NoData: As `season`.
        """
        from ._season_report import season_report

        reported = quarter if isinstance(quarter, Season) else self.season(quarter)
        return season_report(reported, self._network_then, self._names)

    def nowcast(
        self,
        quarter: str | Quarter | None = None,
        tickers: Iterable[str] | None = None,
        as_of: date | None = None,
        power: Mapping[str, Sequence[PowerMonth]] | None = None,
    ) -> Nowcast:
        """What companies are about to report, by default of the quarter due; see `hashpivot.nowcast`.

        Args:
            quarter: The quarter.
            tickers: Companies; all if not given.
            as_of: Nothing known later is used; the desk's own day, or today.
            power: Months of companies' sites, by ticker: `hashpivot.site.power_months`, or their own books.

        Raises:
            InvalidInput: If `quarter` is not a quarter or too far ahead.
            UnknownCompany: If there is no such company.
            NoData: If nothing was known of the network on that day.
        """
        from hashpivot.nowcast import nowcast

        chosen = Quarter.parse(quarter) if isinstance(quarter, str) else quarter
        held = None if tickers is None else [self.ticker_of(ticker) for ticker in tickers]
        return nowcast(self.view, self.network, chosen, held, as_of, power)

    def outlook(
        self,
        ticker: str,
        scenarios: Sequence[str] = (),
        power: Sequence[PowerMonth] = (),
        *,
        quarters: int = 12,
        paths: int = 10_000,
        seed: int = 1,
        executor: Executor | None = None,
    ) -> Outlook:
        """The quarters ahead of a company; see `hashpivot.outlook`.

        Args:
            ticker: The company.
            scenarios: Names of shipped scenarios and scenario files, applied in this order.
            power: Past months of the company's sites: `hashpivot.site.power_months`, or their own books.
            quarters: Quarters ahead, the present one included.
            paths: Simulated paths.
            seed: Of the random numbers.
            executor: Where the paths are computed; here if not given.

        Raises:
            UnknownCompany: If there is no such company.
            NoData: If no quarter of it is known by line.
            InvalidInput: For an unknown scenario, a wrong value in a file, or sizes out of range.
            UnreadableFile: If a scenario file cannot be read.
            StoreError: If there is no room for many paths.
        """
        from hashpivot.outlook import outlook

        case, calibration = self.outlook_case(ticker, scenarios, power)
        sizes = {"quarters": quarters, "paths": paths, "seed": seed}
        return outlook(case, **sizes, executor=executor, remarks=calibration.remarks)

    def outlook_case(
        self, ticker: str, scenarios: Sequence[str] = (), power: Sequence[PowerMonth] = ()
    ) -> tuple[OutlookCase, Calibration]:
        """What an outlook is computed from, and where each input came from, as known on the desk's day.

        Args:
            ticker: The company.
            scenarios: As in `outlook`.
            power: As in `outlook`.

        Raises:
            UnknownCompany, NoData, InvalidInput, UnreadableFile: As `outlook`.
        """
        from hashpivot.outlook import GUIDED, build_case

        from ._guided import guided_growth

        known, network = self.ticker_of(ticker), self._network_then
        growth = guided_growth(self.view, known, network.last_day) if GUIDED in scenarios else None
        return build_case(self.view, network, known, scenarios, power, growth)

    def backtest(self, watch: Callable[[list[Any]], Iterable[Any]] | None = None) -> list[Case]:
        """Every past nowcast that could have been made, with its outcome; takes about half a minute.

        Args:
            watch: Wraps the list of tasks, to show progress.
        """
        from hashpivot.nowcast import backtest

        return backtest(self.view, self.network, watch)

    def ticker_of(self, text: str) -> str:
        """The ticker of a company given by ticker, name or CIK.

        Raises:
            UnknownCompany: If there is no such company.
        """
        ticker = text.upper()
        return ticker if ticker in self.view.tickers() else self.companies.find(text).ticker

    def restated(self, ticker: str) -> list[Restatement]:
        """Quarterly amounts whose best known value differs from the first reported one.

        Raises:
            UnknownCompany: If there is no such company.
        """
        known = self.ticker_of(ticker)
        first = View.open(self._ledger, as_of=self.view.as_of, vintage="first")
        return restatements(first, self.view, known)

    def trace(self, address: str) -> Trace:
        """Where a number comes from, down to the cell.

        Args:
            address: Such as `RIOT/2024Q4/revenue/self_mining`, or a full figure id with `@`.

        Raises:
            UnknownFigure: With near matches as a hint.
        """
        return self.view.trace(address)

    def squeeze(self, halving: int | None = None) -> list[Squeeze]:
        """What a halving (by default the latest) did to each company.

        Raises:
            InvalidInput: If it has not happened yet.
        """
        return squeezes(self.view, self.network, past_halving(self.network, halving))

    @cached_property
    def _network_then(self) -> NetworkHistory:
        """The network as known on the desk's day."""
        day = self.view.as_of
        return self.network.until(day) if day and day < self.network.last_day else self.network

    @cached_property
    def _names(self) -> dict[str, str]:
        return {ticker: company.name for ticker, company in self.companies.items()}
