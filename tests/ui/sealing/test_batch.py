"""批量授权: every page is looked at, one is put aside by a key, one PIN seals the rest; each answers for itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from clerk_app.cases.model import Case
from clerk_app.sealing.gaps import GapNote
from tests.seal_fakes import stamper_of
from tests.ui.sealing import desk
from tests.ui.sealing.bench import Bench

NAMES = ("江州听雨轩文化传播有限公司", "江州砚溪人力资源有限公司", "江州云岫劳务派遣有限公司", "江州澄砚建设有限公司")


@pytest.fixture
def cases(bench: Bench) -> list[Case]:
    made = [desk.proposed(bench.office, name) for name in NAMES]
    bench.refresh()
    return made


def mark(bench: Bench, count: int) -> None:
    table = bench.page.table()
    table.setFocus()
    for row in bench.view.rows[:count]:
        table.select(row.id)
        bench.qtbot.keyClick(table, Qt.Key.Key_Space)


def opened(bench: Bench, count: int = 4) -> None:
    mark(bench, count)
    bench.qtbot.keyClick(bench.page.table(), Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    read(bench)
    bench.page.sheet.setFocus()


def read(bench: Bench) -> None:
    bench.settle()
    bench.settle()


def key(bench: Bench, which: Qt.Key) -> None:
    bench.qtbot.keyClick(bench.page.sheet, which)
    read(bench)


def explained(bench: Bench) -> list[GapNote]:
    return list(bench.office.read(lambda books: books.gap_notes("doc_no:SJJ:2026")))


def test_what_is_marked_is_read_page_after_page_before_a_pin_is_asked(bench: Bench, cases: list[Case]) -> None:
    opened(bench, 3)
    batch = bench.view.batch
    assert (bench.view.title, batch.count, batch.reason) == ("这一批 3 件", "看过 1 / 3·抽出 0", "还有 2 页没看")
    assert not bench.page.batch_pane.pins.isVisible()
    assert bench.view.sheet.reading
    first = bench.view.sheet.png
    key(bench, Qt.Key.Key_Right)
    assert bench.view.sheet.png != first
    key(bench, Qt.Key.Key_Right)
    key(bench, Qt.Key.Key_Right)
    assert bench.view.batch.count == "看过 3 / 3·抽出 0"
    assert bench.page.batch_pane.pins.isVisible()
    key(bench, Qt.Key.Key_Left)
    assert bench.view.chosen == bench.view.rows[1].id
    assert [row.what.partition("·")[0] for row in bench.view.rows] == ["看过"] * 3


def test_a_page_down_at_its_end_is_the_next_page(bench: Bench, cases: list[Case]) -> None:
    opened(bench, 2)
    for _ in range(5):
        key(bench, Qt.Key.Key_PageDown)
    assert bench.view.chosen == bench.view.rows[1].id


def test_one_pin_seals_what_was_not_put_aside_and_the_hole_in_the_numbers_is_explained(
    bench: Bench, cases: list[Case]
) -> None:
    opened(bench)
    key(bench, Qt.Key.Key_Right)
    aside = bench.view.chosen
    key(bench, Qt.Key.Key_X)
    assert bench.view.chosen == bench.view.rows[2].id, "on to the next"
    key(bench, Qt.Key.Key_Left)
    assert bench.view.sheet.aside
    key(bench, Qt.Key.Key_X)
    assert bench.view.batch.count.endswith("抽出 0")
    key(bench, Qt.Key.Key_X)
    key(bench, Qt.Key.Key_Right)
    assert (bench.view.batch.act, bench.view.batch.reason) == ("授权并用印 3 件", "")
    pane = bench.page.batch_pane
    bench.qtbot.keyClick(bench.page.sheet, Qt.Key.Key_2)
    bench.qtbot.keyClicks(pane.pins.pin.line, "01201")
    assert explained(bench) == []
    pane.act.click()
    read(bench)
    assert bench.view.batch.head == "盖好 3 件，期限停表"
    states = {case.id: bench.case(case).state for case in cases}
    assert states.pop(aside) == "to_authorise"
    assert set(states.values()) == {"sealed"}
    assert len(stamper_of(bench.office).orders) == 3
    assert len({order.grant.terms.id for order in stamper_of(bench.office).orders}) == 1, "one grant over the list"
    (note,) = explained(bench)
    assert note.serials == (48,)
    pane.act.click()
    read(bench)
    assert [row.id for row in bench.view.rows if row.lamp != "done"] == [aside]


def test_a_wrong_pin_is_said_at_its_field_and_nothing_is_authorised(bench: Bench, cases: list[Case]) -> None:
    opened(bench, 2)
    key(bench, Qt.Key.Key_Right)
    bench.presenter.batching.authorise("111111", "")
    read(bench)
    pane = bench.page.batch_pane
    assert pane.pins.pin.finding().startswith("PIN 不对")
    assert pane.pins.pin.text() == ""
    assert {bench.case(case).state for case in cases} == {"to_authorise"}


def test_what_is_refused_stays_behind_alone_with_its_reason_and_a_way_to_it(bench: Bench, cases: list[Case]) -> None:
    opened(bench, 3)
    for _ in range(2):
        key(bench, Qt.Key.Key_Right)
    state = bench.presenter.batching.state
    assert state is not None
    other = bench.case(state.batch.pages[1].case)
    with bench.office.parts.vault.unit(bench.office.hall) as work:
        work.books.put_case(replace(other, applicant=replace(other.applicant, name="江州改了名有限公司")))
    bench.presenter.batching.authorise(desk.CHIEF_PIN, "")
    read(bench)
    view = bench.view.batch
    assert view.head == "盖好 2 件，期限停表"
    ((case, who, why),) = view.out
    assert (case, who) == (other.id, other.applicant.masked_name)
    assert "这件刚才有变动" in why
    bench.page.batch_pane.out.buttons()[0].click()
    read(bench)
    assert bench.view.side == "authority"
    assert bench.view.authority.case == other.id


def test_it_stops_when_it_is_meant_and_says_how_many_are_left(bench: Bench, cases: list[Case]) -> None:
    opened(bench, 3)
    for _ in range(2):
        key(bench, Qt.Key.Key_Right)
    batching, asked = bench.presenter.batching, []

    def stop() -> None:
        if not asked:  # the first page is being stamped: what a hand on Esc and then the button would do
            asked.append(True)
            batching._halt.set()

    stamper_of(bench.office).first = stop
    batching.authorise(desk.CHIEF_PIN, "")
    assert bench.view.batch.phase == "sealing"
    bench.qtbot.keyClick(bench.page, Qt.Key.Key_Escape)
    assert bench.view.batch.asking
    bench.qtbot.keyClick(bench.page, Qt.Key.Key_Escape)
    assert not bench.view.batch.asking, "Esc again: it goes on"
    read(bench)
    view = bench.view.batch
    assert (view.head, view.phase) == ("盖好 1 件，期限停表", "done")
    assert view.note == "停下时还有 2 件没盖，照旧等授权。"
    assert sum(bench.case(case).state == "to_authorise" for case in cases) == 3


def test_what_cannot_be_one_of_a_batch_is_named_and_no_more_than_fifty_are_marked(
    bench: Bench, cases: list[Case]
) -> None:
    presenter, none = bench.presenter, bench.presenter._moment
    presenter._moment = replace(none, marked=frozenset(str(n) for n in range(50)))
    presenter.mark(cases[0].id, True)
    assert cases[0].id not in presenter._moment.marked
    assert bench.said[-1] == ("一批最多 50 件，先办完这一批。", False)
    presenter._moment = none
    with bench.office.parts.vault.unit(bench.office.hall) as work:
        work.books.put_case(replace(cases[1], state="review"))
    bench.presenter.batching.open((cases[0], cases[1]), desk.CHIEF)
    read(bench)
    ((case, who, why),) = bench.view.batch.out
    assert (case, who) == (cases[1].id, cases[1].applicant.masked_name)
    assert "不能批量授权" in why
    assert bench.view.batch.out_title == "没排进来 1 件"
    bench.qtbot.keyClick(bench.page.sheet, Qt.Key.Key_Escape)
    read(bench)
    assert bench.view.side == "authority"
