"""Power sites: the examples, one site to be edited, its next hours, and what it would have earned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from hashpivot.core import HashpivotError, InvalidInput, UnreadableFile
from hashpivot.site import example_sites, example_text

from ..shared import Arguments, Parameter, WebAction, WebView, address, own_body

if TYPE_CHECKING:
    from hashpivot.desk import SiteDesk
    from hashpivot.report import PageBody

    from ..shared import Files, Work

T = TypeVar("T")

_SITES, _SITE = "/site", "/site/{site}"
_PLAN, _BACKTEST = f"{_SITE}/plan", f"{_SITE}/backtest"
_KEEP = "/keep-site"
_TOML, _PRICES = "site.toml", "prices.csv"
_MOST_TOML = 64 * 2**10  # bytes; the longest example has 1,300
_MOST_PRICES = 8 * 2**20  # bytes of a file of prices: ten years of hours with all columns

_PARQUET = b"PAR1"

_NAME = Parameter("site", "text", "an example, or what was sent, under the name it was kept")
_PRICED = (
    Parameter("zone", "text", "load zone; that of the site if not given", usual="LZ_WEST"),
    Parameter(
        "fill_gaps",
        "choice",
        "of up to three hours in prices that were sent",
        choices=(("yes", "up to three hours"),),
    ),
    Parameter(
        "learned", "choice", "forecast each hour with boosted trees", choices=(("yes", "boosted trees"),)
    ),
)


@dataclass(frozen=True)
class _SitePage:
    """One site: its text, what it is, and what is wrong with it."""

    text: str
    summary: Any
    error: HashpivotError | None

    def to_dict(self) -> dict[str, Any]:
        return dict(self._told().to_dict())

    def records(self) -> list[dict[str, Any]]:
        return list(self._told().records())

    def _told(self) -> Any:
        if self.error:
            raise self.error
        return self.summary


def _sites(work: Work, _arguments: Arguments) -> Any:
    return work.desk().sites()


def _sites_body(_work: Work, sites: Any, _arguments: Arguments) -> PageBody:
    rows = [
        (row["name"], address(_SITE, {"site": row["name"]}), row["description"]) for row in sites.records()
    ]
    return own_body("sites.html.j2", "Sites", rows=rows, keep=_KEEP, text="", error=None)


def _site(work: Work, arguments: Arguments) -> _SitePage:
    text = _text(work, arguments["site"])
    try:
        return _SitePage(text, _desk(work, arguments).summary(), None)
    except HashpivotError as error:
        return _SitePage(text, None, error)


def _site_body(work: Work, page: _SitePage, arguments: Arguments) -> PageBody:
    name = arguments["site"]
    sent = name not in example_sites()
    return own_body(
        "site.html.j2", page.summary.site.name if page.summary else "A site that cannot be",
        text=page.text, error=page.error, site=page.summary and page.summary.to_dict(), keep=_KEEP,
        prices=sent and (work.uploads.find(name) / _PRICES).exists(), sent=sent,
        plan=address(_PLAN, {"site": name}), backtest=address(_BACKTEST, {"site": name}),
    )  # fmt: skip


def _text(work: Work, name: str) -> str:
    """The TOML of a site."""
    if name in example_sites():
        return example_text(name)
    text: str = (work.uploads.find(name) / _TOML).read_text(encoding="utf-8")
    return text


def _desk(work: Work, arguments: Arguments) -> SiteDesk:
    """The desk of a site, example or sent."""
    name, gaps = arguments["site"], arguments.get("fill_gaps") == "yes"
    if name in example_sites():
        return work.desk().site(name, zone=arguments.get("zone"), fill_gaps=gaps)
    folder = work.uploads.find(name)
    prices = folder / _PRICES if (folder / _PRICES).exists() else None
    zone = arguments.get("zone")

    def open_site() -> SiteDesk:
        return work.desk().site(folder / _TOML, zone=zone, prices=prices, fill_gaps=gaps)

    return _without_folder(work, open_site)


def _without_folder(work: Work, make: Callable[[], T]) -> T:
    """What `make` returns; an error names a file that was sent, but no folder of ours.

    Raises:
        InvalidInput: If a file that was sent cannot be read.
        HashpivotError: Any other error of `make`.
    """
    try:
        return make()
    except HashpivotError as error:
        error.where = error.where.replace(f"{work.uploads.folder}/", "").partition("/")[2] or error.where
        if isinstance(error, UnreadableFile):
            raise InvalidInput(error.message, where=error.where, hint=error.hint) from None
        raise


def _plan(work: Work, arguments: Arguments) -> Any:
    site = _desk(work, arguments)
    at, hours = _moment(arguments.get("at", "")), arguments.get("hours", 34)
    return _without_folder(work, lambda: site.plan(at, hours, learned="learned" in arguments))


def _moment(text: str) -> datetime | None:
    """A first hour, market local time; None if none is given."""
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        moment = None
    if text and (moment is None or moment.tzinfo):
        raise InvalidInput(f"{text[:40]!r} is no hour", where="at", hint="write 2023-08-10T14:00")
    return moment


def _plan_body(_work: Work, result: Any, _arguments: Arguments) -> PageBody:
    from hashpivot.report import plan_body

    return plan_body(result.plan)


def _backtest(work: Work, arguments: Arguments) -> Any:
    site = _desk(work, arguments)
    return _without_folder(
        work,
        lambda: site.backtest(
            arguments.get("start"), arguments.get("end"),
            regime=arguments.get("regime", "live"), learned="learned" in arguments, progress=work.progress,
        ),
    )  # fmt: skip


def _backtest_body(_work: Work, result: Any, _arguments: Arguments) -> PageBody:
    from hashpivot.report import backtest_body

    return backtest_body(result.backtest)


def _beside(_result: Any, arguments: Arguments) -> list[tuple[str, str]]:
    place = {"site": arguments["site"]}
    return [
        ("All sites", _SITES),
        ("The site", address(_SITE, place)),
        ("Plan", address(_PLAN, place)),
        ("Backtest", address(_BACKTEST, place)),
    ]


def _always(_arguments: Arguments) -> bool:
    return True


def _keep(work: Work, arguments: Arguments, files: Files) -> str:
    """Keep a site; what is wrong with it is said on its page, beside its text."""
    content = files.get("file") or arguments.get("toml", "").encode()
    if not content.strip():
        raise InvalidInput("no site was sent", hint="write one, or choose a file")
    if len(content) > _MOST_TOML:
        raise InvalidInput(f"a site has no more than {_MOST_TOML:,} bytes", hint="send its TOML file")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise InvalidInput("the site is not UTF-8 text", hint="save it as UTF-8 and send it again") from None
    kept = {_TOML: text.encode()}
    if files.get("prices", b"").startswith(_PARQUET):
        raise InvalidInput("prices are sent as CSV here", hint="hashpivot site takes Parquet")
    if files.get("prices"):
        kept[_PRICES] = files["prices"]
    return address(_SITE, {"site": work.uploads.keep(kept)})


SITE_VIEWS = (
    WebView(
        "sites", _SITES, "Power sites: examples, and your own", "Desk.sites()", _sites, _sites_body,
        dated=False, menu="Site",
    ),
    WebView(
        "site", _SITE, "One power site, to be edited, planned and backtested", "Desk.site(site).summary()",
        _site, _site_body, (_NAME,), dated=False, kept=False, related=_beside,
    ),
    WebView(
        "site-plan", _PLAN, "What a site does in the next hours, and why", "Desk.site(site).plan(at, hours)",
        _plan, _plan_body,
        (
            _NAME,
            Parameter("at", "text", "first hour, market local time", usual="2024-08-20T14:00"),
            Parameter("hours", "integer", "hours ahead", least=1, most=48, usual="34"),
            *_PRICED,
        ),
        dated=False, command="hashpivot site plan SITE --json", slow=_always, charts=True, related=_beside,
    ),
    WebView(
        "site-backtest", _BACKTEST, "What a site would have earned", "Desk.site(site).backtest(start, end)",
        _backtest, _backtest_body,
        (
            _NAME,
            Parameter("start", "day", "first day; a year before the last if not given"),
            Parameter("end", "day", "last day; the last of the prices if not given"),
            Parameter(
                "regime", "choice", "whether an hour's real-time price is known when acting",
                choices=(("live", "price known"), ("lagged", "an hour late")),
            ),
            *_PRICED,
        ),
        dated=False, command="hashpivot site backtest SITE --json", slow=_always, charts=True,
        related=_beside,
    ),
)  # fmt: skip

SITE_ACTIONS = (
    WebAction(
        "keep-site", _KEEP, "Keeps a site that was written or sent, with its prices", _keep,
        (Parameter("toml", "text", "the site"),), ("file", "prices"), _MOST_PRICES + 4 * _MOST_TOML,
    ),
)  # fmt: skip
