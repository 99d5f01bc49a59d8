"""What a form sent: fields and files, within the size that the gate let through."""

from __future__ import annotations

from asyncio import wait_for
from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from hashpivot.core import InvalidInput

_PATIENCE = 30.0  # seconds for a whole body, so that none holds a connection for ever
_MOST_FIELDS = 64
_MOST_FILES = 4


async def read_form(
    request: Request, most_bytes: int, files: Sequence[str] = ()
) -> tuple[list[tuple[str, str]], dict[str, bytes]]:
    """Read the body of a request.

    Args:
        request: Sent by a form, as `application/x-www-form-urlencoded` or `multipart/form-data`.
        most_bytes: Longest field.
        files: Names of the fields that may hold a file.

    Returns:
        Names and texts of the fields, and contents of the files that were chosen, by field.

    Raises:
        InvalidInput: If it is not sent whole in time, or is no form, or holds a file that is not asked for.
    """
    try:
        return await wait_for(_read(request, most_bytes, files), _PATIENCE)
    except TimeoutError:
        raise InvalidInput(
            f"the form was not sent within {_PATIENCE:.0f} seconds", hint="send it again"
        ) from None
    except (HTTPException, ClientDisconnect, ValueError):
        raise InvalidInput("what was sent is not a form", hint="send it from the page") from None


async def _read(
    request: Request, most_bytes: int, files: Sequence[str]
) -> tuple[list[tuple[str, str]], dict[str, bytes]]:
    texts: list[tuple[str, str]] = []
    contents: dict[str, bytes] = {}
    parser = request.form(max_files=_MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=most_bytes)
    async with parser as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                texts.append((name, value))
            elif name not in files:
                raise InvalidInput(f"no file is asked for under {name!r}", hint="send the form from the page")
            elif value.filename:
                contents[name] = await value.read()
    return texts, contents
