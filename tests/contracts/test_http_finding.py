"""`HttpFinding` before the real centre: the person's signature beside the machine's, and what is said to who may not ask."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace

import pytest

from clerk_app.canonical import sm3
from clerk_app.duty.usecases import RecordSignIn
from clerk_app.outside.finding_line import HttpFinding
from clerk_app.outside.ids import new_id
from clerk_app.outside.keys import SigningKey
from clerk_app.outside.line import HttpLine
from clerk_app.outside.name_line import HttpNames
from clerk_app.ports import CentreAway, CentreProblem, Sent
from clerk_app.ports.audit import Signer
from clerk_app.ports.finding import WiderLines
from clerk_app.registration.naming import NameParts
from clerk_app.server.__main__ import main
from clerk_app.sync.wire import GENESIS, Envelope, body_of
from resources import path
from tests.contracts.running_centre import Machine, running_centre

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def machine(tmp_path_factory) -> Iterator[tuple[Machine, str]]:
    folder = tmp_path_factory.mktemp("centre")
    with running_centre(folder) as address:
        register = str(path("halls", "training_names.json"))
        assert main(["load-names", register, "--database-url", f"sqlite:///{folder / 'centre.db'}"]) == 0
        one = Machine(address).enrol()
        yield one, address
        one.centre.close()


@pytest.fixture(scope="module")
def signer(machine) -> Signer:
    """The clerk of window 2 signed in at this machine; the fact is at the centre."""
    one, _ = machine
    key = SigningKey(secrets.token_bytes(32))
    one.centre.sign_in("P203", "lian-xi-203", 2, key.public)
    hello = one.centre.hello()
    command = RecordSignIn(
        id=new_id(), at=hello.time, actor="P203", post="A1", window=2, basis="A", hall_version=hello.hall_version,
        sign_in=new_id(), online=True,
    )  # fmt: skip
    data = Envelope(
        device=one.device,
        incarnation=1,
        device_seq=1,
        id=command.id,
        schema=1,
        prev_hash=GENESIS,
        body=body_of(command),
    ).bytes()
    (verdict,) = one.centre.push([Sent(envelope=data, signature=key.sign(bytes.fromhex(sm3(data))))])
    assert verdict.state == "applied", verdict
    return Signer("P203", key.sign)


def test_nobody_of_that_number_and_another_hand(machine, signer) -> None:
    one, url = machine
    line = HttpLine(url, lambda: one.device, one.key.sign)
    finding = HttpFinding(line)
    assert finding.status("code", "7K3M-Q9X2", signer) == ()
    assert finding.search("卢 & 100%", 20, signer) == WiderLines(lines=())
    other = Signer("P203", SigningKey(secrets.token_bytes(32)).sign)
    for ask in (lambda: finding.status("id", "430121199003070427", other), lambda: finding.search("卢", 20, other)):
        with pytest.raises(CentreProblem) as told:
            ask()
        assert (told.value.type, told.value.status) == ("finding-not-signed", 403)
    line.close()


def test_a_cut_line_is_a_cut_line(machine, signer) -> None:
    one, _ = machine
    line = HttpLine("http://127.0.0.1:9", lambda: one.device, one.key.sign)
    with pytest.raises(CentreAway):
        HttpFinding(line).status("code", "7K3M-Q9X2", signer)


def test_the_register_of_names_is_asked_and_copied(machine) -> None:
    """Of the training hall's own small register; the machine alone asks."""
    one, url = machine
    line = HttpLine(url, lambda: one.device, one.key.sign)
    names = HttpNames(line)
    page = names.page(0, 3)
    assert [row.seq for row in page.names] == [1, 2, 3]
    assert page.last > 3
    assert page.as_of is not None
    (same, near) = (
        NameParts(trade_name=name, industry_term="文化传播", authority_code="429901") for name in ("听雨轩", "听语萱")
    )
    met = names.met([same, near], page.as_of)
    assert (met.as_of, [name.trade_name for name in met.names]) == (page.as_of, ["听雨轩"])
    assert names.met([replace(same, authority_code="340103")], page.as_of).names == ()
    line.close()
    with pytest.raises(CentreAway):
        HttpNames(HttpLine("http://127.0.0.1:9", lambda: one.device, one.key.sign)).page(0, 3)
