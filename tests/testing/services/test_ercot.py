"""The stand-in for ERCOT answers as the real service is known or assumed to."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from hashpivot.testing.services import ErcotService, ercot_postings
from hashpivot.testing.services.ercot import ERCOT_REPORTS, made_up_value

JUNE, AUTUMN = date(2026, 6, 1), date(2026, 11, 1)
TOKEN = "/ercotb2c.onmicrosoft.com/B2C_1_PUBAPI-ROPC-FLOW/oauth2/v2.0/token"
API = "/api/public-reports"
KEY = {"Ocp-Apim-Subscription-Key": "made-up-key"}


def asked(url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    try:
        with urlopen(Request(url, body, headers or {})) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


def token(service: ErcotService, **other: str) -> tuple[int, dict[str, Any]]:
    form = {
        "grant_type": "password",
        "response_type": "id_token",
        "username": "user@example.com",
        "password": "made-up-password",
    }
    status, body = asked(service.url + TOKEN, urlencode(form | other).encode())
    return status, json.loads(body)


def authorized(service: ErcotService) -> dict[str, str]:
    return KEY | {"Authorization": f"Bearer {token(service)[1]['id_token']}"}


def test_token_key_and_lifetime() -> None:
    with ErcotService(ercot_postings(JUNE, JUNE)) as service:
        url = f"{service.url}{API}/np4-190-cd/dam_stlmnt_pnt_prices"
        headers = authorized(service)
        assert token(service, password="x")[0] == 400
        assert asked(url)[0] == asked(url, headers=headers | {"Ocp-Apim-Subscription-Key": "x"})[0] == 401
        assert asked(url, headers=headers)[0] == 200
        service.advance(timedelta(seconds=3600))
        assert asked(url, headers=headers)[0] == 401


def test_pages_of_lists() -> None:
    with ErcotService(ercot_postings(JUNE, JUNE, ("HB_WEST", "LZ_WEST"))) as service:
        headers, rows = authorized(service), []
        for page in (1, 2, 3):
            query = urlencode({"settlementPoint": "HB_WEST", "size": 10, "page": page})
            body = asked(f"{service.url}{API}/np4-190-cd/dam_stlmnt_pnt_prices?{query}", headers=headers)[1]
            answer = json.loads(body)
            assert answer["_meta"]["totalPages"] == 3 and answer["_meta"]["totalRecords"] == 24
            rows += answer["data"]
        names = [field["name"] for field in answer["fields"]]
    assert len(rows) == 24 and all(isinstance(row, list) for row in rows)
    assert dict(zip(names, rows[0], strict=True))["DSTFlag"] is False


def test_unknown_parameters_and_reports() -> None:
    with ErcotService(ercot_postings(JUNE, JUNE)) as service:
        headers = authorized(service)
        assert (
            asked(f"{service.url}{API}/np4-190-cd/dam_stlmnt_pnt_prices?madeUp=1", headers=headers)[0] == 400
        )
        assert asked(f"{service.url}{API}/np4-190-cd/other", headers=headers)[0] == 404


def test_archive_is_a_zip_of_zips() -> None:
    with ErcotService(ercot_postings(JUNE, JUNE)) as service:
        headers = authorized(service)
        listed = json.loads(asked(f"{service.url}{API}/archive/NP6-905-CD?size=1000", headers=headers)[1])
        numbers = [one["docId"] for one in listed["archives"]]
        assert len(numbers) == 96
        url = f"{service.url}{API}/archive/NP6-905-CD/download"
        packed = asked(url, json.dumps({"docIds": numbers}).encode(), headers)[1]
        assert asked(url, json.dumps({"docIds": numbers * 11}).encode(), headers)[0] == 400
    with zipfile.ZipFile(io.BytesIO(packed)) as outer:
        assert len(outer.namelist()) == 96
        with zipfile.ZipFile(io.BytesIO(outer.read(outer.namelist()[0]))) as inner:
            assert inner.namelist()[0].endswith(".csv")


def test_keyless_lists_show_the_last_days_in_two_forms() -> None:
    with ErcotService(ercot_postings(JUNE, JUNE + timedelta(days=20)), keyless_days=5) as service:
        url = f"{service.url}/misapp/servlets/IceDocListJsonWS?reportTypeId=12331"
        documents = json.loads(asked(url)[1])["ListDocsByRptTypeRes"]["DocumentList"]
        number = documents[0]["Document"]["DocID"]
        assert asked(f"{service.url}/misdownload/servlets/mirDownload?doclookupId=1")[0] == 404
        names = {one["Document"]["FriendlyName"] for one in documents}
        if documents[0]["Document"]["FriendlyName"].endswith("xml"):
            number = documents[1]["Document"]["DocID"]
        status, body = asked(f"{service.url}/misdownload/servlets/mirDownload?doclookupId={number}")
    assert names == {"DAMSPNP4190_csv", "DAMSPNP4190_xml"} and len(documents) < 14
    assert status == 200 and body.startswith(b"PK")


def test_the_repeated_hour_is_marked() -> None:
    made = ercot_postings(AUTUMN, AUTUMN, ("HB_WEST",), ERCOT_REPORTS[:1])
    rows = made[0].rows
    assert len(rows) == 25
    assert [row[-1] for row in rows if row[1] == "02:00"] == ["N", "Y"]
    assert made_up_value("a", made[0].posted) == made_up_value("a", made[0].posted)


@pytest.mark.parametrize("limit", [3])
def test_beyond_the_rate_it_answers_429(limit: int) -> None:
    with ErcotService(ercot_postings(JUNE, JUNE), requests_per_second=limit) as service:
        statuses = [asked(service.url + "/x")[0] for _ in range(5)]
    assert statuses[:limit] == [404] * limit and set(statuses[limit:]) == {429}
