"""Scenario files: every input of an outlook as TOML, each with its value and where it came from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from hashpivot.core import InvalidInput, Quarter, UnreadableFile, parse_toml, read_text

from ..calibration import Calibration
from ..inputs import (
    AiContract,
    CompanyInputs,
    Debt,
    MarketParameters,
    Origins,
    PowerQuarter,
    changed,
    current_table,
    origin,
    parsed,
    plain,
    unknown,
)
from ..run import OutlookCase

SECTIONS = ("mining", "steady", "cloud", "colocation", "chips", "finance")
MARKET = ("price", "fees", "network")
_TOP = {"ticker", "name", "contracts", "power", "debt", "market", *SECTIONS}
_NAMES = ("name", "quarter")
"""Keys that say which contract, quarter of power or instrument it is."""
_RATES = ("usd_per_quarter", "usd_per_kw_month")
_RATE_HINT = (
    "a contract's rate is usd_per_quarter, or critical_mw with usd_per_kw_month, or for a hall without a "
    'tenant critical_mw with pricing = "market"'
)
_LARGEST_BYTES = 1_000_000
_ESTIMATED = "estimated from the network's history, see docs/methods/outlook.md"


def scenario_text(calibration: Calibration, case: OutlookCase) -> str:
    """A case as a scenario file, every input with its origin."""
    return "\n".join(_lines(calibration, case)) + "\n"


def _lines(calibration: Calibration, case: OutlookCase) -> Iterator[str]:
    yield f"# Outlook of {case.inputs.ticker}: lines of {calibration.quarter}, market of {calibration.as_of}."
    yield "# Change any value; what you leave out is taken from the calibration again."
    yield f"ticker = {json.dumps(case.inputs.ticker)}"
    yield f"name = {json.dumps(case.scenario)}"
    for section in SECTIONS:
        yield from _section(section, getattr(case.inputs, section), calibration.origins)
    for part in MARKET:
        yield f"\n[market.{part}]"
        yield from (
            f"{key} = {_pair(value, _ESTIMATED)}" for key, value in _items(getattr(case.parameters, part))
        )
    for contract in case.inputs.contracts:
        yield "\n[[contracts]]"
        yield from _keys(f"contracts.{contract.name}", contract, calibration.origins)
    for known in case.inputs.power:
        yield "\n[[power]]"
        yield from _keys(f"power.{known.quarter}", known, calibration.origins)
    for debt in case.inputs.debt:
        yield "\n[[debt]]"
        yield from _keys(f"debt.{debt.name}", debt, calibration.origins)


def _section(name: str, inputs: Any, origins: Origins) -> Iterator[str]:
    yield f"\n[{name}]"
    yield from _keys(name, inputs, origins)


def _keys(section: str, inputs: Any, origins: Origins) -> Iterator[str]:
    for key, value in _items(inputs):
        where = origins.get(f"{section}.{key}")
        yield f"{key} = {_pair(value, where) if where else _literal(value)}"


def _items(inputs: Any) -> list[tuple[str, Any]]:
    pairs = [(each.name, getattr(inputs, each.name)) for each in fields(inputs)]
    return [(name, value) for name, value in pairs if value is not None]


def _pair(value: Any, where: str) -> str:
    return f"{{ value = {_literal(value)}, from = {_literal(where)} }}"


def _literal(value: Any) -> str:
    if isinstance(value, Quarter | str):
        return json.dumps(str(value), ensure_ascii=False)
    return repr(value)


def input_rows(case: OutlookCase, origins: Origins) -> list[tuple[str, Any, str]]:
    """Every input of a case: key, value, and where it came from."""
    parts = [(section, getattr(case.inputs, section)) for section in SECTIONS]
    parts += [(f"contracts.{each.name}", each) for each in case.inputs.contracts]
    parts += [(f"power.{each.quarter}", each) for each in case.inputs.power]
    parts += [(f"debt.{each.name}", each) for each in case.inputs.debt]
    company = [
        (f"{section}.{key}", value, origins.get(f"{section}.{key}", ""))
        for section, inputs in parts
        for key, value in _items(inputs)
        if key not in _NAMES
    ]
    market = ((part, getattr(case.parameters, part)) for part in MARKET)
    return [
        *company,
        *((f"market.{part}.{key}", v, _ESTIMATED) for part, model in market for key, v in _items(model)),
    ]


def read_scenario(path: Path) -> Mapping[str, Any]:
    """The table of a scenario file, its keys checked at the top level.

    Raises:
        UnreadableFile: If it cannot be read.
        InvalidInput: If it is not TOML or has an unknown key.
    """
    table = read_toml(path)
    unknown(table, _TOP, str(path))
    return {key: _current(value, f"{path} [{key}]") for key, value in table.items()}


def _current(value: Any, where: str) -> Any:
    """A section with today's names of inputs."""
    return current_table(value, where) if isinstance(value, dict) else value


def read_toml(path: Path) -> Mapping[str, Any]:
    """The table of a small TOML file.

    Raises:
        UnreadableFile: If it cannot be read.
        InvalidInput: If it is not TOML.
    """
    try:
        return parse_toml(read_text(path, _LARGEST_BYTES))
    except OSError as error:
        raise UnreadableFile(f"cannot be read: {error.strerror}", where=str(path)) from None
    except UnicodeDecodeError:
        raise UnreadableFile("is not UTF-8", where=str(path), hint="save it in that encoding") from None
    except ValueError as error:
        raise InvalidInput(f"not valid TOML: {error}", where=str(path)) from None


