"""Where no copy exists: the numbers handed to the dead machine, found on citizens' slips and entered late at another window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from clerk_app.cases.afterwards import ReenterCase
from clerk_app.cases.model import Case, case_kind
from clerk_app.command import Refusal
from clerk_app.office.line.dead_machine import UnseenNumber, UnseenNumbers, unseen_numbers
from clerk_app.office.office import Done
from clerk_app.outside.ids import new_id
from clerk_app.queueing.model import Ticket
from clerk_app.server.database import Database
from clerk_app.store.tables import cases
from tests.desk import cut_office
from tests.faults.centres import CentreProcess, prepare
from tests.faults.windows import Window
from tests.visits import accept, receive, serve

pytestmark = pytest.mark.process


class Dead:
    """What is left of window 2: the slips two citizens hold, and the hall around it."""

    def __init__(self, folder: Path) -> None:
        database = f"sqlite:///{folder / 'centre.db'}"
        prepare(database)
        self.centre = CentreProcess(database, folder / "centre.log").start()
        window2 = Window(folder / "window2", self.centre.url, 2).open().sign_in()
        window2.drain()
        self.device = window2.device
        self.centre.kill()
        self.ticket: Ticket = serve(window2.office)
        self.slip: Case = accept(window2.office, receive(window2.office, self.ticket))
        window2.close()
        shutil.rmtree(folder / "window2")
        self.centre.start()
        self.window3 = Window(folder / "window3", self.centre.url, 3).open().sign_in()
        self.window3.drain()

    def unseen(self) -> UnseenNumbers:
        found = unseen_numbers(self.window3.office, self.device)
        assert isinstance(found, UnseenNumbers), found
        return found

    def number(self, text: str) -> UnseenNumber:
        (found,) = (number for number in self.unseen().numbers if number.text == text)
        return found

    def typed(self, **changed: object) -> ReenterCase:
        """From the citizen's slip."""
        slip, office = self.slip, self.window3.office
        number = self.number(slip.case_no)
        typed = ReenterCase(
            **office.stamp().fields(new_id), case=new_id(), item=slip.item, applicant=slip.applicant,
            brought=tuple(m.name for m in slip.materials), query_code=slip.query_code, received_at=slip.received_at,
            reason="2号窗口的电脑坏了，照回执补录", case_no=slip.case_no, block=number.block, serial=number.serial,
            accepted_at=slip.accepted_at, due=slip.due,
        )  # fmt: skip
        return replace(typed, **changed)

    def close(self) -> None:
        self.window3.close()
        self.centre.kill()


@pytest.fixture
def dead(tmp_path: Path) -> Iterator[Dead]:
    with closing(Dead(tmp_path)) as dead:
        yield dead


def test_a_slip_is_entered_late_with_its_own_number_and_time(dead: Dead) -> None:
    found = dead.unseen()
    assert (found.device, found.window) == (dead.device, 2)
    by_text = {number.text: number for number in found.numbers}
    assert by_text[dead.slip.case_no].what == "case"
    assert by_text[dead.slip.case_no].serial == dead.slip.serial
    assert by_text[dead.ticket.number].what == "ticket"
    assert {"ticket", "case", "document"} == {number.what for number in found.numbers}
    office = dead.window3.office
    typed = dead.typed()
    assert isinstance(office.do(typed), Done)
    dead.window3.drain()
    assert dead.window3.tally().get("refused") is None
    with closing(Database(dead.centre.database)) as database, database.reading() as connection:
        (row,) = connection.execute(select(cases).where(cases.c.case_no == dead.slip.case_no)).all()
    assert (row.received_at, row.accepted_at) == (dead.slip.received_at, dead.slip.accepted_at)
    assert row.late_entry["reason"] == typed.reason
    assert row.late_entry["by"] == "P204"
    texts = {number.text for number in dead.unseen().numbers}
    assert dead.slip.case_no not in texts
    assert dead.ticket.number in texts
    again = office.do(replace(typed, id=new_id(), case=new_id()))
    assert isinstance(again, Refusal)
    assert again.type == "number-used"


@pytest.mark.parametrize(
    ("changed", "kind"),
    [({"reason": " "}, "applicant-missing"), ({"block": "no-such-block"}, "number-not-given"), ({"serial": 20}, "case-number-wrong")],
)  # fmt: skip
def test_what_the_slip_does_not_say_is_not_entered(dead: Dead, changed: dict[str, object], kind: str) -> None:
    outcome = dead.window3.office.do(dead.typed(**changed))
    assert isinstance(outcome, Refusal)
    assert outcome.type == kind


def test_this_desk_never_draws_from_the_dead_one_s_block(dead: Dead) -> None:
    keep = dead.window3.office.parts.vault.keep
    kind = case_kind(dead.slip.received_at.year)
    mine = keep.next_serial(kind)
    dead.unseen()
    assert keep.next_serial(kind) == mine


def test_with_the_line_cut_or_another_hall_s_machine_it_is_one_sentence(dead: Dead, tmp_path: Path) -> None:
    nobody = unseen_numbers(dead.window3.office, "no-such-device")
    assert isinstance(nobody, Refusal)
    assert nobody.type == "device-not-here"
    dead.centre.kill()
    cut = unseen_numbers(dead.window3.office, dead.device)
    assert isinstance(cut, Refusal)
    assert cut.type == "line-cut"
    (tmp_path / "plain").mkdir()
    office = cut_office(tmp_path / "plain")
    assert isinstance(unseen_numbers(office, dead.device), Refusal)
    office.parts.vault.close()
