"""`hashpivot serve`."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hashpivot.core import HashpivotError, InvalidInput, optional_library

from ..shared import complain, echo

if TYPE_CHECKING:
    import uvicorn

    from hashpivot.web import Access

_CONNECTIONS = 200  # at once; each waits for one of a few threads
_LONGEST_HEAD = 16_384  # bytes of address and headers
_PATIENCE = 3  # seconds for open requests when it ends

_EPILOG = """
\b
Examples:
  hashpivot serve                        http://127.0.0.1:8765, for this machine alone
  hashpivot serve --open                 and open it in the browser
  HASHPIVOT_WEB_TOKEN=... hashpivot serve --host 0.0.0.0
  hashpivot serve --host 10.0.0.7 --proxy 10.0.0.5 X-Forwarded-User desk.example.org
"""


@click.command("serve", epilog=_EPILOG)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes a free one."
)
@click.option(
    "--token",
    envvar="HASHPIVOT_WEB_TOKEN",
    default="",
    help="Secret of 16 characters or more that a client must know; needed with --host. Others on this "
    "machine can see it in the list of processes: rather set HASHPIVOT_WEB_TOKEN.",
)
@click.option(
    "--proxy",
    "proxy",
    nargs=3,
    metavar="ADDRESS HEADER NAME",
    help="A proxy that lets users in: its IP address, the header it names the user in, and the host name "
    "users know the desk under. Then only who it vouches for, or knows the token, may ask.",
)
@click.option("--open", "opened", is_flag=True, help="Open the start page in the browser.")
def command(host: str, port: int, token: str, proxy: tuple[str, str, str] | None, opened: bool) -> None:
    """The desk in a browser: seasons, companies, traces, coverage, nowcast, outlook, sites, search.

    Every page has a .json twin. It shows what other commands add to the ledger within two seconds, and writes
    only what you have it fetch. It runs until Ctrl-C.
    """
    uvicorn = optional_library("uvicorn", "serve", "web")

    from hashpivot.web import Access, PatientProtocol, TrustedProxy, web_app

    _check_folder()
    access = Access(host, token, TrustedProxy(*proxy) if proxy else None)
    config = uvicorn.Config(
        web_app(access=access, on_failure=_failed, apart=True),
        http=PatientProtocol,
        access_log=False,
        log_config=None,
        log_level="critical",
        proxy_headers=False,
        server_header=False,
        ws="none",
        limit_concurrency=_CONNECTIONS,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        timeout_graceful_shutdown=_PATIENCE,
    )
    with _listening(host, port) as listener:
        address = _address(access, listener.getsockname()[1])
        echo(f"The desk is at {address} until Ctrl-C", *_notes(access))
        if opened:
            click.launch(address)
        server = uvicorn.Server(config)
        with suppress(KeyboardInterrupt), _interrupts_end(server):
            server.run(sockets=[listener])
        echo("ended", err=True)


@contextmanager
def _interrupts_end(server: uvicorn.Server) -> Iterator[None]:
    """Let Ctrl-C end a server that has not yet begun, too: it then stops once it has."""
    before = signal.signal(signal.SIGINT, lambda *_: setattr(server, "should_exit", True))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _check_folder() -> None:
    """The processes that make pages are started in the folder at hand.

    Raises:
        InvalidInput: If it was deleted.
    """
    try:
        Path.cwd()
    except OSError:
        raise InvalidInput("the folder at hand is gone", hint="go to one that is there") from None


def _listening(host: str, port: int) -> socket.socket:
    """A socket that accepts connections.

    Raises:
        InvalidInput: If it cannot listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise InvalidInput(
            f"cannot listen on {host} port {port}: {error.strerror or error}",
            hint="another --port, or 0 for a free one; another process may be listening there",
        ) from None


def _address(access: Access, port: int) -> str:
    host = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(access.host, access.host)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _notes(access: Access) -> list[str]:
    if not access.token:
        return []
    notes = ["A browser asks for a name and password: any name, and the token as the password."]
    if not access.is_loopback:
        notes.append("The connection is not encrypted: put a TLS proxy before it.")
    return notes


def _failed(error: Exception) -> None:
    complain(HashpivotError(f"a page failed: {type(error).__name__}: {error}", hint="please report it"))
