"""A power site and its prices: what it would have earned, what to do next, what to build."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from threading import Event

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput, terminal_line
from hashpivot.site import (
    Allocation,
    Forecaster,
    Hashprices,
    Output,
    PriceHistory,
    RunLog,
    RunSettings,
    Site,
    SiteOperator,
    StateFile,
    backtest,
    default_period,
    default_policies,
    forecaster_of,
    load_site,
    load_zone,
    plan,
    plan_from_state,
    price_forecast,
    read_prices,
    replay,
    site_text,
)

from ._live_prices import LIVE_MINUTES, LivePrices
from ._run import SiteInterval, SiteReplay, run_interval, run_intervals
from ._site_results import SiteAllocation, SiteBacktest, SiteForecast, SitePlan
from ._site_summary import SiteSummary


class SiteDesk:
    """A site with its prices. `Desk.site` opens one; so does `SiteDesk("west_texas")`, without a ledger.

    Args:
        site: A TOML file, or the name of an example.
        zone: Load zone; the site's if not given.
        prices: A file of prices, CSV or Parquet, or several that give different columns; the shipped ones of
            the zone if not given.
        fill_gaps: Fill gaps of up to 3 hours in `prices`.
        columns: Column of `prices` by our name, such as `{"rt_usd_per_mwh": "LMP"}`.
        hour_ending: Moments in `prices` are the ends of intervals.
        usd_rate: Dollars per unit of the currency of `prices`.
        network: The bitcoin network's history, for the hashprice; the bundled one if not given.
        live: Fetch the zone's prices from its market when they are needed.
        base_url: Of a stand-in for the market.

    Raises:
        UnreadableFile: If a file is missing or not text.
        InvalidSite: If the file cannot be a site.
        InvalidInput: If a way to read `prices` goes with shipped ones, no zone is named, or prices of the
            site's market cannot be fetched in USD.
    """

    def __init__(
        self,
        site: str | Path,
        *,
        zone: str | None = None,
        prices: str | Path | Sequence[str | Path] | None = None,
        fill_gaps: bool = False,
        columns: Mapping[str, str] | None = None,
        hour_ending: bool = False,
        usd_rate: float | None = None,
        network: NetworkHistory | None = None,
        live: bool = False,
        base_url: str = "",
    ) -> None:
        self.site: Site = load_site(site)
        self._text = site_text(site)
        self._network_given = network
        self.network = network or NetworkHistory.load()
        self._zone, self._file, self._fill_gaps = zone or self.site.zone, prices or None, fill_gaps
        self._columns, self._hour_ending, self._usd_rate = columns, hour_ending, usd_rate
        if live and self._file is not None:
            raise InvalidInput("--live and --prices exclude each other")
        if live and self.site.market.currency != "USD":
            raise InvalidInput(
                f"--live takes prices for USD, {self.site.market.key} publishes {self.site.market.currency}",
                hint="name prices of your own: --prices FILE --usd-rate RATE",
            )
        self._live = LivePrices(self.site, self._zone, base_url) if live else None
        if self._file is None and fill_gaps:
            raise InvalidInput("--fill-gaps goes with --prices; shipped prices have no gaps")
        if self._file is None and (columns or hour_ending or usd_rate is not None):
            raise InvalidInput("--columns, --hour-ending and --usd-rate go with --prices")
        if self._file is None and not self._zone:
            raise InvalidInput("no load zone is named", hint="add --zone LZ_WEST, or zone to the site's file")

    def __repr__(self) -> str:
        return terminal_line(f"SiteDesk({self.site.name}, {self._file or self._zone})")

    @cached_property
    def prices(self) -> PriceHistory:
        """The prices up to the last hour that has a real-time one.

        Raises:
            InvalidPrices: If they have gaps, or an hour without a real-time price before the last.
        """
        return self._read(open_end=False)

    @cached_property
    def prices_ahead(self) -> PriceHistory:
        """The prices, the last hours of which may have a day-ahead one only."""
        return self._read(open_end=True)

    def summary(self) -> SiteSummary:
        """What the site is, from its file alone: no price is read."""
        return SiteSummary(self.site, self._zone)

    def backtest(
        self,
        start: date | None = None,
        end: date | None = None,
        *,
        regime: str = "live",
        learned: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> SiteBacktest:
        """What policies would have earned, hour by hour, each with what it could know.

        Args:
            start: First day, market local time; a year before the last if not given.
            end: Last day; the last whole day of the prices if not given.
            regime: `live` if an hour's real-time price is known when acting, `lagged` if the one before.
            learned: Forecast each hour with boosted trees (extra `site`).
            progress: Called with the number of policies done and of all policies.

        Raises:
            InvalidInput: If the period or the regime cannot be.
            InvalidPrices: If there are too few prices before the first day.
            Unsolvable: If the site's limit cannot be kept.
        """
        first, last = default_period(self.site, self.prices, start, end)
        policies = default_policies(forecaster_of(self.site, learned=learned))
        made = backtest(
            self.site, self.prices, first, last,
            network=self.network, regime=regime, policies=policies, progress=progress,
        )  # fmt: skip
        return SiteBacktest(made)

    def plan(
        self,
        at: datetime | None = None,
        hours: int = 34,
        *,
        learned: bool = False,
        state: str | Path | None = None,
    ) -> SitePlan:
        """A schedule for the next hours, with a reason for each.

        Args:
            at: First hour, market local time; the first without a real-time price if not given.
            hours: Hours ahead, 1 to 48.
            learned: As in `backtest`.
            state: File of where the site stands: the plan begins from it, and the state after the first hour
                is written to it. One that does not exist is begun in normal mode, free to stop.

        Raises:
            InvalidInput, InvalidPrices, Unsolvable: As `hashpivot.site.plan`.
            StateError: If the state is damaged, of another site or a later time, or in use.
        """
        make = forecaster_of(self.site, learned=learned)
        if state is not None:
            return self._plan_from(StateFile(state), at, hours, make)
        made = plan(self.site, self.prices_ahead, at, hours, network=self.network, make_forecaster=make)
        return SitePlan(made)

    def forecast(self, at: datetime | None = None, hours: int = 34, *, learned: bool = False) -> SiteForecast:
        """The real-time price of the next hours as a distribution; arguments and errors as `plan`."""
        make = forecaster_of(self.site, learned=learned)
        made = price_forecast(
            self.site, self.prices_ahead, at, hours, network=self.network, make_forecaster=make
        )
        return SiteForecast(made)

    def allocate(self, start: date | None = None, end: date | None = None) -> SiteAllocation:
        """How many megawatts to keep mining, convert to AI or leave flexible.

        Args:
            start: First day of the prices that stand for the years to come; a year before the last if not
                given.
            end: Last of these days; the last whole day of the prices if not given.

        Raises:
            InvalidInput: If the period cannot be, or the site has no terms of conversion.
            InvalidPrices: If there are too few prices before the first day.
        """
        return SiteAllocation(Allocation(self.site, self.prices, start, end))

    def run(
        self,
        state: str | Path,
        *,
        log: str | Path | None = None,
        minutes: int | None = None,
        hours: int = 36,
        stale_after: int = 3,
        default: str = "keep",
        learned: bool = False,
        outputs: Sequence[Output] = (),
        once: bool = False,
        delay: float = 0.0,
        stop: Event | None = None,
    ) -> Iterator[SiteInterval]:
        """Run the site: each interval read prices, plan, decide, log, and write the schedule.

        Args:
            state: File of where the site stands.
            log: File of what was decided, on which inputs and why; the state's name with `.log` if not given.
            minutes: Length of an interval; that of the prices' if not given.
            hours: Hours a plan looks ahead, 1 to 48.
            stale_after: Intervals the last real-time price may lie back before the safe default is run.
            default: What is done while inputs cannot be trusted: `keep` modes, `off` or `normal`, as far as
                the machines' limits allow.
            learned: As in `backtest`.
            outputs: Where schedules are sent.
            once: Decide the interval at hand alone.
            delay: Seconds after an interval begins before it is decided: less than an interval.
            stop: Set to end the run after the interval at hand.

        Raises:
            StateError: If another runs on the state, or it is of another site or a later time.
            RunLogError, UnwritableFile: If log or state cannot be written.
            InvalidInput: If a setting cannot be.
            InvalidPrices, UnreadableFile: If `minutes` is not given and the prices cannot be read at first.
        """
        if self._live and minutes not in (None, LIVE_MINUTES):
            raise InvalidInput(
                f"--live fetches prices of {LIVE_MINUTES} minutes, the interval asked for is {minutes}",
                hint=f"leave --interval out, or name prices of {minutes} minutes: --prices FILE",
            )
        length = minutes or (LIVE_MINUTES if self._live else self._read(open_end=True).minutes)
        settings = RunSettings(length, hours, stale_after, default, learned)
        if not 0 <= delay < length * 60:
            raise InvalidInput(
                f"a delay of {delay:g} seconds would skip intervals of {length} minutes",
                hint=f"wait less than {length * 60} seconds",
            )
        file = StateFile(state)
        with file.locked(wait=0):
            where = RunLog(log or f"{state}.log")
            operator = SiteOperator(self._text, settings, file, where, self._read_at)
            if once:
                yield run_interval(operator, outputs, datetime.now(UTC))
                return
            yield from run_intervals(operator, outputs, delay=delay, stop=stop or Event())

    def _read_at(self, moment: datetime) -> tuple[PriceHistory, Hashprices]:
        prices = self._live.read(moment) if self._live else self._read(open_end=True)
        return prices, self._network_given or NetworkHistory.load()

    def _plan_from(
        self, file: StateFile, at: datetime | None, hours: int, make: Callable[[], Forecaster]
    ) -> SitePlan:
        with file.locked():
            made = plan_from_state(
                self.site,
                self.prices_ahead,
                file.read(),
                at,
                hours,
                network=self.network,
                make_forecaster=make,
            )
            file.write(made.remembered)
        return SitePlan(made.plan)

    def _read(self, *, open_end: bool) -> PriceHistory:
        if self._live is not None:
            return self._live.read(datetime.now(UTC))
        if self._file is None:
            return load_zone(self._zone)
        return read_prices(
            self._file,
            zone=self._zone,
            fill_gaps=self._fill_gaps,
            open_end=open_end,
            columns=self._columns,
            timezone=self.site.timezone,
            hour_ending=self._hour_ending,
            currency=self.site.market.currency,
            usd_rate=self._usd_rate,
        )


def replay_run(log: str | Path, progress: Callable[[int], None] | None = None) -> SiteReplay:
    """Decide every interval of a run's log again.

    Args:
        log: The log.
        progress: Called with the number of intervals done.

    Raises:
        RunLogError: If it cannot be read, or is no log of a run.
    """
    return SiteReplay(replay(log, progress))
