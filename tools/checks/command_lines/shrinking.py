"""Make a failing case small: what can be left out without the fault going away is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from .case import Case, Entry, Surroundings

Fails = Callable[[Case], bool]
"""Tells whether a case still shows the fault."""
_MOST_RUNS = 150


def shrunk(case: Case, fails: Fails) -> Case:
    """Return the smallest case found that fails; `case` itself if nothing can be left out.

    Args:
        case: It fails.
        fails: Runs a case.
    """
    runs = 0
    smaller = True
    while smaller and runs < _MOST_RUNS:
        smaller = False
        for simpler in _simpler(case):
            runs += 1
            if runs > _MOST_RUNS:
                break
            if fails(simpler):
                case, smaller = simpler, True
                break
    return case


def _simpler(case: Case) -> Iterator[Case]:
    """Cases with one thing less, large things first."""
    usual = Surroundings()
    if case.around != usual:
        yield replace(case, around=usual)
    if case.variables:
        yield replace(case, variables={})
    home = {name: entry for name, entry in case.files.items() if name.startswith("home/")}
    if home:
        yield replace(case, files={name: entry for name, entry in case.files.items() if name not in home})
    for name in vars(usual):
        if getattr(case.around, name) != getattr(usual, name):
            yield replace(case, around=replace(case.around, **{name: getattr(usual, name)}))
    for name in case.variables:
        yield replace(case, variables={key: value for key, value in case.variables.items() if key != name})
    for name in case.files:
        yield replace(case, files={key: entry for key, entry in case.files.items() if key != name})
    for length in (4, 2, 1):
        for at in range(1, len(case.words) - length + 1):
            yield replace(case, words=case.words[:at] + case.words[at + length :])
    for name, entry in case.files.items():
        for data in _shorter(entry.data) if entry.told else ():
            yield replace(case, files={**case.files, name: Entry(data, entry.kind, entry.told)})


def _shorter(data: bytes) -> Iterator[bytes]:
    """Content with some of its lines left out."""
    lines = data.splitlines(keepends=True)
    size = len(lines) // 2
    while size:
        for at in range(0, len(lines), size):
            yield b"".join(lines[:at] + lines[at + size :])
        size //= 2
