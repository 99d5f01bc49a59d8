"""Schemas of the JSON that pages have: the keys that `docs/json.md` promises, with their types."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
SWITCH: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
QUARTER: Schema = {"type": "string", "pattern": "^[0-9]{4}Q[1-4]$"}


def named(name: str) -> Schema:
    """Point to a schema of `COMPONENTS`."""
    return {"$ref": f"#/components/schemas/{name}"}


def _object(**properties: Schema) -> Schema:
    """An object that has all these keys and may get others."""
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _map(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _optional(schema: Schema, **properties: Schema) -> Schema:
    """The object with keys that may be left out."""
    return schema | {"properties": schema["properties"] | properties}


_ANY: Schema = {"type": "object"}
_ROWS = _list(_ANY)
_QUESTIONS = ("revenue", "profitability", "growth", "execution")
_SPREAD: Schema = _object(median_usd=NUMBER, p10_usd=NUMBER, p90_usd=NUMBER)
_SCORE: Schema = {"type": "object"}

COMPONENTS: dict[str, Schema] = {
    "Error": _object(error=_object(kind=TEXT, message=TEXT, hint=TEXT)),
    "Running": _object(state=TEXT, retry_after_seconds=COUNT, job=TEXT, seconds=COUNT, address=TEXT),
    "Absence": _optional(
        _object(
            missing={"enum": ["not_in_ledger", "not_disclosed", "not_derivable", "not_applicable"]},
            reason=TEXT,
        ),
        needs=TEXT,
    ),
    "Answer": _object(
        verdict=TEXT,
        headline=TEXT,
        inputs_held=COUNT,
        inputs_needed=COUNT,
        inputs_total=COUNT,
        grade=_or_null(TEXT),
        absent=_list(named("Absence")),
        metrics=_map({"anyOf": [{"type": ["number", "string", "boolean", "null"]}, _ANY]}),
        evidence=_ROWS,
        notes=_list(TEXT),
        targets=_ROWS,
        stated=_ROWS,
    ),
    "SeasonCompany": _object(
        ticker=TEXT,
        name=TEXT,
        revenue_usd=_or_null(NUMBER),
        shares=_map(_or_null(NUMBER)),
        missing=_map(named("Absence")),
        checks_held=COUNT,
        checks_total=COUNT,
        grade=_or_null(TEXT),
        newest=_or_null(DAY),
        answers=_object(**{question: named("Answer") for question in _QUESTIONS}),
    ),
    "Season": _object(
        quarter=QUARTER,
        newer=_list(_object(quarter=QUARTER, totals=COUNT, breakdowns=COUNT)),
        companies=_list(named("SeasonCompany")),
    ),
    "Comparison": _object(
        quarters=_list(QUARTER),
        moves=_object(**{question: _map(COUNT) for question in _QUESTIONS}),
        companies=_list(_object(ticker=TEXT, name=TEXT, answers=_ANY)),
    ),
    "Company": _object(
        ticker=TEXT,
        name=TEXT,
        cik=_or_null(TEXT),
        day=DAY,
        quarters=_list(_object(quarter=QUARTER, fiscal=TEXT, start=DAY, end=DAY)),
        newest_quarter=_or_null(QUARTER),
        message=TEXT,
        caveat=TEXT,
        key_numbers=_ROWS,
        lines=_object(rows=_ROWS, unattributed_usd=_ROWS),
        statements=_object(
            income_statement=_ROWS, cash_flow_statement=_ROWS, balance_sheet=_ROWS, notes=_ROWS
        ),
        operating=_ROWS,
        shares=_object(quarters=_ROWS, splits=_ROWS),
        debt=_ANY,
        megawatts=_ANY,
        contracts=_ROWS,
        events=_ROWS,
        targets=_ROWS,
        answers=_map(named("Answer")),
        absences=_map(_ROWS),
        sources=_ROWS,
    ),
    "Report": _object(
        fetch=TEXT,
        ticker=TEXT,
        role=TEXT,
        form=TEXT,
        quarter=QUARTER,
        fiscal=TEXT,
        due=DAY,
        measures=_list(TEXT),
        verdicts=COUNT,
        metrics=COUNT,
        unlocks=_ROWS,
    ),
    "Coverage": _object(
        quarters=_list(QUARTER),
        day=DAY,
        companies=_list(_object(ticker=TEXT, name=TEXT, role=TEXT, newest=_or_null(_ANY), quarters=_ROWS)),
        missing=_list(named("Report")),
    ),
    "Nowcast": _object(
        quarter=QUARTER,
        as_of=DAY,
        network_to=DAY,
        companies=_list(
            _object(
                ticker=TEXT,
                as_of=DAY,
                start=DAY,
                end=DAY,
                level=TEXT,
                last=_or_null(_ANY),
                total={"anyOf": [_SPREAD, named("Absence")]},
                lines=_ROWS,
                bridge=_ROWS,
                inputs=_ROWS,
                set_aside=_ROWS,
                reported=_or_null(_ANY),
            )
        ),
        missing=_list(named("Absence")),
    ),
    "TrackRecord": _object(
        cases=COUNT, test_cases=COUNT, overall=_SCORE, by_level=_ROWS, by_company=_ROWS, by_year=_ROWS
    ),
    "Halvings": _object(
        schedule=_list(_object(number=COUNT, height=COUNT, date=DAY, estimated=SWITCH)),
        next=_object(height=COUNT, as_of=DAY, blocks_left=COUNT, median=DAY, p10=DAY, p90=DAY),
        squeeze=_object(halving=COUNT, hashprice_usd_per_ph_day=_map(NUMBER), companies=_ROWS),
    ),
    "Health": _object(
        ledger=_object(path=TEXT, bytes=_or_null(COUNT), changed=_or_null(TEXT)),
        figures=_object(companies=COUNT, figures=COUNT, sources=COUNT, newest_source=_or_null(DAY)),
        network=_object(last_day=DAY),
        store=_object(path=TEXT, documents=COUNT, bytes=COUNT, last_fetched=_or_null(TEXT)),
        versions=_map(TEXT),
    ),
    "Search": _object(
        query=TEXT,
        words=_list(TEXT),
        mended=SWITCH,
        every_word=SWITCH,
        company=_or_null(TEXT),
        counts=_map(COUNT),
        hits=_list(
            _object(
                kind={"enum": ["company", "line", "figure", "contract", "event", "target", "risk", "source"]},
                ticker=TEXT,
                title=TEXT,
                text=TEXT,
                key=TEXT,
                known=_or_null(DAY),
                value=_or_null(NUMBER),
                unit=_or_null(TEXT),
            )
        ),
    ),
    "Changes": _object(
        since=TEXT,
        sources=COUNT,
        figures=COUNT,
        restated=COUNT,
        verdicts=COUNT,
        companies=_list(
            _object(
                ticker=TEXT,
                name=TEXT,
                sources=_ROWS,
                headlines=_ROWS,
                restated=_ROWS,
                verdicts=_ROWS,
                contracts=_ROWS,
            )
        ),
    ),
    "Start": _object(season=QUARTER, changes=_or_null(named("Changes"))),
    "Sources": _object(
        grades=_map(COUNT),
        stored=_ROWS,
        failed=_ROWS,
        limits=_ROWS,
        sources=_list(_object(title=TEXT, key=TEXT)),
    ),
}
"""By name, as in `WebView.schema`; other keys than those required may be there, and may be added."""
