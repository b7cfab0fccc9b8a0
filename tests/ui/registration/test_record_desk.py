"""取档 and 对照 on the page: a change asks for the record first, takes it from the centre, and shows old and new side by side."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from clerk_app.office.counter import intake, visit
from clerk_app.office.registration.records import take_record
from clerk_app.ports import CentreAway
from clerk_app.ports.audit import Signer
from clerk_app.ports.companies import CompaniesFound, CompanyLine, CompanyRead
from clerk_app.registration.document import get, put
from tests.registration.test_form import EXAMPLE
from tests.registration.test_records import CODE, OTHER_CODE, record
from tests.ui.registration.bench import Bench
from tests.visits import done
from ui.registration.record_desk import RecordDesk
from ui.registration.record_pane import TAKE

DAY = datetime(2026, 11, 1, 9, tzinfo=UTC)


@dataclass
class Archive:
    """The centre's records; `away` while the line is cut."""

    version: int = 1
    document: dict[str, object] = field(default_factory=lambda: record().document)
    away: bool = False
    more: bool = False

    def find(self, text: str, who: Signer) -> CompaniesFound:
        self._there()
        line = CompanyLine(
            uscc=CODE, name="江州岚栎舟信息技术有限公司", version=self.version, standing="active", legal_rep="解*岚",
            filed_at=DAY,
        )  # fmt: skip
        gone = replace(line, uscc=OTHER_CODE, name="江州旧事有限公司", standing="cancelled")
        return CompaniesFound(lines=(line, gone) if "江" in text else (line,) if "岚" in text else (), more=self.more)

    def read(self, uscc: str, who: Signer) -> CompanyRead | None:
        self._there()
        if uscc != CODE:
            return None
        return CompanyRead(
            uscc=CODE, name="江州岚栎舟信息技术有限公司", version=self.version, standing="active", filed_at=DAY,
            document=self.document,
        )  # fmt: skip

    def _there(self) -> None:
        if self.away:
            raise CentreAway


@pytest.fixture
def archive() -> Archive:
    return Archive()


@pytest.fixture
def changing(bench: Bench, archive: Archive) -> Bench:
    """Another case in hand: a change of a company."""
    office = bench.office
    office.parts = replace(office.parts, companies=archive)
    ticket = office.read(lambda books: books.case(bench.case.id)).ticket
    done(visit.finish(office, ticket))
    bench.case = change_of(bench)
    return bench


def change_of(bench: Bench):
    office = bench.office
    item = next(one for one in office.hall.items.values() if one.short == "公司变更")
    done(visit.take_ticket(office, "A"))
    done(visit.call_next(office))
    ticket = office.read(lambda books: books.open_call_at(office.window, office.parts.clock.now().date()))
    done(visit.arrive(office, ticket.id))
    papers = intake.Brought(papers=tuple(one.name for one in item.materials))
    done(intake.receive(office, ticket.id, item.code, bench.case.applicant, papers))
    return office.read(lambda books: books.case_of_ticket(ticket.id))


@pytest.fixture
def desk(changing: Bench) -> RecordDesk:
    desk = RecordDesk(changing.office, changing.background, changing.presenter, changing.page)
    desk.said.connect(lambda text, good: changing.said.append((text, good)))
    return desk


def seek(bench: Bench, desk: RecordDesk, words: str) -> None:
    desk.taking.words.set_text(words)
    bench.qtbot.keyClick(desk.taking.words.line, Qt.Key.Key_Return)
    bench.wait()


def names(desk: RecordDesk) -> list[str]:
    return [row.cell(0).text for row in desk.taking.table.rows()]


def test_a_change_asks_for_the_record_and_the_form_opens_filled(changing: Bench, desk: RecordDesk) -> None:
    changing.open()
    assert desk.taking.isVisible()
    assert desk.taking.view().reason == "先找公司"
    seek(changing, desk, "没有这家")
    assert desk.taking.view().reason == "没找到公司"
    seek(changing, desk, "江州")
    assert names(desk) == ["江州岚栎舟信息技术有限公司", "江州旧事有限公司"]
    desk.taking.chosen.emit(OTHER_CODE)
    assert desk.taking.view().reason == "这家公司已经注销"
    desk.taking.taken.emit(OTHER_CODE)
    assert changing.said[-1] == ("这家公司已经注销，没有取档，表没有动。", False)
    seek(changing, desk, "岚栎舟")
    desk.taking.bar.button(TAKE).click()
    changing.wait()
    assert not desk.taking.isVisible()
    assert get(changing.presenter.document, "/company/name") == EXAMPLE["company"]["name"]
    assert get(changing.presenter.document, "/application/registration_type") == "变更"
    assert desk.changes.button.isVisible()
    cell = changing.page.cell("company.uscc")
    assert cell is not None
    assert cell.view is not None
    assert cell.view.taken


def test_with_the_line_cut_it_says_why_and_the_companies_found_stay(
    changing: Bench, desk: RecordDesk, archive: Archive
) -> None:
    changing.open()
    seek(changing, desk, "岚栎舟")
    archive.away = True
    desk.taking.bar.button(TAKE).click()
    changing.wait()
    strip = desk.taking.view().strip
    assert strip is not None
    assert "不知道档案变过没有" in strip.head
    assert names(desk) == ["江州岚栎舟信息技术有限公司"]
    assert changing.kept() is None
    archive.away = False
    desk.taking.bar.button(TAKE).click()
    changing.wait()
    assert get(changing.kept(), "/company/name") == EXAMPLE["company"]["name"]


def test_old_and_new_side_by_side_with_a_way_to_the_field(changing: Bench, desk: RecordDesk) -> None:
    done_taking(changing, desk)
    desk.changes.compare()
    changing.wait()
    assert desk.changes.pane.isVisible()
    assert desk.changes.pane.table.rows() == ()
    desk.changes.compare()
    assert not desk.changes.pane.isVisible()
    changing.type("company.phone", "0799-60000009")
    desk.changes.compare()
    changing.wait()
    (row,) = desk.changes.pane.table.rows()
    assert [row.cell(n).text for n in range(3)] == ["联系电话", "0799-60000001", "0799-60000009"]
    assert row.cell(0).tags[0].text == "其他信息"
    desk.changes.pane.table.row_opened.emit(row.id)
    changing.wait()
    assert not desk.changes.pane.isVisible()
    assert changing.page.sheet.here() == "/company/phone"


def test_the_record_moved_and_what_was_typed_is_kept(changing: Bench, desk: RecordDesk, archive: Archive) -> None:
    done_taking(changing, desk)
    changing.type("company.phone", "0799-60000009")
    changing.type("company.group_name", "LLZ")
    archive.version = 2
    archive.document = put(
        put(archive.document, "/company/phone", "0799-1111111"), "/company/email", "a@example.invalid"
    )
    desk.take_again()
    changing.wait()
    document = changing.kept()
    assert get(document, "/company/group_name") == "LLZ"
    assert get(document, "/company/email") == "a@example.invalid"
    assert get(document, "/company/phone") == "0799-1111111"
    strip = changing.page.sheet._view.strip
    assert strip is not None
    assert strip.head == "换成了最新的档案（第 2 版），其余您改的都接上了。"
    assert "“联系电话”填的是“0799-60000009”" in strip.rest


def done_taking(bench: Bench, desk: RecordDesk) -> None:
    outcome = take_record(bench.office, bench.case.id, CODE)
    assert getattr(outcome, "version", 0) == 1, outcome
    bench.open()
    assert not desk.taking.isVisible()
