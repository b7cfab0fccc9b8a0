"""企业登记一表: typing is saved by itself, nothing typed is lost, one goes back to the case only when all is kept."""

from __future__ import annotations

import pytest

from clerk_app.office.counter import visit
from clerk_app.office.registration.saving import save_form
from clerk_app.registration.checks import digest_of
from tests.registration.test_form import EXAMPLE
from tests.ui.parts import hand
from tests.ui.registration.bench import Bench
from tests.ui.registration.sheets import KEYED
from tests.visits import done, receive, serve
from ui.registration.cells import LineCell
from ui.registration.saving import SAVE_MS
from ui.registration.view import REVIEW


def test_the_case_in_hand_opens_by_itself_and_knows_its_number(bench: Bench) -> None:
    bench.presenter.refresh()
    bench.wait()
    number = bench.page.cell("application.application_no")
    assert isinstance(number, LineCell)
    assert number.text() == bench.case.query_code
    assert hand().objectName() == "cell-application.authority_code"
    assert bench.kept() is None, "nothing typed, nothing saved"


def test_typing_is_saved_once_a_little_later(bench: Bench) -> None:
    bench.open()
    bench.type("company.trade_name", "lanlizhou")
    assert bench.kept() is None
    bench.qtbot.waitUntil(lambda: bench.presenter.settled, timeout=SAVE_MS + 4000)
    kept = bench.kept()
    assert kept is not None
    assert kept["company"]["trade_name"] == "lanlizhou"
    assert bench.saves() == 1
    assert bench.page.steps.saved().startswith("自动保存 10:30:")


def test_leaving_a_field_saves_at_once_and_says_what_it_lacks(bench: Bench) -> None:
    bench.open()
    bench.type("company.trade_name", "lan")
    bench.page.lead("/company/industry_term")
    bench.wait()
    assert bench.presenter.settled
    bench.page.lead("/company/phone")
    cell = bench.page.cell("company.industry_term")
    assert isinstance(cell, LineCell)
    assert cell.finding() == "还没填行业或经营特点。"
    bench.type("company.industry_term", "xinxi")
    assert cell.finding() == ""


def test_it_is_taken_up_where_it_was_left(bench: Bench) -> None:
    done(save_form(bench.office, bench.case.id, EXAMPLE))
    bench.open()
    assert bench.presenter.document == KEYED
    assert bench.page.steps.saved().startswith("自动保存 10:30:")


def test_what_another_saved_is_taken_in_but_never_over_what_is_typed_here(bench: Bench) -> None:
    bench.open()
    done(save_form(bench.office, bench.case.id, EXAMPLE))
    bench.presenter.refresh()
    bench.wait()
    assert bench.presenter.document == KEYED
    bench.type("company.trade_name", "lan")
    done(save_form(bench.office, bench.case.id, {**EXAMPLE, "persons": []}))
    bench.presenter.refresh()
    bench.wait()
    assert bench.presenter.document["company"]["trade_name"] == "lan"
    assert bench.presenter.document["persons"] == KEYED["persons"]


def test_rows_are_added_with_the_hand_in_them_deleted_and_put_back(bench: Bench) -> None:
    bench.open()
    bench.presenter.go_to("people")
    bench.page.add_wanted.emit("/persons")
    assert hand().objectName() == "cell-persons[].name"
    bench.type("persons[].name", "xie")
    before = bench.presenter.document["persons"]
    bench.page.remove_wanted.emit("/persons", 0)
    assert bench.presenter.document["persons"] == []
    bench.page.strip_link.emit()
    assert bench.presenter.document["persons"] == before
    bench.presenter.save_now()
    bench.wait()
    assert bench.kept() == bench.presenter.document


