"""What a site's operation must remember from one interval to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hashpivot.core import HashpivotError, short_repr

from ..model import Site
from ._own_peaks import GRID, OwnPeak, own_peaks_after

OLDEST = timedelta(hours=48)
"""Judged: after two days without a decision, modes that were last decided say nothing about those now."""


class StateError(HashpivotError):
    """A site's state cannot be used: damaged, of another site or a later time, or in use by another run."""


@short_repr
@dataclass(frozen=True, slots=True)
class GroupState:
    """Where a group of machines stands.

    Args:
        name: The group.
        mode: `off` or one of its modes.
        switched: When it last started or stopped, UTC; None if that was before anything is known of it.
        held: Until when its power must not change, for its ramp, UTC; None if it may.
        off_minutes: Minutes it has been off in the state's month.
    """

    name: str
    mode: str
    switched: datetime | None = None
    held: datetime | None = None
    off_minutes: int = 0


@short_repr
@dataclass(frozen=True, slots=True)
class LoadState:
    """Where an AI load stands.

    Args:
        name: The load.
        interruptions: Beginnings and ends of its interruptions, UTC, in order; those of the state's month
            and of the two days before its moment.
    """

    name: str
    interruptions: tuple[tuple[datetime, datetime], ...] = ()

    def is_interrupted(self, moment: datetime) -> bool:
        """Return whether it is interrupted at a moment."""
        return any(start <= moment < end for start, end in self.interruptions)


@short_repr
@dataclass(frozen=True, slots=True)
class ReserveSale:
    """Reserve sold over consecutive intervals.

    Args:
        start: Beginning of the first, UTC.
        end: End of the last.
        mw: Reserve sold of each group by name.
    """

    start: datetime
    end: datetime
    mw: Mapping[str, float]


