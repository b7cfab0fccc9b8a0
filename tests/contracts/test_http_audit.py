"""`HttpAudit` before the real centre: the person's signature beside the machine's, pages, and what is said to who may not look."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from clerk_app.canonical import sm3
from clerk_app.duty.usecases import RecordSignIn
from clerk_app.outside.audit_line import HttpAudit
from clerk_app.outside.ids import new_id
from clerk_app.outside.keys import SigningKey
from clerk_app.outside.line import HttpLine
from clerk_app.ports import CentreAway, CentreProblem, Sent
from clerk_app.ports.audit import AuditAsked, Signer
from clerk_app.store.columns import HALL_ZONE
from clerk_app.sync.wire import GENESIS, Envelope, body_of
from tests.contracts.running_centre import Machine, running_centre

PERSON = "P109"

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def url(tmp_path_factory) -> Iterator[str]:
    with running_centre(tmp_path_factory.mktemp("centre")) as address:
        yield address


@pytest.fixture(scope="module")
def machine(url) -> Iterator[Machine]:
    one = Machine(url).enrol()
    yield one
    one.centre.close()


@pytest.fixture(scope="module")
def signer(machine) -> Signer:
    """景维民 signed in at this machine; the fact is at the centre."""
    key = SigningKey(secrets.token_bytes(32))
    machine.centre.sign_in(PERSON, "lian-xi-109", 2, key.public)
    hello = machine.centre.hello()
    command = RecordSignIn(
        id=new_id(), at=hello.time, actor=PERSON, post="", window=2, basis="role:supervisor",
        hall_version=hello.hall_version, sign_in=new_id(), online=True,
    )  # fmt: skip
    data = Envelope(
        device=machine.device, incarnation=1, device_seq=1, id=command.id, schema=1, prev_hash=GENESIS,
        body=body_of(command),
    ).bytes()  # fmt: skip
    (verdict,) = machine.centre.push([Sent(envelope=data, signature=key.sign(bytes.fromhex(sm3(data))))])
    assert verdict.state == "applied", verdict
    return Signer(PERSON, key.sign)


@pytest.fixture
def audit(url, machine) -> Iterator[HttpAudit]:
    line = HttpLine(url, lambda: machine.device, machine.key.sign)
    yield HttpAudit(line)
    line.close()


def today() -> AuditAsked:
    day = datetime.now(HALL_ZONE).date()
    return AuditAsked(start=day - timedelta(days=1), end=day)


def test_the_first_request_of_a_line_fetches_its_token_and_is_signed_with_it(audit, signer) -> None:
    page = audit.page(today(), "", signer)
    kinds = {line.kind: line for line in page.lines}
    assert {"record_sign_in", "sign_in"} <= set(kinds)
    assert kinds["record_sign_in"].actor == PERSON
    assert kinds["record_sign_in"].basis == "role:supervisor"
    assert kinds["record_sign_in"].at.tzinfo is not None
    assert page.cursor == ""


def test_filters_travel(audit, signer) -> None:
    asked = today()
    page = audit.page(AuditAsked(start=asked.start, end=asked.end, kind="record_sign_in", person=PERSON), "", signer)
    assert {line.kind for line in page.lines} == {"record_sign_in"}
    assert audit.page(AuditAsked(start=asked.start, end=asked.end, number="查无 此号&x=1"), "", signer).lines == ()


def test_another_hand_is_told_nothing(audit, signer) -> None:
    other = SigningKey(secrets.token_bytes(32))
    with pytest.raises(CentreProblem) as told:
        audit.page(today(), "", Signer(PERSON, other.sign))
    assert told.value.type == "audit-not-signed"
    assert told.value.status == 403


def test_a_cut_line_is_a_cut_line(machine, signer) -> None:
    line = HttpLine("http://127.0.0.1:9", lambda: machine.device, machine.key.sign)
    with pytest.raises(CentreAway):
        HttpAudit(line).page(today(), "", signer)
