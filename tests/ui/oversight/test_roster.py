"""变动台 by its keys over a real store: a list is built line by line, asked, confirmed by another, its first passwords covered."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from clerk_app.office.duty.rostering import roster_desk
from tests.desk import cut_office, sit
from tests.office.test_audit import as_role
from tests.office.test_rostering import NEWCOMER, asked
from tests.ui.parts import hand, part
from ui.background import Background
from ui.oversight.roster_page import RosterPage
from ui.oversight.roster_presenter import RosterPresenter
from ui.oversight.roster_view import RosterView
from ui.widgets.key_button import KeyButton
from ui.widgets.text import Text

CTRL = Qt.KeyboardModifier.ControlModifier
PAPER = "江政服人〔2026〕5号"


class Recorder(RosterPage):
    """The page, remembering what it was last told to show."""

    shown: RosterView

    def render(self, view: RosterView) -> None:  # type: ignore[override]
        self.shown = view
        super().render(view)


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    as_role(office, "P110")
    yield office
    office.parts.vault.close()


@pytest.fixture
def desk(qtbot, office, front):
    page, background = Recorder(), Background()
    page.resize(1290, 640)
    front(page)
    presenter = RosterPresenter(office, background, page)
    said: list[tuple[str, bool]] = []
    counts: list[int] = []
    presenter.said.connect(lambda text, good: said.append((text, good)))
    presenter.waiting.connect(counts.append)

    def settle() -> RosterView:
        qtbot.waitUntil(lambda: background.idle)
        return page.shown

    def press(key: Qt.Key) -> RosterView:
        qtbot.keyClick(page, key, CTRL)
        return settle()

    def fill(**typed: str) -> None:
        for name, word in typed.items():
            page.draft.field(name).set_text(word)

    yield SimpleNamespace(
        presenter=presenter, page=page, said=said, counts=counts, settle=settle, press=press, fill=fill, office=office
    )
    background.close()


def test_a_list_is_built_line_by_line_and_asked_whole(desk, qtbot) -> None:
    desk.presenter.refresh()
    assert desk.settle().rows == ()
    assert desk.press(Qt.Key.Key_N).draft is not None
    desk.fill(id="P120", name="简明", department="ZWJ", roles="窗口人员")
    view = desk.press(Qt.Key.Key_J)
    assert [line.about for line in view.draft.lines] == ["简明（P120）"]
    assert desk.page.draft.field("name").text() == "", "the next line begins empty"
    desk.page.draft.what_chosen.emit("post")
    desk.fill(post="B1", b="简明")
    view = desk.press(Qt.Key.Key_J)
    assert view.draft.lines[1].after == "A角 罗文静，B角 简明", "a newcomer can be given a post at once"
    part(desk.page.draft, QLineEdit, "paper").setText(PAPER)
    view = desk.press(Qt.Key.Key_Return)
    assert view.draft is None
    assert desk.said[-1][1], desk.said
    assert (view.rows[0].state, view.rows[0].words) == ("等确认", "简明（P120） 新来的人，另 1 行")
    assert desk.counts[-1] == 0, "it waits for somebody else"
    assert view.detail.bar.step.reason == "提的是您本人，要另一人确认"


def test_a_line_that_cannot_be_read_stays_typed_with_its_reason(desk) -> None:
    desk.presenter.refresh()
    desk.settle()
    desk.press(Qt.Key.Key_N)
    desk.fill(id="P120", name="简明", department="没有局", roles="窗口人员")
    view = desk.press(Qt.Key.Key_J)
    assert view.draft.lines == ()
    assert "没有部门" in part(desk.page, Text, "lineFinding").text()
    assert desk.page.draft.field("name").text() == "简明"


def test_lines_that_leave_a_gap_cannot_be_asked_and_say_why(desk) -> None:
    desk.presenter.refresh()
    desk.settle()
    desk.press(Qt.Key.Key_N)
    desk.page.draft.what_chosen.emit("leave")
    desk.fill(person="罗文静")
    view = desk.press(Qt.Key.Key_J)
    assert "综合受理岗一" in view.draft.trouble.head
    part(desk.page.draft, QLineEdit, "paper").setText(PAPER)
    desk.press(Qt.Key.Key_Return)
    assert roster_desk(desk.office).rows == ()
    view = desk.press(Qt.Key.Key_B)
    assert view.draft.lines == ()
    assert view.draft.trouble is None


def test_without_a_paper_it_is_refused_and_the_lines_stay(desk) -> None:
    desk.presenter.refresh()
    desk.settle()
    desk.press(Qt.Key.Key_N)
    desk.page.draft.what_chosen.emit("disable")
    desk.fill(person="柏松")
    desk.press(Qt.Key.Key_J)
    view = desk.press(Qt.Key.Key_Return)
    assert not desk.said[-1][1]
    assert "依据的文书" in desk.said[-1][0]
    assert len(view.draft.lines) == 1


def test_the_second_person_confirms_with_one_key_and_covers_the_passwords(desk, qtbot) -> None:
    asked(desk.office, NEWCOMER)
    sit(desk.office, "P101")
    desk.presenter.refresh()
    view = desk.settle()
    assert desk.counts[-1] == 1
    assert (view.detail.lines[0].before, view.detail.bar.step.reason) == ("名单里没有", "")
    view = desk.press(Qt.Key.Key_Return)
    (one,) = view.handouts
    assert one.name == "简明"
    texts = [text.text() for text in desk.page.handouts.findChildren(Text) if text.isVisible()]
    assert one.password in texts
    view = desk.press(Qt.Key.Key_Return)
    assert view.handouts == ()
    assert view.rows[0].state == "已确认"
    assert one.password not in "".join(text.text() for text in desk.page.findChildren(Text))


def test_confirmed_twice_by_an_impatient_hand_it_is_one(desk, qtbot) -> None:
    asked(desk.office, NEWCOMER)
    sit(desk.office, "P101")
    desk.presenter.refresh()
    desk.settle()
    qtbot.keyClick(desk.page, Qt.Key.Key_Return, CTRL)
    qtbot.keyClick(desk.page, Qt.Key.Key_Return, CTRL)
    desk.settle()
    rows = desk.office.parts.vault.journal.rows((), 20)
    assert sum(row.kind == "confirm_roster_change" for row in rows) == 1


def test_dropping_wants_a_reason(desk) -> None:
    asked(desk.office, NEWCOMER)
    desk.presenter.refresh()
    desk.settle()
    desk.press(Qt.Key.Key_B)
    assert not desk.said[-1][1]
    part(desk.page.detail, QLineEdit, "dropReason").setText("人没来")
    view = desk.press(Qt.Key.Key_B)
    assert view.rows[0].state == "已撤回"
    assert "人没来" in view.detail.message.rest
    assert view.detail.bar.step is None


def test_a_list_that_was_overtaken_says_so_before_anybody_confirms(desk) -> None:
    asked(desk.office, NEWCOMER)
    document = dict(desk.office.parts.vault.keep.hall_document(desk.office.hall.version))
    desk.office.parts.vault.keep.put_hall_document("later", document)
    desk.office.reload_hall()
    sit(desk.office, "P101")
    desk.presenter.refresh()
    view = desk.settle()
    assert view.detail.bar.step.reason == "资料换过一版，撤回重提"
    desk.press(Qt.Key.Key_Return)
    assert roster_desk(desk.office).rows[0].change.open


def test_a_clerk_meets_a_wall_and_a_supervisor_only_sees(desk) -> None:
    asked(desk.office, NEWCOMER)
    sit(desk.office, "P203")
    desk.presenter.refresh()
    view = desk.settle()
    assert (view.allowed, view.rows) == (False, ())
    as_role(desk.office, "P109")
    desk.presenter.refresh()
    view = desk.settle()
    assert view.allowed
    assert not part(desk.page, KeyButton, "newChange").isVisible()
    assert view.detail.bar.step.reason == "由值班长或另一位管理员确认"


def test_another_person_finds_no_draft_and_no_password_of_the_one_before(desk) -> None:
    asked(desk.office, NEWCOMER)
    sit(desk.office, "P101")
    desk.presenter.refresh()
    desk.settle()
    password = desk.press(Qt.Key.Key_Return).handouts[0].password
    desk.presenter.start()
    assert desk.page.shown.handouts == ()
    assert password not in "".join(text.text() for text in desk.page.findChildren(Text))
    as_role(desk.office, "P110")
    desk.presenter.refresh()
    desk.settle()
    desk.press(Qt.Key.Key_N)
    desk.fill(id="P121")
    desk.presenter.start()
    assert desk.page.draft.field("id").text() == ""


def test_leaving_the_draft_the_hand_is_led_to_the_lists(desk) -> None:
    asked(desk.office, NEWCOMER)
    desk.presenter.refresh()
    desk.settle()
    desk.press(Qt.Key.Key_N)
    assert hand().objectName() == "line-id"
    desk.page.draft.left.emit()
    assert desk.page.shown.draft is None
    assert hand().objectName() == "rosterTable"
