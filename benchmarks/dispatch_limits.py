"""Dispatch under a shared limit and with a battery against the same MILP at a gap of 0.05%.

    python -m benchmarks.dispatch_limits [--hours N] [--battery-hours N] [--seconds N] [--peers NAME ...]

Every instance is solved by hashpivot and by peers in one run: scipy's HiGHS, the programme built by linopy,
and PyPSA, which knows one mode a group. Shown are objective and proven bound, seconds to build and to solve,
and the gap of each. Exit status 1 if an objective exceeds another's bound. linopy and PyPSA are left out
where not installed, saying so: `pip install linopy pypsa`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from importlib.util import find_spec

import numpy as np

from benchmarks.limit_peers import Instance, Proven, by_linopy, by_pypsa, by_scipy
from hashpivot.site import Battery, Machines, Mode, load_zone
from hashpivot.site.economics import SupplyCurve
from hashpivot.site.solvers import SharedLimits, dispatch
from hashpivot.site.solvers._dynamic_programme import DispatchProblem
from hashpivot.site.solvers._plant_dispatch import dispatch_plant
from hashpivot.site.solvers.bus import SiteBus

GAP = 5e-4
ROUNDING = 1e-6
GROUPS = 4
LIMIT_MW = 31.0
"""Of 46 MW of all groups."""
_PEERS: dict[str, tuple[str, Callable[[Instance, float, float], Proven], str]] = {
    "scipy": ("scipy", by_scipy, "scipy"),
    "linopy": ("linopy", by_linopy, "linopy"),
    "pypsa": ("PyPSA", by_pypsa, "pypsa"),
}


def machines(hours: int, *, eco: bool) -> tuple[DispatchProblem, SharedLimits]:
    """Groups of 10 to 13 MW under a limit that three of them exceed, energy not paid."""
    groups, worth = [], []
    for number in range(GROUPS):
        power, value = 10.0 + number, 40.0 + 7 * number  # MW, USD/MWh in normal mode
        modes = (Mode("normal", 100.0 * power, power),)
        if eco:
            modes = (Mode("eco", 78.0 * power, 0.72 * power), *modes)
        times = {"min_on_hours": 2 + number % 3, "min_off_hours": 2 + number % 2}
        groups.append(Machines(f"group {number}", modes, 40.0 + 15 * number, 10.0, **times))
        worth.append([0.0, *([0.8 * value * power] if eco else []), value * power])
    drawn = np.array([[0.0, *(mode.power_mw for mode in group.modes)] for group in groups])
    start = np.tile([group.start_cost_usd for group in groups], (hours, 1))
    stop = np.array([group.stop_cost_usd for group in groups])
    rewards = np.broadcast_to(np.array(worth), (hours, *drawn.shape)).copy()
    none = np.zeros((0, hours))
    problem = DispatchProblem(groups, rewards, start, stop, np.zeros(hours, dtype=bool))
    return problem, SharedLimits(drawn, 0 * drawn, np.full(hours, LIMIT_MW), none, none)


def instances(hours: int, battery_hours: int) -> list[Instance]:
    """The instances, on the latest hours of LZ_WEST."""
    price, battery = load_zone("LZ_WEST").rt, Battery(8.0, 16.0, 0.95, 0.95, 5.0)
    found = []
    for length, beside in ((hours, None), (battery_hours, battery)):
        for eco, modes in ((False, "one mode a group"), (True, "two modes a group")):
            name = f"limit and battery, {modes}" if beside else f"limit, {modes}"
            found.append(Instance(name, price[-length:], *machines(length, eco=eco), beside))
    return found


def by_hashpivot(instance: Instance) -> Proven:
    """This package's."""
    begun = time.perf_counter()
    groups, limits, price = instance.groups, instance.limits, instance.price
    if instance.battery is None:
        paid = groups.with_rewards(groups.rewards - price[:, None, None] * limits.power_mw)
        found = dispatch(paid, limits)
    else:
        hours, flat = len(price), np.ones((len(price), 1))
        curve = SupplyCurve(np.zeros(hours), LIMIT_MW * flat, price[:, None], flat)
        found = dispatch_plant(groups, limits, SiteBus(curve, np.zeros(hours), instance.battery, 1.0))
    return Proven(found.value_usd, found.bound_usd, 0.0, time.perf_counter() - begun)


def line(title: str, found: Proven) -> str:
    """A row of the table."""
    dollars = f"  {title:24}{found.usd:15,.2f}{found.bound:15,.2f}"
    return f"{dollars}{found.gap:10.4%}{found.build:9.2f}{found.solve:9.2f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=int, default=168)
    parser.add_argument("--battery-hours", type=int, default=24, help="of instances with a battery: harder")
    parser.add_argument("--seconds", type=float, default=20.0, help="most a peer may solve an instance")
    parser.add_argument("--peers", nargs="*", choices=_PEERS, default=list(_PEERS))
    wanted, wrong = parser.parse_args(), False
    hours = f"{wanted.hours:,} hours ({wanted.battery_hours} with a battery)"
    print(f"{hours} x {GROUPS} groups, {LIMIT_MW:g} MW; peers stop at a gap of {GAP:.2%}")
    print(", ".join(_version(library) for library in ("highspy", *(_PEERS[key][2] for key in wanted.peers))))
    print(f"  {'':24}{'objective USD':>15}{'bound USD':>15}{'gap':>10}{'build s':>9}{'solve s':>9}")
    for instance in instances(wanted.hours, wanted.battery_hours):
        print(instance.name, flush=True)
        results = [by_hashpivot(instance)]
        print(line("hashpivot", results[0]), flush=True)
        for title, peer, library in (_PEERS[key] for key in wanted.peers):
            found = peer(instance, GAP, wanted.seconds) if find_spec(library) else None
            if found is None:
                why = "knows one mode a group" if find_spec(library) else "not installed"
                print(f"  {title:24}{why:>30}")
                continue
            results.append(found)
            print(line(f"{title} and HiGHS", found), flush=True)
        best, bound = max(found.usd for found in results), min(found.bound for found in results)
        contradicted = best > bound + ROUNDING * max(abs(bound), 1.0)
        wrong |= contradicted
        if contradicted:
            print("  an objective exceeds another's bound")
    return int(wrong)


def _version(library: str) -> str:
    return f"{library} {version(library)}" if find_spec(library) else f"{library} not installed"


if __name__ == "__main__":
    sys.exit(main())
