"""Cases: what runs in each environment. A case is a command line, or several that build on one another."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from .bindings import CannotBind, Made, Written, bind, source_of
from .extract import ShownLine

_NO_JSON = re.compile(r"--(?:json|csv|help|version)\b|(?<=\s)-h\b")


@dataclass(frozen=True)
class Case:
    """Commands that run one after the other in one fresh folder.

    Args:
        steps: The commands.
        places: Where the documents show them; `broad` for those of the fixed list.
        inputs: Names of files laid in the folder first, for `source_of`.
        services: Addresses they need, keys of `SERVICES`.
    """

    steps: tuple[str, ...]
    places: tuple[str, ...]
    inputs: tuple[str, ...] = ()
    services: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The commands on one line."""
        return " && ".join(self.steps)

    @property
    def id(self) -> str:
        """A file name that changes with the commands and with what is laid beside them."""
        parts = [*self.steps, *(f"{name}={_source_text(name)}" for name in self.inputs)]
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]
        return f"{re.sub('[^A-Za-z0-9]+', '-', self.text)[:60].strip('-')}-{digest}"

    def to_dict(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> Case:
        """From `to_dict`."""
        return cls(**{name: tuple(value) for name, value in kept.items()})


@dataclass(frozen=True)
class Unbound:
    """A command line that cannot be run, and why."""

    line: str
    place: str
    reason: str


def shown_cases(lines: Iterable[ShownLine]) -> tuple[list[Case], list[Unbound]]:
    """The cases of lines shown, each once with every place; and the lines that cannot be bound."""
    cases: dict[tuple[str, ...], Case] = {}
    unbound: list[Unbound] = []
    for line in lines:
        try:
            bound = bind(line.ours)
        except CannotBind as error:
            unbound.append(Unbound(line.text, line.place, str(error)))
            continue
        earlier = cases.get(bound.steps)
        places = (*(earlier.places if earlier else ()), line.place)
        cases[bound.steps] = Case(bound.steps, places, bound.inputs, bound.services)
    return list(cases.values()), unbound


def with_json(cases: Iterable[Case]) -> list[Case]:
    """The cases, each followed by itself with `--json` unless it has that, or a case already is that."""
    listed = {case.steps: case for case in cases}
    for case in list(listed.values()):
        steps = tuple(_add_json(step) for step in case.steps)
        listed.setdefault(steps, Case(steps, case.places, case.inputs, case.services))
    return list(listed.values())


def _add_json(step: str) -> str:
    """`--json` before a redirection."""
    if _NO_JSON.search(step):
        return step
    command, arrow, file = step.partition(" > ")
    return f"{command} --json{arrow}{file}"


def _source_text(name: str) -> str:
    source = source_of(name)
    if isinstance(source, Written):
        return source.text()
    return source.command if isinstance(source, Made) else source.path