@short_repr
@dataclass(frozen=True, slots=True)
class SiteState:
    """Where a site stands as an interval begins: everything before it is decided, nothing from it on.

    Args:
        site: Name of the site.
        moment: Beginning of the interval, UTC.
        since: Since when the site is operated from its state, UTC: no reserve was offered before.
        machines: Its groups.
        ai: Its AI loads.
        month: Month of market local time that the counts are of, such as `2024-08`.
        sold: Reserve sold from the moment on, in order; nothing is in between where nothing was sold.
        charge_mwh: Energy held in each battery by name; empty if the site has none.
        own_peaks: What each charge on own peaks has measured, by its own window and length of demand.
    """

    site: str
    moment: datetime
    since: datetime
    machines: tuple[GroupState, ...]
    ai: tuple[LoadState, ...]
    month: str
    sold: tuple[ReserveSale, ...] = ()
    charge_mwh: Mapping[str, float] = field(default_factory=dict)
    own_peaks: tuple[OwnPeak, ...] = ()

    @classmethod
    def new(cls, site: Site, moment: datetime) -> SiteState:
        """Return a state of which nothing is known: in normal mode, free to stop, nothing used or sold."""
        groups = tuple(GroupState(group.name, group.modes[group.normal].name) for group in site.machines)
        loads = tuple(LoadState(load.name) for load in site.ai)
        return cls(site.name, moment, moment, groups, loads, local_month(moment, site.zoneinfo))

    def check_site(self, site: Site) -> None:
        """Raise if the state cannot be that of a site.

        Raises:
            StateError: If the site, a group, a mode or a load has another name.
        """
        hint = "name the state of this site, or move it and a run's log away: the next plan begins a new one"
        if self.site != site.name:
            raise StateError(f"the state is that of {self.site!r}, not of {site.name!r}", hint=hint)
        held = [*(group.name for group in self.machines), *(load.name for load in self.ai)]
        asked = [*(group.name for group in site.machines), *(load.name for load in site.ai)]
        if held != asked:
            raise StateError(
                f"it holds {', '.join(held)}; the site has {', '.join(asked)}",
                hint=f"the site's file changed: {hint}",
            )
        for group, machines in zip(self.machines, site.machines, strict=True):
            modes = ["off", *(mode.name for mode in machines.modes)]
            if group.mode not in modes:
                raise StateError(
                    f"machines {group.name!r} have no mode {group.mode!r}",
                    hint=f"modes are {', '.join(modes)}",
                )

    def held_until(self, moment: datetime, site: Site) -> SiteState:
        """Return the state at a later moment if everything stays as it is until then.

        Args:
            moment: The moment; the same state if it is not later.
            site: The site.
        """
        zone = site.zoneinfo
        if moment <= self.moment:
            return self
        month = local_month(moment, zone)
        begun = max(self.moment, month_start(moment, zone))
        idle = int((moment - begun).total_seconds() // 60)
        same = month == self.month
        machines = tuple(
            replace(
                group,
                off_minutes=(group.off_minutes if same else 0) + (idle if group.mode == "off" else 0),
            )
            for group in self.machines
        )
        ai = tuple(replace(load, interruptions=_goes_on(load, self.moment, moment, zone)) for load in self.ai)
        return replace(
            self,
            moment=moment,
            machines=machines,
            ai=ai,
            month=month,
            sold=sold_from(self.sold, moment),
            own_peaks=own_peaks_after(site, self.own_peaks, self.moment, moment, self._held_mw(site)),
        )

    def _held_mw(self, site: Site) -> dict[str, float]:
        """Return what is drawn while nothing is decided, by each group and from the grid."""
        drawn = self.drawn_mw(site)
        return {**drawn, GRID: sum(drawn.values()) + site.ai_mw}

    def drawn_mw(self, site: Site) -> dict[str, float]:
        """Return what each group draws in its mode, by name."""
        return {
            state.name: next((mode.power_mw for mode in group.modes if mode.name == state.mode), 0.0)
            for state, group in zip(self.machines, site.machines, strict=True)
        }

    def renewed(self, moment: datetime, site: Site) -> SiteState:
        """Return a new state that keeps this one's own peaks, and counts of the month if it is still that."""
        new = SiteState.new(site, moment)
        machines = tuple(
            replace(group, off_minutes=old.off_minutes)
            for group, old in zip(new.machines, self.machines, strict=True)
        )
        own_peaks = tuple(replace(peak, span_mw_minutes={}, span_minutes=0) for peak in self.own_peaks)
        if new.month != self.month:
            return replace(new, own_peaks=own_peaks)
        return replace(new, machines=machines, ai=self.ai, own_peaks=own_peaks)


def sold_from(sold: Iterable[ReserveSale], moment: datetime) -> tuple[ReserveSale, ...]:
    """Return what is sold from a moment on."""
    left = (sale for sale in sold if sale.end > moment)
    return tuple(replace(sale, start=max(sale.start, moment)) for sale in left)


def joined_sales(sold: Iterable[ReserveSale]) -> tuple[ReserveSale, ...]:
    """Return sales in order with those of the same reserve one after the other made one."""
    joined: list[ReserveSale] = []
    for sale in sold:
        if joined and joined[-1].end == sale.start and joined[-1].mw == sale.mw:
            joined[-1] = replace(joined[-1], end=sale.end)
        else:
            joined.append(sale)
    return tuple(joined)


def local_month(moment: datetime, zone: ZoneInfo) -> str:
    """Return the month of market local time a moment lies in, such as `2024-08`."""
    return f"{moment.astimezone(zone):%Y-%m}"


def month_start(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment of the market's month a moment lies in, UTC."""
    local = moment.astimezone(zone).date()
    return datetime(local.year, local.month, 1, tzinfo=zone).astimezone(UTC)


def kept_since(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return since when interruptions before a moment matter: its month, and two days."""
    return min(month_start(moment, zone), moment - OLDEST)


def history_start(state: SiteState, zone: ZoneInfo) -> datetime:
    """Return since when interruptions are counted: those that matter, from their beginning on."""
    starts = [start for load in state.ai for start, _ in load.interruptions]
    return min([kept_since(state.moment, zone), *starts])


def _goes_on(
    load: LoadState, before: datetime, moment: datetime, zone: ZoneInfo
) -> tuple[tuple[datetime, datetime], ...]:
    """Return interruptions up to a moment; one that lasted until the moment before has gone on."""
    runs = [(start, moment if end == before else end) for start, end in load.interruptions]
    return tuple((start, end) for start, end in runs if end > kept_since(moment, zone))
