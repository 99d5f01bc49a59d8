from __future__ import annotations

import email
import json
import os
from email.policy import default
from pathlib import Path

import pytest

from hashpivot.core import ChannelError, InvalidInput
from hashpivot.sources import Settings
from hashpivot.testing.services import LocalService, SeenRequest, ServedAnswer
from hashpivot.testing.services.http import connection_reset, redirect_to, status, text_answer
from hashpivot.watch import FilingNews, MailChannel, WebhookChannel, settings_channels

NEWS = FilingNews(
    "0000000001-26-000001",
    "AAA 8-K: read, 3 figures\r\nBcc: all@example.com",
    ("2026Q3 revenue: 1.0 million USD", "a \x1b[31mline"),
    {"event": "filing", "id": "0000000001-26-000001", "reason": "naïve"},
)
SECRET = "/hooks/T0PSECRET"


class Receiver(LocalService):
    """Accepts every message."""

    def answer(self, request: SeenRequest) -> ServedAnswer:
        return text_answer(b"ok")


def test_a_webhook_gets_the_message_as_json_with_its_id() -> None:
    with Receiver() as receiver:
        WebhookChannel(receiver.url + SECRET).send(NEWS)
        (seen,) = receiver.requests
    assert (seen.method, seen.route) == ("POST", SECRET)
    assert seen.header("x-hashpivot-id") == NEWS.id
    assert seen.header("content-type").startswith("application/json")
    assert json.loads(seen.body) == NEWS.body


@pytest.mark.parametrize(
    ("fault", "attempts"),
    [(status(500), 2), (status(404), 1), (status(400), 1), (connection_reset(), 2), (redirect_to("/x"), 1)],
)
def test_a_webhook_that_fails_says_so_without_its_address(
    fault: object, attempts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hashpivot.core.sending._webhook._PAUSES", (0.0, 0.0))
    with Receiver() as receiver:
        receiver.fail(fault, times=None)  # type: ignore[arg-type]
        channel = WebhookChannel(receiver.url + SECRET)
        with pytest.raises(ChannelError) as caught:
            channel.send(NEWS)
        assert len(receiver.requests) == attempts
        told = f"{caught.value} {caught.value.to_dict()} {channel!r}"
        assert "SECRET" not in told
        assert receiver.url not in told


def test_a_webhook_that_failed_once_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hashpivot.core.sending._webhook._PAUSES", (0.0, 0.0))
    with Receiver() as receiver:
        receiver.fail(status(503))
        WebhookChannel(receiver.url + SECRET).send(NEWS)
        assert [seen.status for seen in receiver.requests] == [503, 200]


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hashpivot.core.sending._webhook._PAUSES", (0.0,))
    with Receiver() as receiver:
        url = receiver.url
    with pytest.raises(ChannelError, match="no connection: Connection refused"):
        WebhookChannel(url + SECRET).send(NEWS)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/hook",
        "ftp://example.com",
        "example",
        "https://",
        "https://exa mple",
        "https://a:b/",
    ],
)
def test_a_webhook_is_https_or_on_this_machine(url: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        WebhookChannel(url)
    assert url not in str(caught.value) or url == "https://"  # the hint names that beginning


@pytest.fixture
def sendmail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sender on PATH that keeps what it gets; it fails while a file `fails` stands beside it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "sendmail"
    program.write_text(f'#!/bin/sh\ncd "{folder}"\n[ -e fails ] && exit 75\necho "$@" > words\ncat > mail\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


@pytest.mark.skipif(os.name != "posix", reason="the sender of the test is a shell script")
def test_mail_goes_through_the_systems_sender(sendmail: Path) -> None:
    MailChannel(("jane@example.com", "joe@example.org")).send(NEWS)
    mail = email.message_from_bytes((sendmail / "mail").read_bytes(), policy=default)
    assert (sendmail / "words").read_text().split() == ["-t", "-i"]
    assert mail["To"] == "jane@example.com, joe@example.org"
    assert mail["Bcc"] is None
    assert mail["Subject"].startswith("AAA 8-K: read, 3 figures")
    assert NEWS.id in mail["Message-ID"]
    assert "2026Q3 revenue" in mail.get_content()
    assert "\x1b" not in mail.get_content()


@pytest.mark.skipif(os.name != "posix", reason="the sender of the test is a shell script")
def test_a_sender_that_fails_or_is_not_there_is_told(sendmail: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (sendmail / "fails").touch()
    channel = MailChannel(("jane@example.com",))
    with pytest.raises(ChannelError, match="status 75") as caught:
        channel.send(NEWS)
    assert "jane" not in f"{caught.value} {channel!r}"
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("hashpivot.watch.channels._mail._PLACES", ())
    with pytest.raises(ChannelError, match="no sendmail"):
        channel.send(NEWS)


@pytest.mark.parametrize(
    "address", ["jane", "jane@", "a b@example.com", "jane@example.com\nBcc: x@example.com"]
)
def test_an_address_is_one(address: str) -> None:
    with pytest.raises(InvalidInput):
        MailChannel((address,))


def test_channels_come_from_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings_channels(Settings.load()) == ()
    monkeypatch.setenv("HASHPIVOT_WATCH_WEBHOOK", "https://example.com/hook")
    monkeypatch.setenv("HASHPIVOT_WATCH_MAIL_TO", "jane@example.com, joe@example.org")
    channels = settings_channels(Settings.load())
    assert [channel.name for channel in channels] == ["webhook", "mail"]
    assert json.dumps([repr(channel) for channel in channels]).count("example") == 0
