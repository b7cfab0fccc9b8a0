"""The steps behind tests/features: a real office, the embedded centre as a process, a TCP printer, real pages and seals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import given, parsers, then, when

from clerk_app import training
from clerk_app.cases.model import Applicant, Case
from clerk_app.command import Refusal, ticket_subject
from clerk_app.office.counter import visit
from clerk_app.office.line.holding import claim
from clerk_app.office.line.keeper import LineKeeper
from clerk_app.office.office import Office
from clerk_app.office.running import LaneKeeper
from clerk_app.office.signing_in import sign_in
from clerk_app.outside import recovery
from clerk_app.outside.child import ENROLMENT_CODE, EmbeddedCentre
from clerk_app.starting import Start, opening
from clerk_app.training import TrainingLine
from printers.desk import desk_lane, slip_maker
from printers.pages import QtPageMaker
from printers.show import show
from printers.virtual import VirtualPrinter
from tests import nursery
from tests.contracts.running_centre import load_centre
from tests.visit.conftest import training_hall


@dataclass
class Scene:
    """One desk: its office, its line, its printer, and what was answered last."""

    office: Office
    line: TrainingLine
    printer: VirtualPrinter
    keeper: LineKeeper
    lane: LaneKeeper
    answer: Any = None
    case: Case | None = None
    prepared: Any = None

    def slips(self) -> list[str]:
        self.lane.step()
        return [show(job) for job in self.printer.jobs]

    def settle(self) -> None:
        self.lane.step()
        self.keeper.round()

    def current(self):
        day = self.office.parts.clock.now().date()
        return self.office.read(lambda books: books.open_call_at(2, day))

    def standing(self, kind: str):
        return next(r for r in self.office.parts.vault.journal.rows((), 50) if r.kind == kind)


class ForkedCentre(EmbeddedCentre):
    """The embedded centre as the nursery's child, over a database that is loaded already; the tour starts the real one."""

    def __init__(self, folder: Path, hall_file: Path) -> None:
        super().__init__(folder, hall_file)
        self._folder, self._open = folder, ExitStack()

    def start(self) -> str:
        load_centre(self._folder)
        self.url = self._open.enter_context(training_hall(self._database, code=ENROLMENT_CODE)).url
        return self.url

    def stop(self) -> None:
        self._open.close()


_made_once = cache(recovery.make_recovery)
"""An RSA key takes a second."""


