"""Mining machines by model: the table shipped with the package."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from hashpivot.core import BundleError, csv_records

from .base import InvalidSite


@dataclass(frozen=True, slots=True)
class Asic:
    """One model of mining machine at its nominal setting.

    Args:
        model: Its name.
        ths: Hash rate in TH/s.
        watts: Power drawn in W.
        source: Where the numbers come from.
    """

    model: str
    ths: float
    watts: float
    source: str

    @property
    def j_per_th(self) -> float:
        """Energy per hash, W over TH/s."""
        return self.watts / self.ths


@cache
def asics() -> dict[str, Asic]:
    """Return the shipped table, by name in lower case.

    Raises:
        BundleError: If it is missing or damaged.
    """
    try:
        text = files("hashpivot.site").joinpath("data", "asics.csv").read_text(encoding="utf-8")
        rows = [
            Asic(row["model"], float(row["ths"]), float(row["watts"]), row["source"])
            for row in csv_records(text)
        ]
    except (OSError, KeyError, ValueError) as error:
        raise BundleError(
            f"cannot be read: {error}", where="asics.csv", hint="install hashpivot again"
        ) from None
    return {row.model.casefold(): row for row in rows}


def asic(model: str) -> Asic:
    """Return a model by name, in any case.

    Raises:
        InvalidSite: If it is not in the table, with the nearest names.
    """
    by_name = asics()
    if machine := by_name.get(model.casefold()):
        return machine
    near = get_close_matches(model.casefold(), by_name, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(by_name[name].model for name in near)}? " if near else ""
    raise InvalidSite(f"no machine {model!r} is known", hint=f"{hint}Or give it modes.normal of its own")
