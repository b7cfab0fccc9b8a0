"""交接 on the desk: who has nodded, one key, own words after half a day, and the other one's nod at the same desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.canonical import canonical
from clerk_app.duty.noon import NOON, made_at_noon, noon_turns
from clerk_app.duty.records import Handover, Substitution, Thing
from clerk_app.office.duty import cover
from clerk_app.office.duty.handing_over import Waiting, handover_things, waiting_for
from clerk_app.office.line.greeting import NEIGHBOURS
from clerk_app.office.office import Done, Office
from clerk_app.ports import SessionGrant
from tests.desk import StandingClock, cut_office, sit
from tests.sync.scripted import ScriptedCentre
from tests.ui.parts import commit, part
from tests.visits import receive, serve, take, whole_visit
from ui.background import Background
from ui.duty.handover.handed_pane import NOT_OURS, HandedPane
from ui.duty.handover.handed_presenter import HandedPresenter
from ui.duty.handover.pane import SECRET_MISSING, HandoverPane
from ui.duty.handover.presenter import HandoverPresenter
from ui.duty.handover.telling import tell_handover
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.tag import Tag

NOON_DAY = datetime.fromisoformat("2026-11-20T12:05:00+08:00")


@dataclass
class House:
    bot: QtBot
    office: Office
    background: Background
    pane: HandoverPane
    presenter: HandoverPresenter
    window: QWidget
    counts: list[int]
    said: list[tuple[str, bool]]

    def show(self) -> None:
        self.presenter.refresh()
        self.settle()

    def settle(self) -> None:
        self.bot.waitUntil(lambda: self.background.idle, timeout=20_000)

    def tags(self) -> list[str]:
        return [tag.text() for tag in self.pane.findChildren(Tag) if tag.text()]

    def texts(self) -> str:
        return " ".join(label.text() for label in self.pane.findChildren(QLabel) if not label.isHidden())

    def button(self, name: str) -> KeyButton:
        return part(self.pane, KeyButton, name)


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path, front: Callable[..., QWidget]) -> Iterator[House]:
    clock = StandingClock()
    clock.moment = NOON_DAY - timedelta(minutes=30)
    office = cut_office(tmp_path, clock=clock)
    background, pane = Background(), HandoverPane()
    presenter = HandoverPresenter(office, background, pane)
    window = front(pane, QWidget())
    window.resize(1290, 500)
    house = House(qtbot, office, background, pane, presenter, window, [], [])
    presenter.waiting.connect(house.counts.append)
    presenter.said.connect(lambda text, good: house.said.append((text, good)))
    yield house
    background.close()
    office.parts.vault.close()


def noon(office: Office) -> Substitution:
    at = office.parts.clock.now()

    def ask(books):
        turn = next(one for one in noon_turns(books, at.date()) if one.post == "A1")
        return made_at_noon(books, turn, at)

    found = office.read(ask)
    assert found is not None
    return found


def handovers(office: Office, sub: Substitution) -> tuple[Handover, ...]:
    return office.read(lambda books: books.handovers_of(sub.id))


def test_nothing_waits_nothing_is_shown(house: House) -> None:
    house.office.parts.clock.moment = NOON_DAY - timedelta(hours=3)
    house.show()
    assert house.pane.isHidden()
    assert house.counts == [0]


def test_before_noon_a_gives_with_one_key_and_b_takes_with_one_key(house: House) -> None:
    """At noon no case goes over, only numbers, papers and seals."""
    whole_visit(house.office)
    ticket = take(house.office)
    house.show()
    assert "午间交接给 段明远" in house.texts()
    assert house.tags() == ["等 许可心", "等 段明远"]
    assert "在办" not in house.texts()
    assert "印章 1 枚" in house.texts()
    assert house.button("handoverNod").words() == "点头，交出"
    house.bot.keyClick(house.window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    house.settle()
    house.settle()
    assert house.tags() == ["许可心 已点头", "等 段明远"]
    assert house.button("handoverNod").isHidden()
    assert house.counts[-1] == 0
    row = handovers(house.office, noon(house.office))[0]
    assert {thing.kind for thing in row.things} <= {"ticket", "paper", "seal"}
    assert f"{ticket.number} 等候" in [thing.words for thing in row.things]
    sit(house.office, "P204")
    house.office.parts.clock.moment = NOON_DAY
    house.show()
    assert "午间从 许可心 接过来" in house.texts()
    house.button("handoverNod").click()
    house.settle()
    house.settle()
    assert house.pane.isHidden()
    assert house.said[-1] == ("已点头，交接单记下了。", True)


def test_the_list_opens_and_closes(house: House) -> None:
    house.show()
    assert part(house.pane, KeyButton, "handoverList").words() == "看单子"
    house.button("handoverList").click()
    house.bot.waitUntil(lambda: "江州市政务服务中心收件专用章(2)" in house.texts())
    house.button("handoverList").click()
    assert house.button("handoverList").words() == "看单子"


def test_the_other_one_nods_here_by_his_own_secret(house: House) -> None:
    office = house.office
    office.parts.clock.moment = NOON_DAY - timedelta(minutes=10)
    house.show()
    house.button("handoverNod").click()
    house.settle()
    house.settle()
    secret = part(house.pane, QLineEdit, "handoverSecret")
    assert "段明远 的密码或 PIN" in secret.placeholderText()
    house.button("handoverHere").click()
    assert SECRET_MISSING in house.texts()
    grant = lambda asked: SessionGrant(person=asked[0])  # noqa: E731
    office.parts = replace(office.parts, centre=ScriptedCentre(sessions=[grant]))
    house.bot.keyClicks(secret, "lian-xi-204")
    house.bot.keyClick(secret, Qt.Key.Key_Return)
    house.settle()
    house.settle()
    assert secret.text() == ""
    row = handovers(office, noon(office))[0]
    assert (row.given_by, row.taken_by, row.done) == ("P203", "P204", True)
    assert office.session.person.id == "P203", "a nod is no sign-in"
    assert house.pane.isHidden()


def test_back_after_a_whole_morning_own_words_are_asked_and_stand_under_the_report(house: House) -> None:
    office = house.office
    office.parts.clock.moment = NOON_DAY - timedelta(hours=1, minutes=35)
    sub = substitution(office, hours=5)
    sit(office, "P204")
    house.show()
    assert "交还给 许可心" in house.texts()
    assert "段明远 代 许可心，11月20日 05:30–10:30：没有办件。" in house.texts()
    house.button("handoverNod").click()
    house.settle()
    assert "写一句交代的话再点头" in house.texts()
    commit(part(house.pane, QLineEdit, "handoverWords"), "钥匙在左边抽屉。")
    house.button("handoverNod").click()
    house.settle()
    house.settle()
    row = next(row for row in handovers(office, sub) if row.direction == "back")
    assert row.words.endswith("\n本人说明：钥匙在左边抽屉。")
    assert row.words.startswith("段明远 代 许可心")
    sit(office, "P203")
    house.show()
    assert "段明远 顶岗结束，交还给您" in house.texts()
    assert "钥匙在左边抽屉" in house.texts()
    assert not part(house.pane, QLineEdit, "handoverWords").isVisible(), "only who stood in is asked"


def substitution(office: Office, *, hours: int) -> Substitution:
    """One that ended just now, whose handover was taken when it began."""
    now = office.parts.clock.now()
    end = now.replace(microsecond=0)
    sub = Substitution(
        id="0199aaaa-0000-7000-8000-000000000001", post="A1", a="P203", b="P204", start=end - timedelta(hours=hours),
        end=end, cause="absence", said_by="P201", confirmed_by="P201",
    )  # fmt: skip
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_substitution(sub)
    assert isinstance(cover.nod(office, sub.id, "out", (), giving=True), Done)
    return sub


def waiting(**more) -> Waiting:
    start = NOON_DAY - timedelta(hours=1)
    sub = Substitution(
        id="s", post="B1", a="P105", b="P106", start=start, end=NOON_DAY, cause="absence", said_by="P101"
    )
    plain = {
        "substitution": sub, "direction": "out", "things": (), "words": "", "giver": "P105", "taker": "P106",
        "given_at": None, "taken_at": None, "giving": False, "own_words": False,
    }  # fmt: skip
    return Waiting(**{**plain, **more})


def test_the_sentence_names_the_nearest_day(house: House) -> None:
    things = (
        Thing(kind="case", id="1", words="JZ-1 已受理", due="2026-11-23"),
        Thing(kind="case", id="2", words="JZ-2 已受理", due="2026-11-27"),
        Thing(kind="ticket", id="3", words="B017 等候"),
        Thing(kind="seal", id="4", words="收件专用章"),
    )
    roster = house.office.hall.roster
    view = tell_handover(waiting(things=things), roster, NOON_DAY, 0)
    assert view.title == "从 罗文静 接过来"
    assert view.sentence == "在办 2 件（最近 11月23日到期）、号票 1 个、印章 1 枚。"
    assert [thing.lamp for thing in view.things] == ["ok", "ok", None, None]
    today = tell_handover(waiting(things=(replace(things[0], due="2026-11-20"),)), roster, NOON_DAY, 0)
    assert today.sentence == "在办 1 件（今天到期）。"
    assert today.things[0].lamp == "soon"
    assert tell_handover(waiting(), roster, NOON_DAY, 0).sentence == "手上没有要交的，点头就行。"


def test_for_a_day_everything_goes_over_and_a_changed_list_is_nodded_to_anew(house: House) -> None:
    office = house.office
    case = whole_visit(office)
    now = office.parts.clock.now()
    sub = Substitution(
        id="0199aaaa-0000-7000-8000-000000000002", post="A1", a="P203", b="P204", start=now + timedelta(hours=3),
        end=now + timedelta(hours=5), cause="absence", said_by="P201",
    )  # fmt: skip
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_substitution(sub)
    things = office.read(lambda books: handover_things(books, sub, now))
    assert {"case", "paper", "seal"} <= {thing.kind for thing in things}
    assert case.applicant.name not in str(things), "the list bears no citizen's name"
    assert isinstance(cover.nod(office, sub.id, "out", things, giving=True), Done)
    mine = lambda at: next(  # noqa: E731
        one for one in office.read(lambda books: waiting_for(books, "P204", at)) if one.substitution.id == sub.id
    )
    assert mine(now).given_at is not None
    receive(office, serve(office))
    assert mine(now).given_at is None, "it grew before it began"
    assert mine(sub.start).given_at is not None, "once begun, the list stands as it was nodded to"


def test_a_code_that_is_none_and_one_that_nobody_vouches_for(house: House, front: Callable[..., QWidget]) -> None:
    pane = HandedPane()
    presenter = HandedPresenter(house.office, house.background, pane)
    said: list[str] = []
    presenter.said.connect(lambda text, good: said.append(text))
    front(pane, QWidget())
    pane.open()
    line = part(pane, QLineEdit, "handedText")
    house.bot.waitUntil(line.hasFocus)
    house.bot.keyClicks(line, "6901234567892")
    house.bot.keyClick(line, Qt.Key.Key_Return)
    assert pane.findChild(Field).finding() == NOT_OURS
    house.bot.keyClicks(line, "HD1" + "A" * 120)
    house.bot.keyClick(line, Qt.Key.Key_Return)
    house.settle()
    assert "这个码读不出来" in said[-1]
    assert line.text() == ""
    house.office.parts.vault.keep.put_meta(NEIGHBOURS, canonical({}).decode())
    part(pane, KeyButton, "handedClose").click()
    assert pane.isHidden()
    assert noon(house.office).cause == NOON
