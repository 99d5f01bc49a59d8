"""A run of a site: disturbed, its limits hold and its log replays; bad inputs end in a safe default."""

from __future__ import annotations

import csv
import json
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hashpivot.core import ChannelError, InvalidInput, Webhook
from hashpivot.desk.site._run import run_interval
from hashpivot.site import (
    CsvOutput,
    JsonOutput,
    MqttOutput,
    RunLog,
    RunLogError,
    RunSettings,
    SiteOperator,
    StateFile,
    WebhookOutput,
    parse_site,
    plan_from_state,
    replay,
)
from hashpivot.site.operation._state_file import read_remembered
from hashpivot.testing.services import LocalService, SeenRequest, ServedAnswer
from hashpivot.testing.services.http import status, text_answer
from tools.checks.site_run import BEFORE_DAYS, HOT_SITE, SITE, World, run, words, world

from .mqtt_broker import Broker


@pytest.mark.parametrize(("days", "minutes", "seed"), [(2, 60, 5), (0.1, 15, 1)])
def test_disturbed_no_limit_breaks_and_the_log_replays(days: float, minutes: int, seed: int) -> None:
    outcome = run(days, minutes, seed, rate=0.06 if days > 1 else 0.2)
    assert not outcome.problems, "\n".join(words(outcome))
    assert outcome.counts["kills"] or outcome.counts["decided by default"]


def test_no_heat_breaks_the_limit_it_lowers_while_inputs_come() -> None:
    outcome = run(1.5, 60, 4, rate=0.0, text=HOT_SITE)
    assert not outcome.problems, "\n".join(words(outcome))
    assert outcome.counts["decided by plan"] == 36


def test_parts_of_a_group_keep_their_own_times_and_are_told_as_one() -> None:
    text = HOT_SITE.replace("count = 12000", "count = 12000\nparts = 3")
    outcome = run(1.5, 60, 4, rate=0.0, text=text)
    assert not outcome.problems, "\n".join(words(outcome))
    assert outcome.counts["decided by plan"] == 36


HOUR = timedelta(hours=1)
CALLED = """
name = "Called"
limit_mw = 75
zone = "made"
[power]
kind = "indexed"
[[machines]]
name = "m"
model = "Antminer S21"
count = 10000
min_off_hours = 3
[[reserves]]
product = "rrs"
resource = "non-clr"
cap_mw = 50
"""


@pytest.fixture(scope="module")
def market() -> World:
    return world(2, 60, 3)


@pytest.fixture
def made(market: World) -> World:
    """A market in which nothing is wrong."""
    return World(market.prices)


@pytest.fixture
def start(made: World) -> datetime:
    moment: datetime = made.prices.ts_utc[BEFORE_DAYS * 24].item().replace(tzinfo=UTC)
    return moment


def operator(made: World, folder: Path, **settings: Any) -> SiteOperator:
    state, log = StateFile(folder / "state.json"), RunLog(folder / "run.log")
    return SiteOperator(SITE, RunSettings(60, **settings), state, log, made.read)


def modes(decision: Any) -> list[str]:
    return [group["mode"] for group in decision.answer["groups"]]


@pytest.mark.parametrize(
    ("default", "wanted"),
    [("keep", ["normal", "eco"]), ("off", ["off", "eco"]), ("normal", ["normal", "eco"])],
)
def test_old_prices_end_in_the_safe_default(
    made: World, start: datetime, tmp_path: Path, default: str, wanted: list[str]
) -> None:
    run_now = operator(made, tmp_path, default=default)
    made.old_intervals = 4
    decision = run_now.step(start)
    assert decision.answer["by"] == "default" and modes(decision) == wanted  # the ramp and the limit
    (alarm,) = decision.alarms
    assert alarm["kind"] == "stale_price" and "4 intervals old" in alarm["message"]
    made.old_intervals = 3
    decision = run_now.step(start + timedelta(hours=1))
    assert decision.answer["by"] == "plan" and not decision.alarms
    notes = " ".join(decision.answer["notes"])
    assert "the last 3 real-time prices are not out" in notes and "3 hours of prices before" in notes


def test_the_safe_default_keeps_minimum_times(made: World, start: datetime, tmp_path: Path) -> None:
    run_now = operator(made, tmp_path, default="off")
    made.silent = True
    assert modes(run_now.step(start))[0] == "off"
    later = operator(made, tmp_path, default="normal")
    found = [modes(later.step(start + timedelta(hours=n)))[0] for n in range(1, 8)]
    assert found == ["off"] * 6 + ["normal"]