def apply_scenario(case: OutlookCase, table: Mapping[str, Any], first: Quarter, where: str) -> OutlookCase:
    """A case with the values of a scenario file.

    Args:
        case: The calibrated case.
        table: What `read_scenario` gave.
        first: First quarter of the ledger; no contract may start before.
        where: The file, for messages.

    Raises:
        InvalidInput: Naming the key and the allowed range.
    """
    ticker = table.get("ticker", case.inputs.ticker)
    if ticker != case.inputs.ticker:
        raise InvalidInput(f"the scenario is of {ticker!r}, not {case.inputs.ticker}", where=where)
    name = table.get("name", Path(where).stem)
    if not isinstance(name, str):
        raise InvalidInput("name must be text in quotes", where=where)
    inputs = _inputs(case.inputs, table, where)
    if "contracts" in table:
        inputs = replace(inputs, contracts=_contracts(table["contracts"], first, where))
    if "power" in table:
        inputs = replace(inputs, power=_power(table["power"], where))
    parameters = _market(case.parameters, _table(table.get("market", {}), "market", where), where)
    return replace(case.with_company(inputs), parameters=parameters, scenario=name)


def scenario_origins(table: Mapping[str, Any]) -> Origins:
    """Origin of every input a scenario file gives; `user` where it says none."""
    origins = Origins()
    for section in SECTIONS:
        origins.update({f"{section}.{key}": origin(value) for key, value in table.get(section, {}).items()})
    for rows, name in (("contracts", "name"), ("power", "quarter"), ("debt", "name")):
        for row in table.get(rows, ()):
            prefix = f"{rows}.{plain(row[name], name, rows)}"
            origins.update({f"{prefix}.{key}": origin(value) for key, value in row.items() if key != name})
    return origins


def _inputs(inputs: CompanyInputs, table: Mapping[str, Any], where: str) -> CompanyInputs:
    parts: dict[str, Any] = {}
    for section in SECTIONS:
        if section in table:
            present, given = getattr(inputs, section), _table(table[section], section, where)
            parts[section] = changed(present, given, f"{where} [{section}]")
    if "debt" in table:
        parts["debt"] = _debt(table["debt"], where)
    return replace(inputs, **parts)


def _market(parameters: MarketParameters, table: Mapping[str, Any], where: str) -> MarketParameters:
    unknown(table, set(MARKET), f"{where} [market]")
    for part, given in table.items():
        place = f"{where} [market.{part}]"
        present = getattr(parameters, part)
        parameters = replace(parameters, **{part: changed(present, _table(given, part, where), place)})
    return parameters


def _tables(rows: Any, name: str, where: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Tables of an array and where each stands."""
    if not isinstance(rows, list):
        raise InvalidInput(f"{name} must be tables", where=where, hint=f"write [[{name}]]")
    for number, row in enumerate(rows, 1):
        place = f"{where} [[{name}]] {number}"
        yield _table(row, name, place, f"write [[{name}]]"), place


def _needs(row: Mapping[str, Any], keys: Sequence[str], what: str, where: str) -> None:
    missing = next((key for key in keys if key not in row), None)
    if missing:
        hint = f"{what} needs {', '.join(keys[:-1])} and {keys[-1]}"
        raise InvalidInput(f"{missing} is missing", where=where, hint=hint)


def _power(rows: Any, where: str) -> tuple[PowerQuarter, ...]:
    quarters = []
    for row, place in _tables(rows, "power", where):
        _needs(row, ("quarter", "uptime", "power_usd_per_mwh"), "a quarter of power", place)
        quarters.append(PowerQuarter(**parsed(PowerQuarter, row, place)))
    return tuple(quarters)


def _debt(rows: Any, where: str) -> tuple[Debt, ...]:
    instruments = []
    for row, place in _tables(rows, "debt", where):
        _needs(row, ("name", "principal_usd"), "an instrument", place)
        instruments.append(Debt(**parsed(Debt, row, place)))
    return tuple(instruments)


def _contracts(rows: Any, first: Quarter, where: str) -> tuple[AiContract, ...]:
    return tuple(_contract(row, first, place) for row, place in _tables(rows, "contracts", where))


def _tells_rate(row: Mapping[str, Any], where: str) -> bool:
    signed = plain(row.get("pricing", "signed"), "pricing", where) == "signed"
    return not signed or any(key in row for key in _RATES)


def _contract(row: Mapping[str, Any], first: Quarter, where: str) -> AiContract:
    _needs(row, ("name", "start"), "a contract", where)
    if not _tells_rate(row, where):
        raise InvalidInput("usd_per_quarter is missing", where=where, hint=_RATE_HINT)
    start = plain(row["start"], "start", where)
    contract = AiContract(**parsed(AiContract, row, where))
    if not first <= contract.start <= first + 200:
        raise InvalidInput(
            f"start = {start} lies before the ledger or too far ahead", where=where,
            hint=f"allowed is {first} to {first + 200}",
        )  # fmt: skip
    return contract


def _table(value: Any, name: str, where: str, hint: str = "") -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InvalidInput(f"{name} must be a table", where=where, hint=hint or f"write [{name}]")
    return value