def test_the_list_jumps_to_another_step_and_another_row(bench: Bench) -> None:
    bench.open()
    bench.presenter.load_document({**EXAMPLE, "persons": [*EXAMPLE["persons"], {"key": "p4"}]})
    bench.page.missing.jump_wanted.emit("/persons/3/id_no")
    assert hand().objectName() == "cell-persons[].id_no"
    cell = bench.page.cell("persons[].id_no")
    assert cell is not None
    assert cell.view is not None
    assert cell.view.pointer == "/persons/3/id_no"
    bench.presenter.jump("/nowhere/0")


def test_an_import_is_saved_and_the_last_step_goes_back_to_the_case(bench: Bench) -> None:
    bench.open()
    bench.presenter.load_document(EXAMPLE)
    for _ in range(10):
        bench.page.next_wanted.emit()
    bench.wait()
    with bench.qtbot.waitSignal(bench.presenter.done, timeout=5000) as told:
        bench.page.next_wanted.emit()
    assert told.args == [bench.case.id]
    assert bench.kept() == KEYED
    assert bench.said[-1] == ("自检过了，记在这件上。", True)
    draft = bench.office.read(lambda books: books.form(bench.case.id))
    assert draft is not None
    assert draft.checked is not None
    assert (draft.checked.digest, draft.checked.errors) == (digest_of(KEYED), ())


def test_the_last_step_is_refused_while_something_is_missing_and_shows_all(bench: Bench) -> None:
    bench.open()
    bench.presenter.go_to(REVIEW)
    button = bench.page.sheet.bar.button("formNext")
    assert button is not None
    with bench.qtbot.assertNotEmitted(bench.presenter.done):
        button.click()
        bench.wait()
    assert bench.said[-1][1] is False
    bench.presenter.go_to("place")
    findings = [cell.finding() for cell in bench.page.sheet.cells() if cell.view and cell.view.lacking]
    assert all(findings)
    assert len(findings) == 11
    bench.presenter.go_to(REVIEW)
    assert button.reason().startswith("右边还有 ")


def test_a_refused_saving_is_said_and_what_is_typed_stays(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.open()
    session, bench.office.session = bench.office.session, None
    bench.type("company.trade_name", "lan")
    bench.presenter.save_now()
    bench.qtbot.waitUntil(lambda: bench.background.idle)
    assert bench.said[-1][1] is False
    assert bench.presenter.document["company"]["trade_name"] == "lan"
    assert not bench.presenter.settled
    bench.office.session = session
    bench.presenter.save_now()
    bench.wait()
    assert bench.presenter.settled


def test_hiding_the_page_saves(bench: Bench) -> None:
    bench.open()
    bench.type("company.trade_name", "lan")
    bench.page.hide()
    bench.wait()
    kept = bench.kept()
    assert kept is not None
    assert kept["company"]["trade_name"] == "lan"


def test_another_citizens_case_comes_in_hand_and_the_first_is_kept(bench: Bench) -> None:
    bench.presenter.refresh()
    bench.wait()
    bench.type("company.trade_name", "lan")
    first = bench.case
    done(visit.finish(bench.office, first.ticket))
    second = receive(bench.office, serve(bench.office))
    bench.presenter.refresh()
    bench.wait()
    assert bench.presenter.document["application"]["application_no"] == second.query_code
    assert bench.presenter.document["company"]["trade_name"] is None
    bench.wait()
    kept = bench.kept()
    assert kept is not None
    assert kept["company"]["trade_name"] == "lan"
    bench.presenter.open_case(first.id)
    bench.wait()
    assert bench.presenter.document["company"]["trade_name"] == "lan"


def test_ctrl_s_answers_when_it_was_saved(bench: Bench) -> None:
    bench.open()
    bench.page.saved_asked.emit()
    assert bench.said[-1] == ("改了就自动保存，不用按键。", True)
    done(save_form(bench.office, bench.case.id, EXAMPLE))


def test_no_case_no_form(bench: Bench) -> None:
    done(visit.finish(bench.office, bench.case.ticket))
    bench.presenter.open_case("none")
    bench.wait()
    assert bench.presenter.document == {}
    assert not bench.page.sheet.isVisible()
