"""Time to dispatch 8,760 hours x 10 machine groups with start costs and minimum times, against peers.

    python -m benchmarks.dispatch [--hours N] [--groups N] [--rounds N] [--peers NAME ...]

All solve the same problem, on real prices of LZ_WEST, in one run: a dynamic programme in NumPy, the linear
programme by scipy's HiGHS, the same built by linopy, and PyPSA. Models are of one group at a time, which is
kinder to them. Setting up and solving are timed apart. Exit status 1 if objectives differ by more than 1e-6.
Needs the extra `bench`; a peer that is not installed is left out, saying so. PyPSA is in no extra:
`pip install pypsa`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from benchmarks.dispatch_peers import Timing, by_hashpivot, by_highs, by_linopy, by_numpy, by_pypsa, of_groups
from hashpivot.site import Machines, Mode, load_zone
from hashpivot.site.solvers._dynamic_programme import DispatchProblem

EQUAL = 1e-6


def problem(hours: int, count: int) -> DispatchProblem:
    """Groups of 8 to 17 MW of different efficiency, on the latest hours of the zone."""
    machines, worth = [], []
    for number in range(count):
        power = 8.0 + number
        modes = (Mode("eco", 78.0 * power, 0.72 * power), Mode("normal", 100.0 * power, power))
        machines.append(
            Machines(f"group {number}", modes, 40.0 + 15 * number, 10.0, 0, 2 + number % 4, 2 + number % 3)
        )
        value = 45.0 + 6 * number  # USD/MWh in normal mode
        worth.append([0.0, 0.8 * value * power, value * power])
    price = load_zone("LZ_WEST").rt[-hours:]
    drawn = np.array([[0.0, *(mode.power_mw for mode in group.modes)] for group in machines])
    rewards = np.array(worth) - price[:, None, None] * drawn
    start = np.tile([group.start_cost_usd for group in machines], (hours, 1))
    stop = np.array([group.stop_cost_usd for group in machines])
    return DispatchProblem(machines, rewards, start, stop, np.zeros(hours, dtype=bool))


PEERS = {
    "numpy": ("a dynamic programme in NumPy", by_numpy, "numpy"),
    "highs": ("linear programme, scipy and HiGHS", lambda groups: of_groups(groups, by_highs), "scipy"),
    "linopy": ("linear programme, linopy and HiGHS", lambda groups: of_groups(groups, by_linopy), "linopy"),
    "pypsa": ("linear unit commitment, PyPSA and HiGHS", lambda groups: of_groups(groups, by_pypsa), "pypsa"),
}


def median(groups: DispatchProblem, peer: Callable[[DispatchProblem], Timing], rounds: int) -> Timing:
    """The run of median time, of so many."""
    done = sorted((peer(groups) for _ in range(rounds)), key=lambda timing: timing.total)
    return done[len(done) // 2]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=int, default=8760)
    parser.add_argument("--groups", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=5, help="of ours and NumPy's, the median counts")
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS))
    wanted = parser.parse_args()
    groups, worst = problem(wanted.hours, wanted.groups), 0.0
    ours = median(groups, by_hashpivot, wanted.rounds)
    print(f"{wanted.hours:,} hours x {wanted.groups} groups")
    print(f"{'':42}{'build s':>10}{'solve s':>10}{'times ours':>12}{'apart':>10}")
    print(f"{'hashpivot':42}{ours.build:10.3f}{ours.solve:10.3f}{1:12.1f}{0:10.0e}", flush=True)
    for key in wanted.peers:
        title, peer, library = PEERS[key]
        if find_spec(library) is None:
            print(f"{title:42}{'not installed':>20}")
            continue
        other = median(groups, peer, wanted.rounds if key == "numpy" else 1)
        apart = abs(other.usd - ours.usd) / max(abs(ours.usd), 1.0)
        worst = max(worst, apart)
        times = other.total / ours.total
        print(f"{title:42}{other.build:10.3f}{other.solve:10.3f}{times:12.1f}{apart:10.0e}", flush=True)
    print(f"{ours.usd:,.4f} USD; objectives at most {worst:.1e} apart")
    return int(worst > EQUAL)


if __name__ == "__main__":
    sys.exit(main())
