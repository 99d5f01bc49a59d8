"""Statements of a text as remarks for the ledger, and the way back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hashpivot.core import MEASURES, Locator, Source, TextFact
from hashpivot.ledger import canonical_json, restore_fact, target_data

from ._contract_mention import ContractMention
from ._disclosures import Disclosures
from ._preliminary_result import Preliminary
from ._risk_mention import RiskMention
from ._split_mention import SplitMention


def statement_remarks(found: Disclosures, source: Source) -> list[TextFact]:
    """The remarks of statements already found.

    The first one, of the kind `text`, says that the text was read, so that silence is an answer.
    """
    return [
        _remark(source, "text", "", {"form": source.form}),
        *(_remark(source, "target", str(t.locator), target_data(t)) for t in found.targets),
        *(_remark(source, "withdrawal", str(t.locator), target_data(t)) for t in found.withdrawals),
        *(_flag_remark(flag, source) for flag in found.flags),
        *(_contract_remark(contract, source) for contract in found.contracts),
        *(_preliminary_remark(result, source) for result in found.preliminary),
        *(_split_remark(split, source) for split in found.splits),
    ]


def _flag_remark(flag: RiskMention, source: Source) -> TextFact:
    data = {
        "form": source.form, "kind": flag.kind, "name": flag.name, "count": flag.count,
        "excerpt": flag.excerpt,
    }  # fmt: skip
    return _remark(source, "flag", flag.locator, data)


def _contract_remark(contract: ContractMention, source: Source) -> TextFact:
    data = {
        "role": contract.role, "counterparty": contract.counterparty,
        "mw_critical_it": contract.mw_critical_it, "mw": contract.mw, "gpus": contract.gpus,
        "term_years": contract.term_years, "value_usd": contract.value_usd, "start": contract.start,
        "start_text": contract.start_text, "excerpt": contract.excerpt,
    }  # fmt: skip
    return _remark(source, "contract", contract.locator, {name: _text(value) for name, value in data.items()})


def _preliminary_remark(result: Preliminary, source: Source) -> TextFact:
    data = {
        "measure": result.measure, "low": result.low, "high": result.high, "start": result.start,
        "end": result.end, "excerpt": result.excerpt,
    }  # fmt: skip
    return _remark(
        source, "preliminary", result.locator, {name: _text(value) for name, value in data.items()}
    )


def _split_remark(split: SplitMention, source: Source) -> TextFact:
    data = {"ratio": split.ratio, "day": split.day, "excerpt": split.excerpt}
    return _remark(source, "split", split.locator, {name: _text(value) for name, value in data.items()})


def contract_of(remark: TextFact) -> ContractMention:
    """The contract of a remark of the kind `contract`.

    Raises:
        LedgerError: If the remark is no such one.
    """
    return restore_fact(remark, ("contract",), _contract)


def preliminary_of(remark: TextFact) -> Preliminary:
    """The preliminary result of a remark of the kind `preliminary`.

    Raises:
        LedgerError: If the remark is no such one.
    """
    return restore_fact(remark, ("preliminary",), _preliminary)


def split_of(remark: TextFact) -> SplitMention:
    """The stock split of a remark of the kind `split`.

    Raises:
        LedgerError: If the remark is no such one.
    """
    return restore_fact(remark, ("split",), _split)


def _remark(source: Source, kind: str, locator: str, data: dict[str, Any]) -> TextFact:
    return TextFact(
        source.ticker, source.key, source.known, kind, Locator.parse(locator), canonical_json(data)
    )


def _contract(remark: TextFact, data: dict[str, Any]) -> ContractMention:
    role, counterparty, start_text, shown = (
        data[name] for name in ("role", "counterparty", "start_text", "excerpt")
    )
    if not isinstance(role, str) or not isinstance(counterparty, str):
        raise ValueError("it names no party")
    return ContractMention(
        role, counterparty, _decimal(data["mw_critical_it"]), _decimal(data["mw"]), _decimal(data["gpus"]),
        _decimal(data["term_years"]), _decimal(data["value_usd"]), _date(data["start"]), start_text,
        str(remark.locator), shown,
    )  # fmt: skip


def _preliminary(remark: TextFact, data: dict[str, Any]) -> Preliminary:
    low, high, start, end = (data[name] for name in ("low", "high", "start", "end"))
    if data["measure"] not in MEASURES:
        raise ValueError(f"{data['measure']!r} is no measure")
    return Preliminary(
        data["measure"], _decimal(low), _decimal(high), _date(start), date.fromisoformat(end),
        str(remark.locator), data["excerpt"],
    )  # fmt: skip


def _split(remark: TextFact, data: dict[str, Any]) -> SplitMention:
    return SplitMention(Decimal(data["ratio"]), _date(data["day"]), str(remark.locator), data["excerpt"])


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _text(value: object) -> str | None:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else None if value is None else str(value)
