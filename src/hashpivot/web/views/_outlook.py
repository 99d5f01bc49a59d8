"""The quarters ahead: of all companies, and of one under scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hashpivot.core import InvalidInput
from hashpivot.outlook import SCENARIOS

from ..shared import Arguments, Parameter, WebView, address, same_day
from ._common import COMPANY, FIGURE, NOWCAST, TICKER, by_ticker, desk_of

if TYPE_CHECKING:
    from hashpivot.report import PageBody

    from ..shared import Work

_OUTLOOK = "/outlook/{ticker}"
_NAMES = tuple((name, scenario.label) for name, scenario in SCENARIOS.items())
_MOST_BESIDE = 6
"""Other cases of one page: each takes about as long as the outlook itself."""
_MOST_PATHS = 20_000
"""Paths of one request."""
_QUICK = 4 * 10_000 * 12
"""Paths times quarters times cases that take about a second or two on two slow cores."""

_SCENARIO = Parameter(
    "scenario", "choice", "what is changed against the base case; several are applied one after the other",
    repeated=True, choices=tuple(pair for pair in _NAMES if pair[0] != "base"), label="Scenario", none="base",
)  # fmt: skip
_QUARTERS = Parameter(
    "quarters", "integer", "quarters ahead, this one included", least=1, most=40, usual="12", folded=True
)
_SEED = Parameter("seed", "integer", "of the random numbers", most=999_999_999, usual="1", folded=True)
_SET = Parameter(
    "set", "text", "an input as KEY=VALUE; keys stand in the list of inputs", repeated=True,
    usual="market.price.start_factor=0.5", label="Set an input", folded=True,
)  # fmt: skip
_PARAMETERS = (
    TICKER,
    _SCENARIO,
    Parameter(
        "beside", "choice", "other cases beside this one, on the same random numbers", repeated=True,
        choices=_NAMES, label="Compare with", folded=True,
    ),
    Parameter(
        "sweep", "text", "an input at several values, side by side: KEY=VALUE,VALUE",
        usual="mining.power_usd_per_mwh=30,50,70", label="One input at several values", folded=True,
    ),
    _SET,
    _QUARTERS,
    Parameter(
        "paths", "integer", f"simulated paths, at most {_MOST_PATHS:,} here", least=100, most=_MOST_PATHS,
        usual="10000", folded=True,
    ),
    _SEED,
    Parameter(
        "more", "choice", "what else is computed: the tornado takes some seconds", repeated=True,
        choices=(("tornado", "all inputs at once"), ("bridge", "bridge from the base case")),
        folded=True,
    ),
)  # fmt: skip


def _outlook(work: Work, arguments: Arguments) -> Any:
    from hashpivot.outlook import parse_inputs

    more = arguments.get("more", ())
    return desk_of(work, arguments).outlook(
        arguments["ticker"],
        arguments.get("scenario", ()),
        quarters=arguments.get("quarters", 12),
        paths=arguments.get("paths", 10_000),
        seed=arguments.get("seed", 1),
        inputs=parse_inputs(arguments.get("set", ())),
        beside=_beside(arguments),
        tornado="tornado" in more,
        bridge="bridge" in more,
        progress=work.progress,
    )


def _beside(arguments: Arguments) -> tuple[str, ...]:
    """The cases side by side: scenarios, and one a value of the sweep."""
    key, _, values = arguments.get("sweep", "").partition("=")
    swept = tuple(f"{key}={value}" for value in values.split(",")) if key else ()
    cases = (*arguments.get("beside", ()), *swept)
    if len(cases) > _MOST_BESIDE:
        raise InvalidInput(f"more than {_MOST_BESIDE} cases are asked for side by side", hint="take fewer")
    return cases


def _outlook_body(_work: Work, result: Any, arguments: Arguments) -> PageBody:
    from hashpivot.report import outlook_body

    def trace_of(figure: str) -> str:
        return address(FIGURE, {"figure": figure} | same_day(arguments))

    return outlook_body(result.outlook, result.calibration, result.studies, trace_of)


def _outlook_beside(result: Any, arguments: Arguments) -> list[tuple[str, str]]:
    place = {"ticker": result.case.inputs.ticker} | same_day(arguments)
    return [
        ("All companies", address("/outlook", same_day(arguments))),
        ("All of " + place["ticker"], address(COMPANY, place)),
        ("Nowcast", address(NOWCAST, place)),
    ]


def _is_slow(arguments: Arguments) -> bool:
    more = arguments.get("more", ())
    cases = 1 + len(_beside(arguments)) + ("bridge" in more)
    asked: int = arguments.get("paths", 10_000) * arguments.get("quarters", 12) * cases
    return "tornado" in more or asked > _QUICK


def _outlooks(work: Work, arguments: Arguments) -> Any:
    from hashpivot.outlook import parse_inputs

    return desk_of(work, arguments).outlooks(
        arguments.get("scenario", ()),
        quarters=arguments.get("quarters", 12),
        seed=arguments.get("seed", 1),
        inputs=parse_inputs(arguments.get("set", ())),
    )


def _outlooks_body(work: Work, result: Any, arguments: Arguments) -> PageBody:
    from hashpivot.report import outlooks_body

    names = {ticker: work.desk().company_of(ticker).name for ticker in result}
    return outlooks_body(
        result.summaries, result.absent, names, by_ticker(_OUTLOOK, arguments), result.histories
    )


OUTLOOK_VIEWS = (
    WebView(
        "outlooks", "/outlook", "The quarters ahead of every company", "Desk.outlooks(scenarios)",
        _outlooks, _outlooks_body, (_SCENARIO, _SET, _QUARTERS, _SEED), menu="Outlook",
    ),
    WebView(
        "outlook", _OUTLOOK, "The quarters ahead of one company, under scenarios",
        "Desk.outlook(ticker, scenarios)", _outlook, _outlook_body, _PARAMETERS,
        command="hashpivot outlook TICKER --scenario NAME --json", related=_outlook_beside, slow=_is_slow,
        charts=True,
    ),
)  # fmt: skip
