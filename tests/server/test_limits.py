"""What one request may hold and how often one machine may ask: always an answer at once, never a crash."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from clerk_app.canonical import canonical, sm3
from clerk_app.server.app import build_app
from clerk_app.server.centre import CentreOffice
from clerk_app.server.limits import DEEPEST, MOST_VALUES, Limits, Meter, Rate, within_limits
from clerk_app.server.problems import ProblemError
from clerk_app.sync import protocol
from clerk_app.sync.wire import Envelope
from tests.server.asgi import Answer, call
from tests.server.desk import CODE, Desk

DATABASES = ("postgresql",)

MEBIBYTE = 1 << 20


def nested(levels: int, opening: str = "[", closing: str = "]") -> bytes:
    return (opening * levels + closing * levels).encode()


@pytest.mark.parametrize(
    ("body", "good"),
    [
        (b"", True),
        (b"{}", True),
        (nested(DEEPEST), True),
        (nested(DEEPEST + 1), False),
        (b"[" * MEBIBYTE, False),
        (b'{"a":' * 300_000, False),
        (json.dumps({"a": {"b": [{"c": "[[[[[[" * 100}] * 100}}).encode(), True),
        (json.dumps([["\\", '"[', '\\"[[']] * 200).encode(), True),
        (b"[" + b"{}," * MOST_VALUES + b"{}]", False),
        (b"[" + b"1," * (MOST_VALUES - 10) + b"1]", True),
        (b'"' * MEBIBYTE, True),  # no JSON, and quick to be refused as such
        (b'{"a":"\\u0000"}', False),
        (b'{"a":"\x00"}', False),
        (json.dumps({"a": "\\u0000 as somebody typed it"}).encode(), True),
        (json.dumps({"a": "\\\u0000"}).encode(), False),
    ],
    ids=range(15),
)
def test_shallow_small_and_without_nul(body: bytes, good: bool) -> None:
    assert within_limits(body) is good


@pytest.mark.parametrize(
    "body", [b"[" * MEBIBYTE, b'{"a":' * 200_000, b'"' * MEBIBYTE, b'"' + b'\\"' * (MEBIBYTE // 2)]
)
@pytest.mark.parametrize("path", [protocol.COMMANDS, protocol.SESSIONS, protocol.DEVICES])
def test_a_mebibyte_of_brackets_is_refused_at_once(desk: Desk, path: str, body: bytes) -> None:
    begun = time.monotonic()
    answer = call(desk.app, "POST", path, body, desk.signed("POST", path, body))
    assert (answer.status, answer.type) == (400, "unreadable-request")
    assert time.monotonic() - begun < 2


def too_long(desk: Desk) -> Answer:
    body = b" " * (5 * MEBIBYTE)
    return call(desk.app, "POST", protocol.SESSIONS, body, desk.signed("POST", protocol.SESSIONS, body))


def test_a_body_too_long_is_not_read_to_its_end(desk: Desk) -> None:
    assert (too_long(desk).status, too_long(desk).type) == (413, "too-large")


def odd_rows(desk: Desk, piece: str) -> Answer:
    """A command whose body holds this piece of JSON, well chained and signed, and a plain one behind it."""
    body = {**json.loads(canonical(_body(desk))), "basis": "§"}
    envelope = Envelope(
        device=desk.device,
        incarnation=1,
        device_seq=desk.seq + 1,
        id=body["id"],
        schema=1,
        prev_hash=desk.head,
        body=body,
    )
    data = envelope.bytes().replace('"§"'.encode(), piece.encode())
    desk.seq, desk.head = desk.seq + 1, sm3(data)
    odd = {"envelope": data.decode(), "signature": desk.person_key.sign(bytes.fromhex(desk.head))}
    return desk.push(odd, desk.record(desk.present()))


def _body(desk: Desk) -> dict[str, Any]:
    return json.loads(desk_record(desk)["envelope"])["body"]


def desk_record(desk: Desk) -> dict[str, Any]:
    seq, head = desk.seq, desk.head
    row = desk.record(desk.present())
    desk.seq, desk.head = seq, head
    return row


@pytest.mark.parametrize(
    "piece", ['"a\\u0000b"', "7", "null", nested(70).decode(), '"' + "x" * 200_000 + '"', "[" + "{}," * 30_000 + "{}]"],
    ids=["nul", "number", "null", "deep", "long", "wide"],
)  # fmt: skip
def test_an_odd_command_falls_alone(desk: Desk, piece: str) -> None:
    answer = odd_rows(desk, piece)
    assert answer.status == 200, answer.json
    odd, plain = answer.json["verdicts"]
    assert plain["state"] == "applied"
    assert odd["state"] == ("applied" if "xxx" in piece else "quarantined")


@pytest.mark.parametrize("piece", ["NaN", "Infinity", "1e999", "9" * 5000, "-" + "9" * 400])
def test_numbers_that_are_none_are_refused_whole_or_alone(desk: Desk, piece: str) -> None:
    answer = odd_rows(desk, piece)
    if answer.status == 200:
        assert [v["state"] for v in answer.json["verdicts"]] == ["quarantined", "applied"]
    else:
        assert (answer.status, answer.type) == (400, "unreadable-request")


@pytest.mark.parametrize("number", ["NaN", "1e999", "9" * 5000, "-1", "1.5", '"2"'])
def test_odd_numbers_in_other_requests(desk: Desk, number: str) -> None:
    body = f'{{"kind": "case_no:2026", "count": {number}}}'.encode()
    answer = call(desk.app, "POST", protocol.NUMBER_BLOCKS, body, desk.signed("POST", protocol.NUMBER_BLOCKS, body))
    assert answer.status == (200 if number == '"2"' else 400)


class Hand:
    """A clock moved by hand."""

    time = 0.0

    def __call__(self) -> float:
        return self.time


def test_a_meter_fills_again_and_says_how_long() -> None:
    hand = Hand()
    meter = Meter(Rate(burst=3, a_second=0.5), hand)
    for _ in range(3):
        meter.take("a")
    with pytest.raises(ProblemError) as caught:
        meter.take("a")
    assert (caught.value.status, caught.value.retry_after) == (429, 2)
    meter.take("b")
    hand.time = 2.0
    meter.take("a")
    with pytest.raises(ProblemError):
        meter.take("a")
    hand.time = 1000.0
    meter.look("a")
    for _ in range(3):
        meter.take("a")
    with pytest.raises(ProblemError):
        meter.look("a")


def test_a_meter_forgets_whom_it_need_not_know() -> None:
    hand = Hand()
    meter = Meter(Rate(burst=2, a_second=1), hand)
    for number in range(Meter.KEYS):
        meter.take(str(number))
    hand.time = 10.0
    meter.take("one more")
    assert len(meter._buckets) == 1


def slow(office: CentreOffice, **meters: Meter) -> Any:
    office.limits = Limits(**meters)
    return build_app(office)


def test_a_machine_that_asks_too_often_is_told_when_to_come_again(office: CentreOffice) -> None:
    app = slow(office, requests=Meter(Rate(5, 0.1), Hand()))
    desk, other = Desk(app).open(), Desk(app, window=3).open()
    while (answer := desk.changes()).status == 200:
        assert answer.json["changes"] == []
    assert (answer.status, answer.type, answer.headers["retry-after"]) == (429, "too-many-requests", "10")
    assert "留着" in answer.sentence
    assert other.changes().status == 200, "another machine is not held up"


def test_guessing_passwords_from_one_machine_is_slowed_whoever_is_guessed(office: CentreOffice) -> None:
    desk = Desk(slow(office, sign_ins=Meter(Rate(4, 0.1), Hand()))).open()
    people = [f"P{n}" for n in range(204, 210)]
    said = [desk.sign_in("guess", person).status for person in people]
    assert said == [401, 401, 401, 429, 429, 429]
    assert desk.changes().status == 200


def test_guessing_codes_from_one_address_is_slowed(office: CentreOffice) -> None:
    app = slow(office, wrong_codes=Meter(Rate(3, 0.1), Hand()))
    body = {"code": "AAAA-AAAA-AAAA", "window": 2, "public_key": Desk(app).key.public}
    said = [Desk(app).send("POST", protocol.DEVICES, body).status for _ in range(5)]
    assert said == [403, 403, 403, 429, 429]
    right = Desk(app).send("POST", protocol.DEVICES, {**body, "code": CODE})
    assert right.status == 429, "a guesser does not learn that he has it now"