def test_prices_that_cannot_be_read_are_planned_on_as_last_read_until_too_old(
    made: World, start: datetime, tmp_path: Path
) -> None:
    operator(made, tmp_path).step(start)
    made.silent = True
    found = [operator(made, tmp_path).step(start + timedelta(hours=n)) for n in range(1, 6)]
    assert [decision.answer["by"] for decision in found] == ["plan"] * 3 + ["default"] * 2
    assert "prices.csv: cannot be read" in found[0].alarms[0]["message"]
    assert [alarm["kind"] for alarm in found[4].alarms] == ["inputs_unreadable", "stale_price"]


def test_missing_and_short_day_ahead_prices(made: World, start: datetime, tmp_path: Path) -> None:
    made.ahead_hours = 0
    none = operator(made, tmp_path).step(start)
    assert [alarm["kind"] for alarm in none.alarms] == ["forecast_missing"] and none.answer["by"] == "default"
    made.ahead_hours = 2
    short = operator(made, tmp_path).step(start + timedelta(hours=1))
    assert [alarm["kind"] for alarm in short.alarms] == ["forecast_short"] and short.answer["by"] == "plan"


def test_a_state_lost_beside_its_log_is_an_alarm(made: World, start: datetime, tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text("{")
    decision = operator(made, tmp_path).step(start)
    assert [alarm["kind"] for alarm in decision.alarms] == ["state_lost"]
    assert decision.answer["by"] == "default" and (tmp_path / "state.json.damaged").exists()
    assert operator(made, tmp_path).step(start + timedelta(hours=1)).answer["by"] == "plan"


def test_the_states_file_is_the_truth_unless_it_lacks_just_the_last_decision(
    made: World, start: datetime, tmp_path: Path
) -> None:
    file = StateFile(tmp_path / "state.json")
    kept = []
    for n in range(3):
        operator(made, tmp_path).step(start + timedelta(hours=n))
        kept.append(file.path.read_text())
    last, later = start + timedelta(hours=2), start + timedelta(hours=3)

    def recalled(text: str | None, moment: datetime) -> tuple[list[str], Any]:
        """Alarms of the next step after something was done to the file, and the state it began from."""
        log = (tmp_path / "run.log").read_bytes()
        file.path.unlink() if text is None else file.path.write_text(text)
        decision = operator(made, tmp_path).step(moment)
        (tmp_path / "run.log").write_bytes(log)
        return [alarm["kind"] for alarm in decision.alarms], decision.remembered.before

    ends = json.loads(kept[2])
    assert recalled(kept[2], later)[0] == [] and recalled(kept[1], last)[0] == []
    edited = kept[2].replace('"off_minutes": 0', '"off_minutes": 600')
    alarms, begun = recalled(edited, later)
    assert alarms == ["state_changed"] and begun.machines[0].off_minutes == 600
    alarms, begun = recalled(kept[0], later)
    assert (
        alarms == ["state_changed"]
        and begun.machines[0] == read_remembered(json.loads(kept[0])).state.machines[0]
    )
    alarms, begun = recalled(None, later)
    assert alarms == ["state_lost"] and f"{begun.moment:%Y-%m-%dT%H:%M}Z" == ends["moment"]


def test_a_run_killed_before_its_first_state_goes_on_and_a_plan_between_is_no_alarm(
    made: World, start: datetime, tmp_path: Path
) -> None:
    first = operator(made, tmp_path).step(start)
    (tmp_path / "state.json").unlink()
    assert operator(made, tmp_path).step(start).answer == first.answer
    site = parse_site(SITE)
    for n in (1, 2):
        moment = start + timedelta(hours=n)
        prices, network = made.read(moment)
        file = StateFile(tmp_path / "state.json")
        file.write(plan_from_state(site, prices, file.read(), network=network).remembered)
    assert operator(made, tmp_path).step(start + timedelta(hours=3)).alarms == []


@pytest.mark.parametrize("old_intervals", [0, 6])
def test_a_call_at_hand_is_obeyed_by_plan_and_default(
    made: World, start: datetime, tmp_path: Path, old_intervals: int
) -> None:
    """A non-controllable load is off while it is called and until its hours off are over; the log replays."""
    share = np.zeros(made.prices.hours)
    share[made.position(start) + 25 :][:2] = 0.3
    columns = {**made.prices.columns, "rrs_called": share, "as_rrs": np.full(made.prices.hours, 500.0)}
    made.prices = made.prices.with_columns(columns)
    state, log = StateFile(tmp_path / "state.json"), RunLog(tmp_path / "run.log")
    decided = []
    for n in (9, 15, *range(24, 29)):  # reserve of tomorrow is offered by 10:00 and sold by 14:00
        made.old_intervals = old_intervals if n == 25 else 0
        decided.append(SiteOperator(CALLED, RunSettings(60), state, log, made.read).step(start + n * HOUR))
    before, called, *after = [decision.answer["groups"][0] for decision in decided[2:]]
    assert decided[3].answer["by"] == ("default" if old_intervals else "plan")
    assert before["mode"] == "normal" and called["reserve_mw"] > 0
    assert called["mode"] == "off" and called["reason"].startswith("called: ")
    drawn = [group["power_mw"] for group in (called, *after[:2])]
    assert drawn == [0, 0, 0]  # called for two hours, off for three
    assert after[2]["mode"] == "normal" and replay(tmp_path / "run.log").difference is None


def test_the_future_is_not_looked_at(made: World, start: datetime, tmp_path: Path) -> None:
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
    honest = operator(made, tmp_path / "one").step(start)
    turned = made.prices.rt.copy()
    turned[made.position(start) :] = 5_000.0
    liar = World(made.prices)
    liar.prices = made.prices.with_columns({**made.prices.columns, "rt_usd_per_mwh": turned})
    liar.old_intervals = -20  # real-time prices of hours to come are in the file
    assert operator(liar, tmp_path / "other").step(start).answer == honest.answer


def test_replay_tells_the_first_difference(made: World, start: datetime, tmp_path: Path) -> None:
    run_now = operator(made, tmp_path)
    for n in range(3):
        run_now.step(start + timedelta(hours=n))
    lines = [json.loads(line) for line in (tmp_path / "run.log").read_text().splitlines()]
    assert [line["kind"] for line in lines] == ["start", *["interval"] * 3]
    assert len(lines[1]["inputs"]["prices"]["rows"]) > 1000 > len(lines[2]["inputs"]["prices"]["rows"])
    lines[2]["decision"]["groups"][1]["mode"] = "off"
    tampered = tmp_path / "tampered.log"
    tampered.write_text("\n".join(map(json.dumps, lines)) + "\n")
    done = replay(tampered)
    assert done.intervals == 1 and done.difference is not None
    assert (done.difference.moment, done.difference.what) == (lines[2]["moment"], "decision groups 1 mode")
    assert (done.difference.logged, done.difference.replayed) == ("off", "eco")


@pytest.mark.parametrize(
    ("line", "keys", "value"),
    [
        (0, ("site",), 1.5),
        (0, ("settings", "learnedx"), True),
        (1, ("inputs", "prices", "rows", 5, 1), 10**400),
        (1, ("inputs", "prices", "rows", 5, 1), 1e308),
        (1, ("decision", "groups", 1, "power_mw"), math.nan),
        (1, ("problems",), -math.inf),
        (1, ("inputs", "prices", "minutes"), 0),
        (1, ("inputs",), 3),
        (2, ("moment",), None),
    ],
)
def test_a_changed_log_is_refused_in_plain_words(
    made: World, start: datetime, tmp_path: Path, line: int, keys: tuple[Any, ...], value: Any
) -> None:
    run_now = operator(made, tmp_path)
    for n in range(2):
        run_now.step(start + timedelta(hours=n))
    lines = [json.loads(text) for text in (tmp_path / "run.log").read_text().splitlines()]
    *above, last = keys
    holder = lines[line]
    for key in above:
        holder = holder[key]
    holder[last] = value
    (tmp_path / "changed.log").write_text("\n".join(map(json.dumps, lines)) + "\n")
    with pytest.raises(RunLogError, match=f"^[^:]*changed.log:? line {line + 1}:? is no"):
        replay(tmp_path / "changed.log")


def test_what_a_run_reads_of_its_log_does_not_grow(made: World, start: datetime, tmp_path: Path) -> None:
    run_now, log = operator(made, tmp_path), RunLog(tmp_path / "run.log")
    for n in range(26):
        run_now.step(start + timedelta(hours=n))
    lines = list(log.lines())
    begins = [n for n, line in enumerate(lines) if line["kind"] == "start"]
    assert begins[0] == 0 and len(begins) == 2 + (start.hour > 22)
    assert list(log.newest_part()) == lines[begins[-1] :]
    whole = [len(lines[n + 1]["inputs"]["prices"]["rows"]) for n in begins]
    assert min(whole) > 1000
    made.silent = True
    decision = operator(made, tmp_path).step(start + timedelta(hours=26))
    assert decision.answer["by"] == "plan"  # on the prices of the log
    assert replay(log.path).difference is None
    with log.path.open("r+b") as file:
        file.write(b"X" * 50)  # what is older than the newest part is not looked at
    assert operator(made, tmp_path).step(start + timedelta(hours=27)).answer["by"] == "plan"


def test_a_run_killed_after_the_first_line_of_a_day_goes_on(
    made: World, start: datetime, tmp_path: Path
) -> None:
    for n in range(2):
        operator(made, tmp_path).step(start + timedelta(hours=n))
    operator(made, tmp_path, hours=24)  # begins with other settings, and is killed at once
    made.silent = True
    for hours in (24, 12):
        decision = operator(made, tmp_path, hours=hours).step(start + timedelta(hours=2))
        assert decision.answer["by"] == "plan"
    assert replay(tmp_path / "run.log").difference is None


def test_what_is_no_log_is_refused(tmp_path: Path) -> None:
    for text, said in (("", "no decision"), ("a,b\n", "no line"), ('{"kind": "interval"}\n', "begin with")):
        (tmp_path / "x.log").write_text(text)
        with pytest.raises(RunLogError, match=said):
            replay(tmp_path / "x.log")


def test_settings_that_cannot_be() -> None:
    for wrong in ({"minutes": 7}, {"default": "panic"}, {"stale_after": -1}, {"hours": 99}):
        with pytest.raises(InvalidInput):
            RunSettings(**wrong)  # type: ignore[arg-type]


class Receiver(LocalService):
    """Accepts every schedule."""

    def answer(self, request: SeenRequest) -> ServedAnswer:
        return text_answer(b"ok")


def test_outputs_get_the_schedule_and_one_that_fails_stops_no_other(
    made: World, start: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("paho.mqtt")
    monkeypatch.setattr("hashpivot.core.sending._webhook._PAUSES", (0.0,))
    with Receiver() as receiver, Broker() as broker:
        outputs = [
            CsvOutput(tmp_path / "none" / "schedule.csv"),
            WebhookOutput(Webhook(receiver.url + "/hook", "[site] webhook")),
            CsvOutput(tmp_path / "schedule.csv"),
            JsonOutput(tmp_path / "schedule.json"),
            MqttOutput(f"mqtt://me:secret@127.0.0.1:{broker.port}/site/schedule"),
        ]
        made_now = run_interval(operator(made, tmp_path), outputs, start)
        (seen,) = receiver.requests
        receiver.fail(status(500), times=None)
        again = run_interval(operator(made, tmp_path), outputs[1:], start)
    assert list(made_now.failed) == ["csv"] and list(again.failed) == ["webhook"] and made_now.is_problem
    message = json.loads((tmp_path / "schedule.json").read_text())
    assert json.loads(seen.body) == message and seen.header("x-hashpivot-id").endswith(message["moment"])
    assert message["moment"] == f"{start:%Y-%m-%dT%H:%M}Z" and len(message["hours"]) == 36
    rows = list(csv.DictReader((tmp_path / "schedule.csv").read_text().splitlines()))
    assert len(rows) == 36 * 4 and rows[0]["mode"] == message["hours"][0]["groups"][0]["mode"]
    topic, content, retained = broker.messages[0]
    assert topic == "site/schedule" and json.loads(content) == message and retained
    assert b"secret" in broker.logins[0]
    kinds = [line["kind"] for line in RunLog(tmp_path / "run.log").lines()]
    assert kinds == ["start", "interval", "output_failed", "interval", "output_failed"]
    assert replay(tmp_path / "run.log").difference is None


def test_a_broker_that_confirms_nothing_is_told_without_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("paho.mqtt")
    monkeypatch.setattr("hashpivot.site.operation._mqtt._TIMEOUT", 0.3)
    with Broker(refuses=True) as broker:
        silent = MqttOutput(f"mqtt://me:secret@127.0.0.1:{broker.port}/topic")
        with pytest.raises(ChannelError, match="did not confirm") as caught:
            silent.send({"hours": []})
    with pytest.raises(ChannelError, match="no connection"):
        silent.send({"hours": []})
    assert "secret" not in f"{caught.value}{caught.value.to_dict()}{silent!r}"


@pytest.mark.parametrize(
    "url",
    ["mqtt://broker.example/topic", "mqtts://broker.example", "mqtts://b/#", "https://b/t", "mqtts://b:x/t"],
)
def test_a_broker_is_spoken_to_safely_or_not_at_all(url: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        MqttOutput(url)
    assert url not in str(caught.value)


def test_prices_of_another_interval_are_an_alarm(made: World, start: datetime, tmp_path: Path) -> None:
    state, log = StateFile(tmp_path / "state.json"), RunLog(tmp_path / "run.log")
    decision = SiteOperator(SITE, RunSettings(30), state, log, made.read).step(start)
    assert "interval is 30" in decision.alarms[0]["message"]


def test_few_prices_end_in_the_default(made: World, start: datetime, tmp_path: Path) -> None:
    first = made.position(start) - 24 * 10
    made.prices = made.prices.part(first, made.prices.hours)
    decision = operator(made, tmp_path).step(start)
    assert [alarm["kind"] for alarm in decision.alarms] == ["cannot_plan"]
    assert modes(decision) == ["normal", "eco"]  # keeping both would draw more than the limit
