"""Statements of a text as remarks for the ledger, and the way back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from hashpivot.core import FiscalCalendar, LedgerError, Remark, Source

from ._flag_table import StatedFlag
from ._flags import Flag
from ._scope import is_scope
from ._statements import Statements, find_statements
from ._target import METRICS, Stance, Target

if TYPE_CHECKING:
    from hashpivot.filings import Prose

T = TypeVar("T")


def remarks_of(
    prose: Prose, *, source: Source, calendar: FiscalCalendar, names: tuple[str, ...] = ()
) -> list[Remark]:
    """What a text says, for `Ledger.add`: one remark that it was read, its targets, withdrawals and flags.

    Args:
        prose: The text.
        source: The filing; its `known` is the day the words were said, its ticker says by whom.
        calendar: The company's.
        names: The company's names, as for `find_targets`.
    """
    found = find_statements(prose, said_on=source.known, calendar=calendar, names=names)
    return statement_remarks(found, source)


def statement_remarks(found: Statements, source: Source) -> list[Remark]:
    """The remarks of statements already found; contracts are not kept.

    The first one, of the kind `text`, says that the text was read, so that silence is an answer.
    """
    return [
        _remark(source, "text", "", {"form": source.form}),
        *(_target_remark(target, source, "target") for target in found.targets),
        *(_target_remark(target, source, "withdrawal") for target in found.withdrawals),
        *(_flag_remark(flag, source) for flag in found.flags),
    ]


def _target_remark(target: Target, source: Source, kind: str) -> Remark:
    data = {
        "metric": target.metric, "low": _plain(target.low), "high": _plain(target.high), "unit": target.unit,
        "due": target.due.isoformat() if target.due else None, "due_text": target.due_text,
        "stance": target.stance.value, "excerpt": target.excerpt, "added": target.added,
        "scope": target.scope,
    }  # fmt: skip
    return _remark(source, kind, target.locator, data)


def _flag_remark(flag: Flag, source: Source) -> Remark:
    data = {
        "form": source.form, "kind": flag.kind, "name": flag.name, "count": flag.count,
        "excerpt": flag.excerpt,
    }  # fmt: skip
    return _remark(source, "flag", flag.locator, data)


def target_of(remark: Remark) -> Target:
    """The target of a remark of the kind `target` or `withdrawal`, its locator `SOURCE#p:12/s:3`.

    Raises:
        LedgerError: If the remark is no such one.
    """
    return _restored(remark, ("target", "withdrawal"), _target)


def flag_of(remark: Remark) -> StatedFlag:
    """The flag of a remark of the kind `flag`, or of `text`: then of an empty kind, read and silent so far.

    Raises:
        LedgerError: If the remark is no such one.
    """
    return _restored(remark, ("flag", "text"), _flag)


def _remark(source: Source, kind: str, locator: str, data: dict[str, Any]) -> Remark:
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return Remark(source.ticker, source.key, source.known, kind, locator, text)


def _restored(remark: Remark, kinds: tuple[str, ...], make: Callable[[Remark, dict[str, Any]], T]) -> T:
    try:
        if remark.kind not in kinds:
            raise ValueError(f"it is a {remark.kind}")
        return make(remark, json.loads(remark.data))
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise LedgerError(
            f"remark {remark.id} is no {kinds[0]}: {error}", hint="add the filing to a new ledger"
        ) from None


def _target(remark: Remark, data: dict[str, Any]) -> Target:
    if data["metric"] not in METRICS:
        raise ValueError(f"{data['metric']!r} is no metric")
    scope = data.get("scope", "")  # remarks of earlier versions have none
    if not is_scope(scope):
        raise ValueError(f"{scope!r} is no line")
    low, high = (None if data[name] is None else Decimal(data[name]) for name in ("low", "high"))
    return Target(
        data["metric"], low, high, data["unit"], date.fromisoformat(data["due"]) if data["due"] else None,
        data["due_text"], Stance(data["stance"]), f"{remark.source}#{remark.locator}", data["excerpt"],
        remark.known, data["added"], remark.ticker, scope,
    )  # fmt: skip


def _flag(remark: Remark, data: dict[str, Any]) -> StatedFlag:
    kind, name, count = (
        (data["kind"], data["name"], int(data["count"])) if remark.kind == "flag" else ("", "", 0)
    )
    return StatedFlag(
        remark.ticker, remark.known, data["form"], kind, name, count, remark.source, remark.locator
    )


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"
