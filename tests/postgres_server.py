"""A real PostgreSQL server for tests: in a folder of its own, on a free port, gone when they end."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import Self

OWNER, PASSWORD = "owner", "p@ss:w/ord?"
"""The role that owns the databases, and the password of `guarded`, who must give one."""

_SETTINGS = """
fsync = off
autovacuum = off
shared_buffers = 32MB
lc_messages = C
"""
# Over the socket all are let in; over TCP `guarded` with a password, `tls` if the line is encrypted.
_ACCESS = """
local all all trust
host all guarded 127.0.0.1/32 scram-sha-256
hostssl all tls 127.0.0.1/32 trust
"""


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL server here; None if there is none."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    found = shutil.which("initdb")
    named = [Path(found).resolve().parent] if found else []
    return max(folders, key=lambda path: int(path.parent.name.split(".")[0]), default=(named or [None])[0])


class PostgresServer:
    """One server with a database `ledger` of the role `owner`.

    Args:
        connections: How many it allows at once.

    Raises:
        FileNotFoundError: If PostgreSQL is not installed.
    """

    def __init__(self, connections: int = 40) -> None:
        self._programs = binaries()
        if self._programs is None:
            raise FileNotFoundError("there is no PostgreSQL server here (apt-get install postgresql)")
        self._numbers = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))  # a socket's path must be short
        self._user = _other_user()
        if self._user:
            os.chown(self.folder, self._user, -1)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._run("initdb", "-D", "data", "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        settings = f"{_SETTINGS}port = {self.port}\nunix_socket_directories = '{self.folder}'\n"
        settings += f"listen_addresses = '127.0.0.1'\nmax_connections = {connections}\n"
        with (self.folder / "data" / "postgresql.conf").open("a") as file:
            file.write(settings)
        (self.folder / "data" / "pg_hba.conf").write_text(_ACCESS)
        self.start()
        self.sql("CREATE DATABASE ledger", database="postgres")

    def __enter__(self) -> Self:
        """Return the server, which runs already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it and remove what it wrote."""
        self.close()

    def url(self, *, user: str = OWNER, database: str = "ledger", schema: str = "") -> str:
        """The URL of a database over the server's socket."""
        named = f"&schema={schema}" if schema else ""
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}{named}"

    def new_schema(self) -> str:
        """A name that no schema has yet."""
        return f"s{next(self._numbers)}"

    def sql(self, *statements: str, user: str = OWNER, database: str = "ledger") -> list[tuple[object, ...]]:
        """Execute statements; return the rows of the last."""
        import psycopg

        with psycopg.connect(self.url(user=user, database=database), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def start(self) -> None:
        """Start it unless it runs, and wait until it answers."""
        if self._process:
            return
        command = [self._programs / "postgres", "-D", "data"]
        log = (self.folder / "log").open("ab")
        with log:
            self._process = subprocess.Popen(
                command, cwd=self.folder, user=self._user, stdout=log, stderr=log, preexec_fn=_end_with_us
            )
        ready = [self._programs / "pg_isready", "-q", "-h", str(self.folder), "-p", str(self.port)]
        for _ in range(600):
            if subprocess.run(ready).returncode == 0:
                return
            assert self._process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.05)
        raise AssertionError("the server does not start")

    def stop(self, how: int = signal.SIGINT) -> None:
        """Stop it: connections are ended (SIGINT), or as if the machine had failed (SIGQUIT)."""
        if self._process:
            self._process.send_signal(how)
            self._process.wait(60)
            self._process = None

    def processor_seconds(self) -> float:
        """Of the server and its connections that have ended, since it was started."""
        assert self._process
        times = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()[11:15]
        return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """Stop it and remove what it wrote."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [self._programs / program, *arguments]
        subprocess.run(command, cwd=self.folder, user=self._user, check=True, capture_output=True)


def _end_with_us() -> None:
    """Have a killed test run take its server with it; a terminal's Ctrl-C is ours to act on."""
    os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG


def _other_user() -> int | None:
    """Who runs the server if we are root, for whom it refuses to run."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    raise AssertionError("root needs a user `postgres` or `nobody` to run the server")
