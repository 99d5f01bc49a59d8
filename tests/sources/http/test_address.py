"""Addresses and proxies as users give them: wrong ones are named before anything is asked."""

from __future__ import annotations

import httpx2
import pytest

from hashpivot.core import InvalidInput
from hashpivot.sources import Client, Service
from hashpivot.sources.http import address_parts
from hashpivot.sources.http._trouble import trouble_of

WRONG = (
    *("http://[", "http://", "http://127.0.0.1:x", "http://127.0.0.1:0", "http://127.0.0.1:99999", "ftp://x"),
    *("http://a b", "http://é.example", "http://x?a=1", "http://x#y", "x", ""),
)


@pytest.mark.parametrize("address", WRONG)
def test_what_is_no_address_is_named(address: str) -> None:
    with pytest.raises(InvalidInput, match="is no address of a service") as caught:
        address_parts(address, "sec")
    assert caught.value.where == "sec"


def test_an_address_is_split() -> None:
    assert address_parts("http://[::1]:8332/wallet", "node").port == 8332


@pytest.mark.parametrize(
    ("variable", "value", "where"),
    [
        ("HTTPS_PROXY", "socks5://127.0.0.1:9", "HTTPS_PROXY"),
        ("ALL_PROXY", "ftp://127.0.0.1", "ALL_PROXY"),
        ("SSL_CERT_FILE", "/dev/null", "SSL_CERT_FILE"),
        ("SSL_CERT_FILE", "/", "SSL_CERT_FILE"),
    ],
)
def test_proxies_and_certificates_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, where: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(InvalidInput) as caught:
        Client(Service("sec", ("sec.gov",)))
    assert where in caught.value.where and "[" not in caught.value.message


def test_an_error_of_the_system_is_told_without_its_number() -> None:
    with httpx2.Client() as client, pytest.raises(httpx2.ConnectError) as caught:
        client.get("http://127.0.0.1:9")
    assert trouble_of(caught.value).text == "no connection: Connection refused"
