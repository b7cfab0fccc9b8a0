"""大厅已有 over the counter: said in the list, asked in one word by key 4, used by his yes, opened with a record, taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.cases.sharing.rules import ShareRules
from clerk_app.office.counter import sharing
from clerk_app.office.counter.case_file import case_file
from clerk_app.ports.audit import AuditAsked
from tests.ui.sharing.held import LICENCE, HeldSeat, held_seat, licence
from tests.visits import APPLICANT
from ui.sharing.telling import NOTHING, Said, tell_sharing
from ui.sharing.view import AGREE, ASK, LOOK, REFUSE, SCAN, SIGN, USE, WITHDRAW


@pytest.fixture
def held(qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path):
    held = held_seat(qtbot, front, tmp_path)
    yield held
    held.seat.background.close()
    held.office.parts.vault.close()


def looked_at_first(held: HeldSeat) -> None:
    """A hall that says nothing of how long a licence is good."""
    rules = replace(held.office.hall.sharing, valid_months={})
    held.office.hall = replace(held.office.hall, sharing=rules)


def kinds(held: HeldSeat) -> list[str]:
    return [
        row.kind
        for row in reversed(held.office.parts.vault.journal.rows((), 6))
        if "share" in row.kind or "held" in row.kind
    ]


def test_said_in_the_list_asked_after_receipt_and_used_by_a_spoken_yes(held):
    held.types()
    row = next(row for row in held.list.table().rows() if row.id == LICENCE)
    assert row.cells[3].text == "大厅有"
    held.list.brought_as.emit(LICENCE, "held")
    assert not held.list.here(), "it is not ticked by a key: he is asked first"
    held.receives()
    assert held.pane.isVisible(), "what was put off is asked as soon as it is taken in"
    assert held.line == ("ask", "")
    assert "行吗" in held.pane.bar.findChild(QWidget, "nextStepSentence").text()
    held.pane.way.segment("said").click()
    assert held.pane.bar.filled().reason() == "还没写委托书"
    held.pane.who.segment("applicant").click()
    held.says(AGREE)
    assert held.line == ("", "held")
    assert kinds(held) == ["ask_share_consent", "record_share_consent", "use_held_material"]
    (word,) = held.words
    assert (word.state, word.way, len(word.uses)) == ("agreed", "said", 1)
    assert not held.pane.isVisible()
    assert held.seat.said[-1] == ("记下了同意，营业执照用大厅的。", True)


def test_key_4_asks_on_paper_and_the_signed_slip_is_scanned(held, qtbot, tmp_path):
    held.receives()
    assert not held.pane.isVisible()
    page = held.seat.page.work.case
    table = page.parts()[0].table()
    table.select(LICENCE)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_4)
    held.seat.settle()
    assert held.line == ("ask", ""), "4 asks; nothing is ticked"
    assert held.pane.isVisible()
    assert not held.pane.giver.isVisible(), "who says yes is asked when he signs"
    held.says(ASK)
    assert held.pane.giver.text() == "司马青山"
    assert held.seat.papers[-1] == "告知同意书"
    held.says(SCAN)
    assert held.seat.said[-1] == ("还没写委托书。", False)
    held.pane.letter.set_text("2026-11-18 委托书")
    held.pane.changed.emit()
    held.held.take_scan(str(tmp_path / "gone.png"))
    held.seat.settle()
    assert "打不开" in held.seat.said[-1][0]
    held.held.take_scan(str(licence(tmp_path, "slip.png").rename(tmp_path / "signed.png")))
    held.seat.settle()
    (word,) = held.words
    scans = held.office.read(lambda books: books.attachments_of(held.seat.case.id))
    assert (word.way, word.given_by, word.letter, word.scan) == (
        "paper",
        "agent",
        "2026-11-18 委托书",
        scans[-1].digest,
    )
    assert held.line == ("", "held")


def test_signed_on_the_pad(held):
    held.receives()
    held.held.open()
    held.seat.settle()
    held.pane.way.segment("pad").click()
    held.pane.who.segment("applicant").click()
    held.says(SIGN)
    pad = held.held._pad
    assert pad is not None
    assert pad.isVisible()
    sheet = pad.sheet
    sheet.begin(QPointF(10, 10))
    sheet.go_on(QPointF(200, 60))
    sheet.end()
    pad.done.click()
    held.seat.settle()
    (word,) = held.words
    scans = held.office.read(lambda books: books.attachments_of(held.seat.case.id))
    assert (word.way, word.giver, word.scan) == ("pad", APPLICANT.name, scans[-1].digest)
    assert held.line == ("", "held")
    assert not pad.isVisible()


def test_he_brings_it_himself_and_nobody_asks_again(held):
    held.receives()
    held.held.open()
    held.seat.settle()
    held.says(REFUSE)
    assert [word.state for word in held.words] == ["refused"]
    assert held.line == ("", "")
    assert held.seat.said[-1] == ("记下了：他自己带来。", True)
    held.seat.page.material_brought_as.emit(LICENCE, "original")
    held.seat.settle()
    assert held.line == ("", "original")


def test_what_has_no_term_is_opened_first_with_a_record_and_may_be_taken_back(held):
    looked_at_first(held)
    held.receives()
    held.held.open()
    held.seat.settle()
    held.pane.way.segment("said").click()
    held.pane.who.segment("applicant").click()
    held.says(AGREE)
    assert held.line == ("agreed", ""), "a yes alone ticks nothing that is to be looked at"
    assert not held.pane.picture.has_image()
    held.says(LOOK)
    assert held.pane.picture.has_image()
    assert kinds(held)[-1] == "look_at_held"
    held.says(USE)
    assert held.line == ("", "held")
    file = case_file(held.office, held.seat.case.id)
    assert file is not None
    assert [entry.what for entry in file.history if "大厅" in entry.what][-2:] == [
        "看了大厅已有的营业执照",
        "用了大厅已有的营业执照",
    ]
    ((_, source),) = file.held_from
    asked = AuditAsked(start=held.seat.today, end=held.seat.today, number=source)
    audited = held.office.parts.vault.audit.page(asked, "", 50).lines
    seen = [(line.kind, line.actor, source in line.about) for line in audited if "held" in line.kind]
    assert seen == [("use_held_material", "P105", True), ("look_at_held", "P105", True)], (
        "under the source's number too"
    )
    assert "withdraw_share" in {act.key for act in file.acts}
    held.held.open()
    held.seat.settle()
    held.says(WITHDRAW)
    assert held.line == ("ask", "")
    file = case_file(held.office, held.seat.case.id)
    assert file is not None
    acts = {act.key: act for act in file.acts}
    assert [choice for choice, _ in acts["bring_instead"].asks[0].choices] == [LICENCE]
    assert "withdraw_share" not in acts
    assert dict(file.held_from) == {LICENCE: "撤回了同意，等他补来"}
    assert not held.pane.picture.has_image()


def test_with_the_line_cut_it_is_what_this_machine_has_never_nothing(held):
    held.receives()
    desk = sharing.sharing_desk(held.office, held.seat.case.id)
    assert desk is not None
    assert "本机有的" in tell_sharing(desk, Said(cut=True)).next.note
    assert "本机有的" not in tell_sharing(desk, Said()).next.note
    assert "没有材料" not in NOTHING
    assert NOTHING.startswith("本机")


def test_without_a_yes_nothing_is_opened_and_a_hall_that_shares_nothing_says_nothing(held):
    held.receives()
    office, case = held.office, held.seat.case
    desk = sharing.sharing_desk(office, case.id)
    assert desk is not None
    refusal = sharing.look(office, case.id, "nobody", desk.held[0])
    assert refusal.type == "unknown-share"
    office.hall = replace(office.hall, sharing=ShareRules())
    held.seat.presenter.refresh()
    held.seat.settle()
    assert held.line == ("", "")
    held.seat.page.material_brought_as.emit(LICENCE, "held")
    held.seat.settle()
    assert held.line == ("", "held"), "where nothing is set up it is as before"
    held.held.open()
    held.seat.settle()
    assert held.seat.said[-1] == (NOTHING, True)
