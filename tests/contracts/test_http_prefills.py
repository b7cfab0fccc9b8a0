"""`HttpPrefills` before the real centre: in by token, nothing out for a machine alone, and a cut line is a cut line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from clerk_app.outside.ids import new_id
from clerk_app.outside.line import HttpLine
from clerk_app.outside.prefill_line import HttpPrefills
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.ports.audit import Signer
from clerk_app.ports.prefills import PrefillSent
from clerk_app.queueing.citizen_token import ticket_token
from tests.contracts.running_centre import Machine, running_centre

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def machine(tmp_path_factory) -> Iterator[tuple[Machine, str]]:
    with running_centre(tmp_path_factory.mktemp("centre")) as address:
        one = Machine(address).enrol()
        yield one, address
        one.centre.close()


def sent(session: str) -> PrefillSent:
    document = {"company": {"trade_name": "岚栎舟"}}
    return PrefillSent(session=session, form_version="2026.1", filled=3, steps=12, document=document)


def test_in_by_token_listed_without_content_and_not_out_for_a_machine_alone(machine) -> None:
    one, url = machine
    line = HttpLine(url, lambda: one.device, one.key.sign)
    box, ticket, session = HttpPrefills(line), new_id(), new_id()
    kept = box.save(ticket_token(ticket), sent(session))
    assert (kept.number, kept.expires_at > kept.saved_at) == ("", True)
    assert box.save(ticket_token(ticket), sent(session)).saved_at >= kept.saved_at
    with pytest.raises(CentreProblem) as told:
        box.save(ticket_token(ticket), sent(new_id()))
    assert told.value.type == "prefill-elsewhere"
    nobody = Signer("P203", one.key.sign)
    for ask in (lambda: box.read(ticket, nobody), lambda: box.take(ticket, nobody)):
        with pytest.raises(CentreProblem) as told:
            ask()
        assert told.value.type == "prefill-not-signed"
    (listed,) = box.of_day(kept.saved_at.date())
    assert (listed.filled, listed.steps, listed.taken) == (3, 12, False)
    line.close()


def test_a_cut_line_is_a_cut_line(machine) -> None:
    one, _ = machine
    line = HttpLine("http://127.0.0.1:9", lambda: one.device, one.key.sign)
    with pytest.raises(CentreAway):
        HttpPrefills(line).save(ticket_token(new_id()), sent(new_id()))