@pytest.fixture
def scene(tmp_path: Path, qapp, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.setattr(training, "EmbeddedCentre", ForkedCentre)
    monkeypatch.setattr(recovery, "make_recovery", _made_once)
    with VirtualPrinter() as printer:
        start = Start(tmp_path / "data", "", training=True, tour=tmp_path / "tour")
        with opening(start, slip_maker, printer.url) as (office, line):
            office.parts = replace(office.parts, pages=QtPageMaker())
            lane = desk_lane(office.parts.vault.spool, printer.url)
            yield Scene(office, line, printer, LineKeeper(office), LaneKeeper(office, lane))


@given(parsers.parse('大厅是"{name}"'))
def hall(scene: Scene, name: str) -> None:
    assert scene.office.hall.name == name


@given("许可心坐在2号窗口，线路连着")
def seated(scene: Scene) -> None:
    scene.settle()
    assert not isinstance(sign_in(scene.office, "许可心", "lian-xi-203"), Refusal)
    scene.settle()
    assert scene.keeper.state.connected


@when(parsers.parse('她替人取一个"{letter}"类号'))
def takes_ticket(scene: Scene, letter: str) -> None:
    scene.answer = visit.take_ticket(scene.office, letter)
    if scene.keeper.state.connected:
        scene.settle()


@when("中心把这个号给了本窗")
def granted(scene: Scene) -> None:
    """Its answer to 叫下一位 was the last thing that came."""
    letters = scene.office.hall.roster.windows[2].letters
    day = scene.office.parts.clock.now().date()
    (ticket,) = scene.office.read(lambda books: books.tickets_of(day, letters))
    assert claim(scene.office, ticket_subject(ticket.id))


@when("她叫下一位，人到窗了")
def calls(scene: Scene) -> None:
    scene.answer = visit.call_next(scene.office)
    assert not isinstance(scene.answer, Refusal), scene.answer
    visit.arrive(scene.office, scene.current().id)


@when("她又叫下一位")
def calls_again(scene: Scene) -> None:
    scene.answer = visit.call_next(scene.office)


@when(parsers.parse('她收下"{short}"，材料收齐'))
def receives_all(scene: Scene, short: str) -> None:
    item = next(i for i in scene.office.hall.items.values() if i.short == short)
    receives(scene, item, tuple(m.name for m in item.materials))


@when(parsers.parse('她收下"{short}"，只有"{material}"'))
def receives_some(scene: Scene, short: str, material: str) -> None:
    item = next(i for i in scene.office.hall.items.values() if i.short == short)
    receives(scene, item, (material,))


def receives(scene: Scene, item: Any, brought: tuple[str, ...]) -> None:
    ticket = scene.current()
    applicant = Applicant(name="江州春禾餐饮管理有限公司", phone="13800000421", agent="卢小珍")
    scene.answer = visit.receive(scene.office, ticket.id, item.code, applicant, brought)
    scene.case = scene.office.read(lambda books: books.case_of_ticket(ticket.id))


@when("她受理这一件")
def accepts(scene: Scene) -> None:
    scene.answer = visit.accept(scene.office, scene.case)
    scene.case = scene.office.read(lambda books: books.case(scene.case.id))


@when("线路断了")
def cut(scene: Scene) -> None:
    scene.line.relay.cut()
    scene.keeper.round()
    assert not scene.keeper.state.connected


@when("线路恢复")
def join(scene: Scene) -> None:
    scene.line.relay.join()
    scene.settle()
    scene.keeper.round()
    assert scene.keeper.state.connected


@when("她的账号被停用了")
def disabled(scene: Scene) -> None:
    database = f"sqlite:///{scene.office.parts.settings.data_dir.resolve() / 'centre.db'}"
    done = nursery.run("clerk_app.server", ["disable-account", "P203", "--database-url", database])
    assert done.returncode == 0, done.stderr


@when("她用错的密码登录")
def wrong_password(scene: Scene) -> None:
    scene.answer = sign_in(scene.office, "P203", "not-it")


@then(parsers.parse('号票上是"{number}"'))
def ticket_says(scene: Scene, number: str) -> None:
    assert number in scene.slips()[-1].split()


@then(parsers.parse('号票上写着"{words}"'))
def ticket_words(scene: Scene, words: str) -> None:
    assert words in scene.slips()[-1]


@then("办件有了编号，回执上写着承诺办结的日子")
def accepted(scene: Scene) -> None:
    assert scene.case.state == "accepted"
    receipt = scene.slips()[-1]
    due = scene.case.due.promised
    assert scene.case.case_no in receipt
    assert f"{due.year}年{due.month}月{due.day}日" in receipt


@then("中心还没有这一件")
def not_there(scene: Scene) -> None:
    assert scene.standing("accept_case").state == "pending"


@then("中心有这一件，两边链头一致")
def there(scene: Scene) -> None:
    scene.settle()
    scene.keeper.round()
    assert scene.standing("accept_case").state == "applied"
    assert scene.office.parts.centre.hello().head == scene.office.parts.vault.journal.head().hash


@then(parsers.parse('没有受理，说的是"{words}"'))
@then(parsers.parse('没有叫，说的是"{words}"'))
@then(parsers.parse('没有登录，说的是"{words}"'))
@then(parsers.parse('没有授权，说的是"{words}"'))
@then(parsers.parse('没有提，说的是"{words}"'))
def refused(scene: Scene, words: str) -> None:
    assert isinstance(scene.answer, Refusal)
    assert words in scene.answer.sentence


@then("没有打出回执")
def no_receipt(scene: Scene) -> None:
    assert not any("受理回执" in slip for slip in scene.slips())


@then("叫号这一步两边各有说法，等人定，说了原因")
def call_refused(scene: Scene) -> None:
    row = scene.standing("call_ticket")
    assert row.state == "conflict"
    assert row.sentence.endswith("。")


@then("到窗这一步跟着放下了")
def arrive_aside(scene: Scene) -> None:
    assert scene.standing("arrive_ticket").state == "set_aside"
