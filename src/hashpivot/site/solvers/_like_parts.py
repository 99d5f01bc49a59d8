"""Parts of a group that are alike: counted together, and told apart again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..model import Whole
from ._dynamic_programme import DispatchProblem


def alike_parts(groups: DispatchProblem) -> list[list[int]]:
    """Return positions of groups, those together that only their number tells apart.

    How many of them are on in each hour says everything: those longest off start first, those longest on
    stop first. Ramps and hours off a month belong to each part, so such parts stay by themselves.
    """
    alike: list[list[int]] = []
    for g, machine in enumerate(groups.machines):
        counted = machine.ramp_mw_per_hour is None and machine.max_off_hours_per_month is None
        like = (m for m in alike if counted and machine.part_of and _like(groups, m[0], g))
        if members := next(like, None):
            members.append(g)
        else:
            alike.append([g])
    return alike


def _like(groups: DispatchProblem, one: int, other: int) -> bool:
    first, second = (replace(groups.machines[g], name="") for g in (one, other))
    return first == second and all(
        np.array_equal(values[:, one], values[:, other]) for values in (groups.rewards, groups.start_usd)
    )


def modes_of_parts(counts: Whole, *, free_start: bool) -> Whole:
    """Return the mode of each part that is alike, shape (T, P).

    Args:
        counts: How many parts run in each mode, 0 for off, shape (T, M); they add up to P.
        free_start: Whether the parts begin in any state; else all are on.
    """
    parts, mode = int(counts[0].sum()), np.arange(counts.shape[1])
    on, since = np.ones(parts, dtype=bool), np.full(parts, -1)
    modes = np.zeros((len(counts), parts), dtype=np.int64)
    for t, by_mode in enumerate(counts):
        change = int(by_mode[1:].sum() - on.sum())
        could = np.flatnonzero(on if change < 0 else ~on)
        longest = could[np.argsort(since[could], kind="stable")][: abs(change)]
        on[longest] = change > 0
        since[longest] = -1 if free_start and t == 0 else t
        modes[t, on] = np.repeat(mode[1:], by_mode[1:])
    return modes
