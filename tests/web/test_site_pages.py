"""Sites: examples, one edited or sent, its plan and backtest; hostile texts and prices are told plainly."""

from __future__ import annotations

import io
import re
import time
import zipfile
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from hashpivot.core import NoData
from hashpivot.site import example_text, load_zone
from hashpivot.web.shared import Uploads

from .conftest import HERE

SENT = {"Origin": HERE}
SITE = example_text("fixed_block")
FIRST, HOURS = 24 * 365 * 3, 24 * 75


def keep(client: TestClient, text: str = "", **files: bytes) -> Any:
    return client.post(
        "/keep-site", data={"toml": text}, headers=SENT,
        files={name: (name, content) for name, content in files.items()},
    )  # fmt: skip


def kept(client: TestClient, text: str = SITE, **files: bytes) -> str:
    answer = keep(client, text, **files)
    assert answer.status_code == 303, answer.text
    where = str(answer.headers["location"])
    assert re.fullmatch(r"/site/[0-9a-f]{32}", where)
    return where


def until(client: TestClient, address: str) -> Any:
    end = time.monotonic() + 120
    while (answer := client.get(address)).status_code == 202:
        assert time.monotonic() < end
        time.sleep(0.1)
    return answer


def prices(hours: int = HOURS, columns: str = "ts_utc,rt_usd_per_mwh,da_usd_per_mwh") -> bytes:
    table = load_zone("LZ_WEST")
    part = table.part(FIRST, FIRST + hours)
    rows = zip(part.ts_utc, part.rt, part.da, strict=True)
    return "\n".join([columns, *(f"{ts}:00Z,{rt},{da}" for ts, rt, da in rows)]).encode()


def test_the_examples_are_listed_and_shown(client: TestClient) -> None:
    names = {row["name"] for row in client.get("/site.json").json()["sites"]}
    page = client.get("/site").text
    assert names and all(f'href="/site/{name}"' in page for name in names)
    shown = client.get("/site/west_texas")
    assert unescape(shown.text).count("S19j Pro hall") == 2
    assert client.get("/site/west_texas.json").json()["capacity_mw"] == pytest.approx(101.406)


def test_a_site_is_kept_under_its_content(client: TestClient) -> None:
    changed = SITE.replace("name = ", "name = # mine\n", 1) if "# mine" in SITE else SITE + "\n# mine\n"
    where = kept(client, changed)
    assert kept(client, changed) == where != kept(client, SITE)
    page = client.get(where)
    assert page.status_code == 200 and "# mine" in page.text and "kept under this address" in page.text
    assert client.get(f"/site/{'0' * 32}").status_code == 404
    assert client.get("/site/..%2f..%2fetc").status_code == 404


def test_a_plan_and_a_backtest_of_own_prices_are_made_by_jobs(client: TestClient) -> None:
    where = kept(client, SITE, prices=prices())
    plan = until(client, f"{where}/plan.json?hours=6")
    assert plan.status_code == 200, plan.text
    assert len(plan.json()["hours"]) == 6
    page = client.get(f"{where}/plan?hours=6")
    assert page.status_code == 200 and len(page.content) < 400_000 and "Hour by hour" in page.text
    assert client.get(f"{where}/plan.csv?hours=6").text.startswith("ts_utc,")
    start = str(load_zone("LZ_WEST").ts_utc[FIRST + 24 * 66])[:10]
    done = until(client, f"{where}/backtest.json?start={start}&end={start}")
    assert done.status_code == 200, done.text
    page = client.get(f"{where}/backtest?start={start}&end={start}")
    assert "The rolling horizon earned" in page.text and len(page.content) < 400_000
    assert f'value="{start}"' in page.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("limit_mw = " + "9" * 5000, "not valid TOML"),
        ("name = 'a'\nlimit_mw = " + "9" * 4000, "limit_mw"),
        ("name = 'a'\nlimit_mw = 1e400", "limit_mw"),
        ("a = " + "[" * 60_000, "brackets within brackets"),
        ("a = " + "{b = " * 10_000, "brackets within brackets"),
        (".".join("a" * 30_000) + " = 1", "dots"),
        ("[" + ".".join("a" * 30_000) + "]", "dots"),
        ("name = '=cmd|calc'\n" + SITE.partition("\n")[2] + "\nzone = 7", ""),
        ("<script>alert(1)</script>", "not valid TOML"),
        ("\x00\x01", "not valid TOML"),
    ],
)
def test_a_hostile_site_is_told_plainly_and_soon(client: TestClient, text: str, words: str) -> None:
    begun = time.process_time()
    where = kept(client, text)
    page = client.get(where)
    assert time.process_time() - begun < 2.0
    assert page.status_code == 200 and words in unescape(page.text) and "<script>alert" not in page.text
    assert 'role="alert"' in page.text
    assert client.get(f"{where}.json").status_code == 400
    assert len(unescape(page.text)) < 200_000


def test_what_is_no_text_or_too_long_is_not_kept(client: TestClient) -> None:
    assert "UTF-8" in keep(client, file="limit_mw = 5 # é".encode("utf-16")).text
    assert "no more than" in keep(client, "#" * 70_000).text
    assert "No site was sent" in keep(client, " ").text
    assert "as CSV" in keep(client, SITE, prices=b"PAR1" + b"\x00" * 99).text
    assert keep(client, SITE, prices=b"x" * (9 * 2**20)).status_code == 413


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("prices.csv", b"0" * 50_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"ts_utc,rt_usd_per_mwh\n2024-01-01T00:00Z,2\n", "da_usd_per_mwh"),
        (prices(3).replace(b"Z,", b"Z,=1+1", 1), "is not a number"),
        (b"\xff\xfe" + "ts_utc".encode("utf-16"), "CSV text in UTF-8"),
        (bomb(), "CSV text in UTF-8"),
        (b"\x00" * 1000, ""),
    ],
)
def test_prices_that_cannot_be_are_told_plainly(client: TestClient, content: bytes, words: str) -> None:
    where = kept(client, SITE, prices=content)
    answer = until(client, f"{where}/plan")
    assert answer.status_code == 400 and words in unescape(answer.text)
    assert "hashpivot-web-" not in answer.text and "Traceback" not in answer.text


def test_the_oldest_uploads_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hashpivot.web.shared._uploads._MOST_KEPT", 2)
    uploads = Uploads()
    names = [uploads.keep({"site.toml": bytes([number])}) for number in range(3)]
    with pytest.raises(NoData, match="gone"):
        uploads.find(names[0])
    assert (uploads.find(names[2]) / "site.toml").read_bytes() == b"\x02"
    folder = uploads.folder
    uploads.close()
    assert not folder.exists()
    again = uploads.find(uploads.keep({"site.toml": b"anew"})).parent
    del uploads
    assert not again.exists()
    for name in ("..", "/etc", "A" * 32):
        with pytest.raises(NoData):
            Uploads().find(name)
