"""A site run over simulated days, disturbed in every way it must survive, and counted plainly.

Prices are made up; the clock is simulated. The run is restarted, killed between log and state and in the
middle of a line, left without prices, with old ones or with few day-ahead ones, and it loses its state.
Whatever comes, no decision may break a limit of the site, and the log must replay to the same decisions.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import UnreadableFile
from hashpivot.site import (
    PriceHistory,
    RunLog,
    RunSettings,
    Site,
    SiteDecision,
    SiteOperator,
    SiteState,
    StateFile,
    make_price_history,
    parse_site,
    replay,
)
from hashpivot.testing import made_up_prices

SITE = """
name = "Test site"
limit_mw = 80
zone = "made"
[power]
kind = "indexed"
[[machines]]
name = "old"
model = "Antminer S19 Pro"
count = 12000
min_on_hours = 4
min_off_hours = 7
max_off_hours_per_month = 260
start_cost_usd = 50
[[machines]]
name = "new"
model = "Antminer S21"
count = 10000
min_off_hours = 1
ramp_mw_per_hour = 20
modes.eco = { ths = 160, watts = 1900 }
modes.normal = { ths = 200, watts = 3500 }
[[ai]]
name = "gpu"
firm_mw = 5
firm_usd_per_mwh = 200
flexible_mw = 10
flexible_usd_per_mwh = 60
max_hours_per_day = 3
max_hours_per_month = 40
[[ai]]
name = "training"
kind = "training"
flexible_mw = 5
flexible_usd_per_mwh = 90
checkpoint_usd = 200
min_block_hours = 2
max_hours_per_day = 8
max_hours_per_month = 60
[[reserves]]
product = "rrs"
cap_mw = 15
shortfall_multiple = 1
"""
HOT_SITE = SITE.replace("max_off_hours_per_month = 260", "").replace(
    "limit_mw = 75", "limit_mw = 75\nlimit_by_temperature_c = { 30 = 70, 40 = 45, 45 = 20 }"
)
"""The same where heat lowers the limit; hours off are not counted, as the heat decides them."""
BEFORE_DAYS = 62
"""Days of prices before the run: what policies learn from. The clocks change a week into it."""
_AHEAD_HOURS = 40


@dataclass
class World:
    """Prices as they come out, and what is wrong with them for now.

    Args:
        prices: All prices, those to come included.
    """

    prices: PriceHistory
    old_intervals: int = 0
    ahead_hours: float = _AHEAD_HOURS
    silent: bool = False

    def read(self, moment: datetime) -> tuple[PriceHistory, NetworkHistory]:
        """What can be read at a moment."""
        if self.silent:
            raise UnreadableFile("cannot be read: it is being written", where="prices.csv")
        now = self.position(moment)
        part = self.prices.part(0, now + int(self.ahead_hours * 60) // self.prices.minutes)
        real = part.rt.copy()
        real[max(now - self.old_intervals, 1) :] = np.nan
        return part.with_columns({**part.columns, "rt_usd_per_mwh": real}), NetworkHistory.load()

    def position(self, moment: datetime) -> int:
        """Position of the interval that begins at a moment."""
        since = np.datetime64(moment.replace(tzinfo=None), "m") - self.prices.ts_utc[0]
        return int(since / np.timedelta64(self.prices.minutes, "m"))


def world(days: int, minutes: int, seed: int) -> World:
    """Made-up prices of so many days after those learned from, expensive hours announced the day before."""
    hourly = made_up_prices(BEFORE_DAYS + days + 3, seed=seed)
    each = 60 // minutes
    chance = np.random.default_rng(seed)
    expensive = 600.0 * np.isin(np.arange(hourly.hours) % 29, (3, 4, 5, 6, 7, 12, 13, 14, 20))
    columns = {name: np.repeat(values, each) for name, values in hourly.items()}
    for name in ("rt_usd_per_mwh", "da_usd_per_mwh"):
        columns[name] = columns[name] + np.repeat(expensive, each)
    columns["rt_usd_per_mwh"] *= np.exp(chance.normal(0, 0.1, len(columns["rt_usd_per_mwh"])))
    swing = np.sin(np.arange(hourly.hours) / 24 * 2 * np.pi)
    columns["temp_c"] = np.repeat(32 + 8 * swing + chance.normal(0, 5, hourly.hours), each)
    axis = hourly.ts_utc[0] + np.arange(hourly.hours * each) * np.timedelta64(minutes, "m")
    return World(make_price_history(axis, columns, "made", "made-up prices"))


@dataclass
class Books:
    """Every interval as it was run, decided or held, and what broke a limit.

    Args:
        site: The site.
        minutes: Length of an interval.
        temperature_c: Air temperature as an interval begins.
    """

    site: Site
    minutes: int
    temperature_c: Callable[[datetime], float]
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._modes: dict[str, str] = {g.name: g.modes[g.normal].name for g in self.site.machines}
        self._switched: dict[str, datetime | None] = dict.fromkeys(self._modes)
        self._free: dict[str, datetime | None] = dict.fromkeys(self._modes)
        self._off_minutes: Counter[tuple[str, str]] = Counter()
        self._interrupted: Counter[tuple[str, str]] = Counter()
        self._loads: dict[str, bool] = {load.name: False for load in self.site.ai}
        self._begun: dict[str, datetime] = {}
        self._changed_by: dict[str, str] = dict.fromkeys(self._modes, "")
        self.switches = 0

    def begin(self, state: SiteState) -> None:
        """Take over what is interrupted as a run begins; groups run in normal mode."""
        for load in state.ai:
            if load.interruptions:
                (begun, _), self._loads[load.name] = load.interruptions[-1], True
                self._begun[load.name] = begun

    def run(self, moment: datetime, decision: SiteDecision | None) -> None:
        """Write down one interval; None if nothing was decided and everything stayed as it was."""
        if decision is not None:
            for group in decision.answer["groups"]:
                name, parts = group["name"], group.get("parts")
                for n, mode in enumerate(parts or [group["mode"]], 1):
                    member = f"{name} {n}/{len(parts)}" if parts else name
                    if mode != self._modes[member]:
                        self._changed_by[member] = decision.answer["by"]
                    self._decided(moment, member, mode)
                self._check_reserve(moment, group)
            for load in decision.answer["ai"]:
                self._decided_load(moment, load["name"], load["interrupted"])
            self._check_limit(moment)
        local = moment.astimezone(self.site.zoneinfo)
        for name, mode in self._modes.items():
            self._off_minutes[name, f"{local:%Y-%m}"] += self.minutes * (mode == "off")
        for name, off in self._loads.items():
            for span in (f"{local:%Y-%m}", f"{local:%Y-%m-%d}"):
                self._interrupted[name, span] += self.minutes * off

    def _decided(self, moment: datetime, name: str, mode: str) -> None:
        group = next(g for g in self.site.machines if g.name == name)
        before, since, free = self._modes[name], self._switched[name], self._free[name]
        power = {"off": 0.0} | {m.name: m.power_mw for m in group.modes}
        changed, switched = mode != before, (mode == "off") != (before == "off")
        if switched:
            self.switches += 1
            least = timedelta(hours=group.min_off_hours if before == "off" else group.min_on_hours)
            if since is not None and moment - since < least:
                self._problem(moment, f"{name} {before} for {moment - since}, least is {least}")
            self._switched[name] = moment
        if changed and group.ramp_mw_per_hour is not None:
            if free is not None and moment < free:
                self._problem(moment, f"{name} changes before its last change is over")
            taken = timedelta(hours=abs(power[mode] - power[before]) / group.ramp_mw_per_hour)
            self._free[name] = moment + taken - timedelta(seconds=1)
        self._check_budget(moment, name, mode, least_off=timedelta(hours=group.min_off_hours))
        self._modes[name] = mode

    def _check_budget(self, moment: datetime, name: str, mode: str, least_off: timedelta) -> None:
        group = next(g for g in self.site.machines if g.name == name)
        month = f"{moment.astimezone(self.site.zoneinfo):%Y-%m}"
        if mode != "off" or group.max_off_hours_per_month is None:
            return
        used, since = self._off_minutes[name, month], self._switched[name]
        could_start = since is None or moment - since >= least_off
        if used + self.minutes > group.max_off_hours_per_month * 60 and could_start:
            self._problem(moment, f"{name} off for {used + self.minutes} minutes of {month}")

    def _decided_load(self, moment: datetime, name: str, off: bool) -> None:
        load: Any = next(each for each in self.site.ai if each.name == name)
        local = moment.astimezone(self.site.zoneinfo)
        for span, most in (
            (f"{local:%Y-%m}", load.max_hours_per_month),
            (f"{local:%Y-%m-%d}", load.max_hours_per_day),
        ):
            if off and self._interrupted[name, span] + self.minutes > most * 60:
                self._problem(moment, f"{name} interrupted for more than {most} hours of {span}")
        self._check_block(moment, load, off)
        self._loads[name] = off

    def _check_block(self, moment: datetime, load: Any, off: bool) -> None:
        """An interruption lasts its block, whoever decided its end."""
        if off:
            self._begun.setdefault(load.name, moment)
            return
        begun, least = self._begun.pop(load.name, None), timedelta(hours=getattr(load, "min_block_hours", 0))
        if begun is not None and moment - begun < least:
            self._problem(moment, f"{load.name} interrupted for {moment - begun}, least is {least}")

    def _check_reserve(self, moment: datetime, answer: dict[str, Any]) -> None:
        """What is sold can be dropped, unless a plan chose to pay for the shortfall."""
        holds, members = 0.0, [g for g in self.site.machines if g.group == answer["name"]]
        for group in members:
            power = {"off": 0.0} | {mode.name: mode.power_mw for mode in group.modes}
            holds += power[self._modes[group.name]] * group.reserve_share
        by_default = any(self._changed_by[group.name] == "default" for group in members)
        if answer["reserve_mw"] > holds + 1e-4 and by_default:
            name, mode = answer["name"], answer["mode"]
            self._problem(moment, f"{name} {mode} holds {holds:g} of {answer['reserve_mw']} MW sold")

    def _check_limit(self, moment: datetime) -> None:
        drawn = self.site.ai_mw + sum(
            next((m.power_mw for m in group.modes if m.name == self._modes[group.name]), 0.0)
            for group in self.site.machines
        )
        limit = self._limit_mw(self.temperature_c(moment))
        if drawn > limit * (1 + 1e-6):
            self._problem(moment, f"{drawn:g} MW drawn, the limit is {limit:g}")

    def _limit_mw(self, temperature_c: float) -> float:
        points = self.site.heat_limit.points if self.site.heat_limit else ()
        limit = self.site.limit_mw
        for n, (cooler, more) in enumerate(points):
            hotter, less = points[n + 1] if n + 1 < len(points) else (np.inf, more)
            if temperature_c >= cooler:
                limit = more + (less - more) * (temperature_c - cooler) / (hotter - cooler)
        return limit

    def _problem(self, moment: datetime, what: str) -> None:
        self.problems.append(f"{moment:%Y-%m-%dT%H:%M}: {what}")


@dataclass(frozen=True)
class Outcome:
    """What came of a simulated run.

    Args:
        intervals: Intervals decided.
        counts: Disturbances, decisions by the safe default, starts and stops, by name.
        problems: Limits that were broken, and decisions that did not replay.
    """

    intervals: int
    counts: Counter[str]
    problems: list[str]


def run(
    days: float, minutes: int, seed: int, rate: float = 0.02, hours: int = 36, text: str = SITE
) -> Outcome:
    """Run a site over so many days and replay its log.

    Args:
        days: Days simulated; the clocks change after seven, the month after 28.
        minutes: Length of an interval.
        seed: Other seeds disturb otherwise.
        rate: Chance of a disturbance in an interval.
        hours: Hours a plan looks ahead.
        text: The site's file.
    """
    made, chance, site = world(int(np.ceil(days)), minutes, seed), random.Random(seed), parse_site(text)

    def temperature_c(moment: datetime) -> float:
        return float(made.prices["temp_c"][made.position(moment)])

    books, counts, count = Books(site, minutes, temperature_c), Counter[str](), int(days * 24 * 60 / minutes)
    start = made.prices.ts_utc[BEFORE_DAYS * 24 * 60 // minutes].item().replace(tzinfo=UTC)
    with TemporaryDirectory() as folder:
        state, log = StateFile(Path(folder) / "state.json"), RunLog(Path(folder) / "run.log")
        settings = RunSettings(minutes, hours, default=chance.choice(("keep", "off", "normal")))

        def begun() -> SiteOperator:
            return SiteOperator(text, settings, state, log, made.read)

        operator = begun()
        for n, moment in enumerate(start + timedelta(minutes=minutes) * k for k in range(count)):
            _weather(made, chance, counts, rate)
            if chance.random() < rate / 4 and n:
                counts["intervals nothing ran in"] += 1
                books.run(moment, None)
                operator = begun()
                continue
            decision = operator.step(moment + timedelta(seconds=chance.randrange(60)))
            if chance.random() < rate:
                counts["kills"] += 1
                before = decision.answer
                decision = _killed(chance.choice(_KILLS), state, log, begun, moment)
                operator = begun()
                if [g["mode"] for g in decision.answer["groups"]] != [g["mode"] for g in before["groups"]]:
                    books.problems.append(f"{moment}: decided otherwise after a kill")
            counts[f"decided by {decision.answer['by']}"] += 1
            counts.update(f"alarm {alarm['kind']}" for alarm in decision.alarms)
            books.run(moment, decision)
        again = replay(log.path)
    counts["starts and stops"] = books.switches
    if again.difference:
        books.problems.append(f"replay differs: {again.difference}")
    return Outcome(count, counts, books.problems)


def _weather(made: World, chance: random.Random, counts: Counter[str], rate: float) -> None:
    """Let something go wrong with the prices, or be over."""
    if made.silent or made.old_intervals or made.ahead_hours < _AHEAD_HOURS:
        if chance.random() < 0.2:
            made.silent, made.old_intervals, made.ahead_hours = False, 0, _AHEAD_HOURS
    elif chance.random() < rate:
        counts["troubles with prices"] += 1
        trouble = chance.randrange(3)
        made.silent = trouble == 0
        made.old_intervals = chance.randrange(1, 9) if trouble == 1 else 0
        made.ahead_hours = chance.choice((0, 2, 8)) if trouble == 2 else _AHEAD_HOURS


def _before_state(state: StateFile, log: RunLog) -> None:
    """The line is in the log; the state is as it was an interval ago."""
    remembered = state.read()
    assert remembered is not None
    if remembered.before is not None:
        state.write(type(remembered)(remembered.before))


def _no_state(state: StateFile, log: RunLog) -> None:
    state.path.unlink()


def _damaged_state(state: StateFile, log: RunLog) -> None:
    state.path.write_bytes(state.path.read_bytes()[:40])


def _torn_line(state: StateFile, log: RunLog) -> None:
    """The next line was begun when the power failed."""
    with log.path.open("ab") as file:
        file.write(b'{"kind": "interval", "moment": "20')


_Damage = Callable[[StateFile, RunLog], None]
_KILLS: tuple[_Damage, ...] = (_before_state, _no_state, _damaged_state, _torn_line)


def _killed(
    damage: _Damage,
    state: StateFile,
    log: RunLog,
    begun: Callable[[], SiteOperator],
    moment: datetime,
) -> SiteDecision:
    """Kill the run, and start it again within the interval."""
    damage(state, log)
    return begun().step(moment)


def words(outcome: Outcome) -> Iterator[str]:
    """Say what came of it: counts, and the first problems."""
    yield f"{outcome.intervals:,} intervals: {len(outcome.problems)} problems"
    yield ", ".join(f"{count:,} {name}" for name, count in sorted(outcome.counts.items()))
    yield from outcome.problems[:5]
