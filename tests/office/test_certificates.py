"""记证照编号: made elsewhere, recorded by number and blank; nothing is taken twice, and the register has its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_app.cases.decision import Decision
from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.office.counter.case_acts import ActDone, acts_of, do_act
from clerk_app.office.counter.case_file import case_file
from clerk_app.office.counter.certificates import MadeCertificate, read_spoiled, record_certificate
from clerk_app.office.office import Done, Office
from clerk_app.sealing.model import SpoiledBlank
from tests import visits
from tests.desk import cut_office
from ui.cases.whole.telling import tell_file

MADE = MadeCertificate(name="营业执照", certificate_no="91429900MA5K3M0001", blank_no="0012347")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def case(office: Office) -> Case:
    """Granted and sealed."""
    found = visits.accept(office, visits.receive(office, visits.serve(office)))
    decision = Decision(
        outcome="grant", by="P201", at=office.parts.clock.now(), document_no="江市监准〔2026〕1号", serial=1, digest="0" * 64,
        letter="江市监授〔2026〕1号", opinion="", pages=1, acting_for="",
    )  # fmt: skip
    sealed = replace(found, state="sealed", decision=decision)
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_case(sealed)
    return sealed


def refused(outcome: object) -> str:
    assert isinstance(outcome, Refusal), outcome
    assert outcome.sentence.endswith("。")
    assert "没有记" in outcome.sentence or "没有再记" in outcome.sentence
    return outcome.type


def test_the_act_is_offered_and_its_answers_become_one_certificate_with_its_line(office: Office, case: Case) -> None:
    (act,) = [act for act in acts_of(office, case.id) if act.key == "certificate"]
    asks = {ask.key: ask for ask in act.asks}
    assert asks["name"].proposed == "营业执照"
    assert ("S-SJJ", "江州市市场监督管理局行政审批专用章") in asks["seal"].choices
    answers = {
        "name": "营业执照", "certificate_no": " 91429900MA5K3M0001 ", "blank_no": "0012347",
        "spoiled": "0012345 打偏；0012346 污损", "seal": "S-SJJ",
    }  # fmt: skip
    done = do_act(office, case.id, "certificate", answers)
    assert isinstance(done, ActDone), done
    file = case_file(office, case.id)
    assert file is not None
    (row,) = file.certificates
    assert (row.certificate_no, row.blank_no, row.by, row.flags) == ("91429900MA5K3M0001", "0012347", "P203", ())
    assert row.spoiled == (
        SpoiledBlank(blank_no="0012345", reason="打偏"),
        SpoiledBlank(blank_no="0012346", reason="污损"),
    )
    use = office.read(lambda books: books.seal_use(row.id))
    assert use is not None
    assert (use.electronic, use.keeper, use.title, use.flags) == (False, "P201", "营业执照", ())
    paper = tell_file(file, office.hall, None, None).papers[-1]
    assert (paper.name, paper.number) == ("营业执照", "91429900MA5K3M0001")
    assert paper.note.endswith("空白证 0012347，作废 2 张")


def test_the_makers_own_seal_has_no_line_here(office: Office, case: Case) -> None:
    assert isinstance(record_certificate(office, case.id, MADE), Done)
    (row,) = office.read(lambda books: books.certificates_of(case.id))
    assert office.read(lambda books: books.seal_use(row.id)) is None


def test_nothing_is_taken_twice_and_nothing_goes_without_its_number(office: Office, case: Case) -> None:
    def record(**changes: object) -> object:
        return record_certificate(office, case.id, replace(MADE, **changes))  # type: ignore[arg-type]

    blank = SpoiledBlank(blank_no="0012347", reason="打偏")
    assert refused(record(certificate_no="  ")) == "certificate-no-missing"
    assert refused(record(name="")) == "name-missing"
    assert refused(record(spoiled=(blank,))) == "blank-twice"
    assert isinstance(record(), Done)
    assert refused(record()) == "certificate-recorded"
    assert refused(record(certificate_no="2")) == "blank-used"
    assert refused(record(certificate_no="2", blank_no="", spoiled=(blank,))) == "blank-used"
    assert isinstance(record(certificate_no="2", blank_no="0012348"), Done)


def test_only_a_granted_case_whose_result_is_a_certificate_has_one(office: Office, case: Case) -> None:
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_case(replace(case, state="to_authorise", decision=None))
    assert refused(record_certificate(office, case.id, MADE)) == "not-granted"
    assert "certificate" not in [act.key for act in acts_of(office, case.id)]
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_case(case)
    plain = replace(office.hall.items[case.item], result_kind="document")
    office.hall = replace(office.hall, items={**office.hall.items, case.item: plain})
    assert refused(record_certificate(office, case.id, MADE)) == "no-certificate"
    assert refused(record_certificate(office, "nobody's", MADE)) == "unknown-case"


def test_spoiled_blanks_are_said_in_words() -> None:
    assert read_spoiled(" \n") == ()
    assert read_spoiled("1 打偏\n2 墨 污；") == (
        SpoiledBlank(blank_no="1", reason="打偏"),
        SpoiledBlank(blank_no="2", reason="墨 污"),
    )
    assert refused(read_spoiled("0012345")) == "spoiled-unreadable"
