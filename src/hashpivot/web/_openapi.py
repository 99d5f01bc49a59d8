"""The description of all pages' twins for programs: OpenAPI 3.1, made from the views."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from ._schemas import COMPONENTS, named
from ._twins import MEDIA_TYPES
from .shared import Parameter, WebView

ADDRESS = "/openapi.json"

_ERRORS = {
    400: "The question is wrong",
    401: "The token is missing or wrong",
    403: "A page of another site asks",
    404: "There is no such page, company, quarter or chart, or nothing is known",
    405: "The page is only read",
    409: "The job was cancelled",
    413: "A request has a body",
    414: "The address is longer than 2,048 characters",
    421: "The desk does not answer under this host name",
    429: "Too much is made in the background already",
    431: "The headers are longer than 16,384 characters",
    500: "The page failed in a way that nobody foresaw",
    501: "The library for this format is not installed; the hint names the extra",
    503: "The ledger cannot be read, or the desk has too much to do",
}
_ABOUT = (
    "Every page of the web desk has the object that `hashpivot ... --json` prints as a twin, most have their "
    "rows as tables and their charts as pictures. Addresses, parameters and required keys are neither "
    "renamed nor removed within a minor version; parameters, keys and formats may be added. `info.version` "
    "is the version of hashpivot."
)


def description(views: Sequence[WebView]) -> dict[str, Any]:
    """Return the OpenAPI document.

    Args:
        views: The pages.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "hashpivot web desk",
            "version": version("hashpivot"),
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{}, {"bearer": []}, {"basic": []}],
        "paths": {path: item for view in views for path, item in _paths(view).items()},
        "components": {
            "schemas": COMPONENTS,
            "responses": {str(status): _error(about) for status, about in _ERRORS.items()},
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "description": "The token of the desk."},
                "basic": {"type": "http", "scheme": "basic", "description": "The token as the password."},
            },
        },
    }


def _paths(view: WebView) -> dict[str, Any]:
    """Every address of every twin of a page."""
    return {
        f"{_plain(path)}.{ending}": {"get": _operation(view, path, ending)}
        for path in (*view.also, view.path)
        if path != "/"
        for ending in view.formats
    }


def _plain(path: str) -> str:
    """A path without what its parameters are made of: `{figure}` for `{figure:path}`."""
    return re.sub(r":\w+}", "}", path)


def _operation(view: WebView, path: str, ending: str) -> dict[str, Any]:
    number = [p for p in (*view.also, view.path) if p != "/"].index(path)
    place = f"_{number + 1}" if number else ""
    responses = {"200": {"description": view.title, "content": _content(view, ending)}}
    responses["304"] = {"description": "The client has it already"}
    if view.slow:
        responses["202"] = {
            "description": "It is being made",
            "content": {"application/json": {"schema": named("Running")}},
        }
    errors = {str(status): {"$ref": f"#/components/responses/{status}"} for status in _ERRORS}
    return {
        "operationId": f"{view.name.replace('-', '_')}_{ending}{place}",
        "summary": f"{view.title}, as {ending}",
        "description": view.call,
        "tags": [view.name],
        "parameters": [_parameter(parameter, path) for parameter in view.asked_of(ending)],
        "responses": responses | errors,
    }


def _content(view: WebView, ending: str) -> dict[str, Any]:
    if ending == "json":
        return {MEDIA_TYPES[ending]: {"schema": named(view.schema) if view.schema else {"type": "object"}}}
    return {MEDIA_TYPES[ending]: {}}


def _parameter(parameter: Parameter, path: str) -> dict[str, Any]:
    inside = f"{{{parameter.name}}}" in _plain(path)
    one = parameter.schema
    return {
        "name": parameter.name,
        "in": "path" if inside else "query",
        "required": inside,
        "description": parameter.about,
        "schema": {"type": "array", "items": one} if parameter.repeated else one,
    }


def _error(about: str) -> dict[str, Any]:
    return {"description": about, "content": {"application/json": {"schema": named("Error")}}}
