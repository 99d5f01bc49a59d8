"""The frame of every page: bar, navigation, company box, day, twins and footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files

from hashpivot.report import PageBody, page_style, page_templates

from .shared import WATCH, Arguments, Parameter, WebView, address, own_body, same_day, web_text
from .views import WEB_VIEWS


@dataclass(frozen=True, slots=True)
class Control:
    """A field of a form.

    Args:
        parameter: What it sets.
        texts: What it holds; one text unless it is a choice of several.
        id: Unique on the page.
    """

    parameter: Parameter
    texts: tuple[str, ...]
    id: str

    @property
    def text(self) -> str:
        """What it holds."""
        return self.texts[0] if self.texts else ""

    @property
    def boxes(self) -> list[tuple[str, str, bool]]:
        """Value, name and state of each box of a choice."""
        return [(value, name, value in self.texts) for value, name in self.parameter.choices]

    @property
    def kind(self) -> str:
        """Type of the field."""
        return {"day": "date", "integer": "number"}.get(self.parameter.kind, "text")

    @property
    def label(self) -> str:
        """Its label."""
        return self.parameter.label or self.parameter.name.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page.

    Args:
        ledger: Path of the user's ledger.
        view: The page; None for an error.
        arguments: What it was asked.
        twins: Names and addresses of the page in other formats.
        related: Titles and addresses of pages beside it.
        about: Ticker of the company it is about, which can be watched; empty for none.
        again: Seconds until it is to be loaded again; 0 if it stays as it is.
        failed: What was asked cannot be answered: `arguments` are texts as they were given.
    """

    ledger: str
    view: WebView | None = None
    arguments: Arguments | None = None
    twins: Sequence[tuple[str, str]] = ()
    related: Sequence[tuple[str, str]] = ()
    about: str = ""
    again: int = 0
    failed: bool = False

    @property
    def version(self) -> str:
        """Of the package."""
        return version("hashpivot")

    @property
    def menu(self) -> list[tuple[str, str, bool]]:
        """Name, address and presence of each page of the navigation; the day goes with it."""
        day = same_day(self.arguments or {})
        here = self.view.path if self.view else ""
        return [
            (
                view.menu,
                address(view.also[0] if view.also else view.path, day if view.dated else {}),
                bool(here) and here.startswith(view.path),
            )
            for view in WEB_VIEWS
            if view.menu
        ]

    @property
    def watchable(self) -> bool:
        """It can be asked for some companies alone."""
        return self.view is not None and WATCH in self.view.parameters

    @property
    def watched(self) -> str:
        """The companies it is asked for alone; empty for all."""
        given = str((self.arguments or {}).get(WATCH.name, "")) if self.watchable else ""
        return ", ".join(name.strip() for name in given.split(",") if name.strip())

    @property
    def of_all(self) -> str:
        """Its address for all companies."""
        assert self.view is not None
        asked = {name: value for name, value in (self.arguments or {}).items() if name != WATCH.name}
        path = self.view.path if all(name in asked for name in self.view.in_path) else self.view.also[-1]
        return address(path, asked)

    @property
    def day(self) -> date | None:
        """The day of `as_of`."""
        return (self.arguments or {}).get("as_of")

    @property
    def form(self) -> str:
        """Address that the page's controls are sent to; one of which the whole query can be asked, if any."""
        assert self.view is not None
        if self.view.also:
            return self.view.also[-1]
        asked = self.arguments or {}
        return address(self.view.path, {name: asked[name] for name in self.view.in_path})

    @property
    def in_place(self) -> bool:
        """What the controls ask for is shown in place of the page: one that has a path of its own."""
        return self.view is not None and not self.view.also and not self.view.sortable

    @property
    def folded(self) -> list[Control]:
        """Those of its controls that one opens first."""
        return [control for control in self.controls if control.parameter.folded]

    @property
    def controls(self) -> list[Control]:
        """What the page can be asked beside its path, as fields of a form."""
        assert self.view is not None
        return [
            Control(parameter, texts, f"{parameter.name}-{number}")
            for parameter in self.view.asked
            if parameter.shown
            if self.view.also or parameter.name not in self.view.in_path
            for number, texts in enumerate(self._given(parameter))
        ]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Names and texts of what the form sends along unseen."""
        assert self.view is not None
        unseen = [parameter for parameter in self.view.asked if not parameter.shown]
        return [(p.name, text) for p in unseen for texts in self._given(p) for text in texts if text]

    @property
    def typed(self) -> str:
        """What was searched for."""
        return str((self.arguments or {}).get("q", ""))

    def _given(self, parameter: Parameter) -> list[tuple[str, ...]]:
        """What each field of a parameter holds; one that is empty if nothing is given."""
        value = (self.arguments or {}).get(parameter.name, ())
        texts = tuple(map(str, value if isinstance(value, tuple) else (value,)))
        if parameter.choices:
            return [texts]
        return [(text,) for text in texts] or [("",)]


def framed(body: PageBody, frame: Frame) -> str:
    """Return a page whole.

    Args:
        body: The page.
        frame: What stands around it.
    """
    styles = [style_address(text) for text in (page_style(), body.style, own_style()) if text]
    return (
        page_templates(web_text)
        .get_template("frame.html.j2")
        .render(body=body, frame=frame, styles=styles, scripts=[script_address(text) for text in scripts()])
    )


def error_body(status: int, message: str, hint: str) -> PageBody:
    """Render what is said instead of a page.

    Args:
        status: Of HTTP.
        message: What was wrong.
        hint: What to do.
    """
    return own_body("error.html.j2", f"{status}", status=status, message=message, hint=hint)


def style_address(text: str) -> str:
    """Address of a style sheet; another text has another one, so it can be kept for ever."""
    return f"/static/{_digest(text)}.css"


@cache
def static_files() -> dict[str, tuple[str, str]]:
    """Media type and text of each file that pages load, by address."""
    from hashpivot.report import report_styles

    styles = (page_style(), own_style(), *report_styles())
    return (
        {style_address(text): ("text/css", text) for text in styles}
        | {script_address(text): ("text/javascript", text) for text in scripts()}
        | {"/static/icon.svg": ("image/svg+xml", web_text("icon.svg"))}
    )


def script_address(text: str) -> str:
    """Address of a script; another text has another one."""
    return f"/static/{_digest(text)}.js"


@cache
def scripts() -> tuple[str, ...]:
    """The scripts of every page; without them all of it can be read and asked."""
    return (vendored("htmx.min.js"), web_text("desk.js"), web_text("copy.js"))


@cache
def own_style() -> str:
    """The style of the frame."""
    return web_text("web.css")


def vendored(name: str) -> str:
    """Read a file that others released; NOTICE says whose."""
    return files("hashpivot.web").joinpath("vendored", name).read_text(encoding="utf-8")


@cache
def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
