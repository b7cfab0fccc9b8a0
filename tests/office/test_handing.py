"""出件 at window 12 over the real store: found by whatever was scanned or said, claimed, handed out once, each act with its paper."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from clerk_app.cases.model import Case
from clerk_app.command import Refusal, case_subject
from clerk_app.office.counter.handing import acts, looking, papers
from clerk_app.office.counter.handing.acts import HandOut
from clerk_app.office.counter.handing_slips import posted_on
from clerk_app.office.counter.issued import documents_of
from clerk_app.office.counter.paper_codes import code_of
from clerk_app.office.line.blocks import blocks_wanted
from clerk_app.office.line.greeting import MACHINES
from clerk_app.office.office import Done, Office
from clerk_app.outside.keys import SigningKey
from clerk_app.ports import HoldGrant, NumberBlock, Verdict
from clerk_app.ports.line import Machine
from clerk_app.queueing.citizen_token import case_token
from clerk_app.receipts.handing.model import Delivery, Posting, Result
from clerk_app.receipts.paper import Delivery as Printed
from clerk_app.receipts.slip import Slip
from clerk_app.sealing.documents import paper_kind, serial_kind
from clerk_app.sealing.paper import OfficialPaper
from tests.desk import CutCentre, cut_office, sit
from tests.office.test_issuing import Pages, Printer
from tests.receipts.handing.shelves import LETTER, PROMISED, WAYBILL, Shelves, taker
from tests.receipts.test_slips import words
from tests.seal_fakes import with_seals
from tests.visits import done

KEY, PNG = SigningKey(bytes(32)), b"\x89PNG\r\n\x1a\n" + b"a stroke"
DISPATCHER, BRINGER = "P108", "P105"


@dataclass
class Holds(CutCentre):
    """The line is up for holds and numbers only; what others have is not granted."""

    elsewhere: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def claim(self, subject: str, release_code: str = "") -> HoldGrant:
        self.asked.append(subject)
        return HoldGrant(granted=subject not in self.elsewhere, fence=1)

    def number_block(self, kind: str, count: int) -> NumberBlock:
        return NumberBlock(id=kind[:36], kind=kind, first=1, last=count)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    office.parts = replace(
        office.parts, settings=replace(office.parts.settings, window=12), centre=Holds(), device_sign=KEY.sign
    )
    with_seals(office, pages=Pages(), page_printer=Printer())
    known = {"device-under-test": Machine(public_key=KEY.public)}
    office.parts.vault.keep.put_meta(MACHINES, msgspec.json.encode(known).decode())
    sit(office, DISPATCHER)
    yield office
    office.parts.vault.close()


@pytest.fixture
def case(office: Office) -> Case:
    return sealed(office)


def sealed(office: Office, number: int = 1) -> Case:
    """What window 4 sealed, as the feed brought it here."""
    desk = Shelves()
    made = desk.case(desk.sealed())
    assert made.decision is not None
    decision = replace(made.decision, document_no=f"江人社准〔2026〕{number}号", serial=number)
    case = replace(made, case_no=f"JZ20261120-{number:05d}", query_code=f"7K3M-Q9X{number}", decision=decision)
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_case(case)
    return case


def now(office: Office, case: Case) -> Case:
    found = office.read(lambda books: books.case(case.id))
    assert found is not None
    return found


def result(office: Office, case: Case) -> Result:
    row = office.read(lambda books: books.result(case.id))
    assert row is not None
    return row


def taken_in(office: Office, case: Case, shelf: str = "001", transfer: str = "t-1") -> None:
    done(acts.take_in(office, case.id, BRINGER, shelf, transfer))


def slug(outcome: object) -> str:
    assert isinstance(outcome, Refusal), outcome
    return outcome.type


def slips(office: Office) -> list[Slip]:
    return office.parts.maker.made


def decision_code(office: Office, case: Case, number: str = "") -> str:
    assert case.decision is not None
    paper = OfficialPaper(
        title="准予行政许可决定书", document_no=number or case.decision.document_no, addressee=case.applicant.name,
        paragraphs=(), department="江州市人力资源和社会保障局", day=office.parts.clock.now().date(), case_no=case.case_no,
    )  # fmt: skip
    return code_of(office, case, paper)


class TestFinding:
    """认件: the slip may be lost."""

    def found(self, office: Office, typed: str) -> list[str]:
        lines = looking.find(office, typed)
        assert not isinstance(lines, Refusal), lines
        return [line.case.id for line in lines]

    def test_by_whatever_is_scanned_or_said(self, office: Office, case: Case):
        other = sealed(office, 2)
        for typed in (
            f"https://example.org/c/{case_token(case.id)}",
            f"case:{case.query_code}",
            decision_code(office, case),
            case.case_no,
            case.query_code,
            case.decision.document_no if case.decision else "",
            (case.decision.document_no if case.decision else "").replace("〔", "[").replace("〕", "]"),
        ):
            assert self.found(office, typed) == [case.id], typed
        for typed in (case.applicant.id_number, case.applicant.name):
            assert set(self.found(office, typed)) == {case.id, other.id}, "both are his: a person picks"

    def test_by_waybill_while_it_travels_and_when_it_came_back(self, office: Office, case: Case):
        posted(office, case)
        assert self.found(office, WAYBILL.lower()) == [case.id]
        today = office.parts.clock.now().date()
        done(acts.record_return(office, case.id, "查无此人", today, "002"))
        assert self.found(office, WAYBILL) == [case.id]

    def test_by_the_code_of_the_handover_slip_all_that_came_with_it(self, office: Office, case: Case):
        other = sealed(office, 2)
        taken_in(office, case)
        taken_in(office, other, "002")
        assert self.found(office, "transfer:t-1") == [case.id, other.id]
        assert slug(looking.find(office, "transfer:t-2")) == "unknown-result"

    def test_what_is_not_there_or_not_ready_says_so(self, office: Office, case: Case):
        assert slug(looking.find(office, " ")) == "nothing-typed"
        assert slug(looking.find(office, "JZ20261120-09999")) == "unknown-result"
        with office.parts.vault.unit(office.hall) as work:
            work.books.put_case(replace(case, state="review", decision=None, sealed_at=None))
        assert slug(looking.find(office, case.case_no)) == "no-result-yet"


def test_the_handing_over_window_keeps_a_few_numbers_of_every_departments_proofs(office: Office):
    year = office.parts.clock.now().year
    wanted = {kind for kind in blocks_wanted(office) if kind.startswith("paper_no:")}
    proof = paper_kind("送达回证")
    assert proof is not None
    theirs = {item.department for item in office.hall.items.values() if item.kind != "spot" and not item.external}
    assert {serial_kind(department, proof, year) for department in theirs} <= wanted


class TestTakingIn:
    def test_the_case_is_claimed_and_the_paper_lies_there(self, office: Office, case: Case):
        assert [line.case.id for line in looking.desk(office).awaited] == [case.id]
        assert looking.next_shelf(office) == "001"
        taken_in(office, case)
        assert office.parts.centre.asked == [case_subject(case.id)]
        desk = looking.desk(office)
        ((line,), awaited) = desk.shelved, desk.awaited
        assert (line.case.id, line.days, line.age, awaited) == (case.id, 0, "fresh", ())
        assert looking.next_shelf(office) == "002"
        assert looking.brought_by(office, line) == BRINGER

    def test_who_has_it_in_hand_is_named_by_his_window(self, office: Office, case: Case):
        office.parts.centre.elsewhere.add(case_subject(case.id))
        refused = acts.take_in(office, case.id, BRINGER, "001", "t-1")
        assert slug(refused) == "held-elsewhere"
        assert "4号窗口" in refused.sentence
        assert office.read(lambda books: books.result(case.id)) is None

    def test_the_paper_that_was_scanned_is_the_one_that_counts(self, office: Office, case: Case):
        old = decision_code(office, case, "江人社准〔2026〕0号")
        assert slug(acts.take_in(office, case.id, BRINGER, "001", "t-1", old)) == "other-paper"
        forged = old[:-1] + ("A" if old[-1] != "A" else "B")
        assert slug(acts.take_in(office, case.id, BRINGER, "001", "t-1", forged)).startswith("paper-code-")
        done(acts.take_in(office, case.id, BRINGER, "001", "t-1", decision_code(office, case)))

    def test_one_handover_slip_for_all_and_then_copies(self, office: Office, case: Case):
        second = sealed(office, 2)
        assert slug(papers.print_transfer(office, "t-1")) == "transfer-empty"
        assert slug(papers.print_transfer(office, "")) == "transfer-empty"
        taken_in(office, case)
        taken_in(office, second, "002")
        done(papers.print_transfer(office, "t-1"))
        assert "件数：2 件" in words(slips(office)[-1])
        came_out(office)
        assert slug(papers.print_transfer(office, "t-1")) == "reason-missing"
        done(acts.hand_out(office, case.id, HandOut(**taker())))
        done(papers.print_transfer(office, "t-1", "签字的那张污了"))
        copy = slips(office)[-1]
        assert (copy.doc_type, copy.copy_no) == ("出件交接单", 2)
        assert "已离架" in words(copy)


def came_out(office: Office) -> None:
    """Every paper that waits is out: only then is there anything to print once more."""
    spool = office.parts.vault.spool
    while (job := spool.take_next(office.parts.settings.printer)) is not None:
        spool.settle(job.id, Printed("done"))


def posted(office: Office, case: Case, waybill: str = WAYBILL) -> None:
    taken_in(office, case)
    wish = Delivery(**LETTER, by="", at=office.parts.clock.now())
    done(acts.choose(office, case.id, wish))
    done(acts.post(office, case.id, waybill))


class TestHandingOut:
    def test_once_with_its_slip_and_nothing_is_left_here(self, office: Office, case: Case):
        taken_in(office, case)
        handed = done(acts.hand_out(office, case.id, HandOut(**taker(without_slip=True))))
        assert (len(handed.papers), slips(office)[-1].doc_type) == (1, "取件凭证")
        assert "卢小珍" not in repr(slips(office)[-1])
        assert (now(office, case).state, result(office, case).state) == ("delivered", "out")
        desk = looking.desk(office)
        assert (desk.shelved, [line.case.id for line in desk.today]) == ((), [case.id])
        made = len(slips(office))
        assert slug(acts.hand_out(office, case.id, HandOut(**taker(receiver="别人")))) == "handed-already"
        assert len(slips(office)) == made, "no second slip"
        assert now(office, case).handed_over.receiver == "卢小珍"

    def test_refused_it_prints_nothing(self, office: Office, case: Case):
        taken_in(office, case)
        made = len(slips(office))
        assert slug(acts.hand_out(office, case.id, HandOut(**taker(as_who="agent")))) == "letter-missing"
        assert slug(acts.hand_out(office, "nobody", HandOut(**taker()))) == "unknown-case"
        assert len(slips(office)) == made
        assert result(office, case).state == "shelved"

    def test_signed_on_the_pad_and_said_again_it_is_one_signature(self, office: Office, case: Case):
        taken_in(office, case)
        digest = acts.keep_signature(office, case.id, PNG)
        assert digest == hashlib.sha256(PNG).hexdigest()
        no_letter = HandOut(**taker(signed="pad", signature=digest, as_who="agent"))
        assert slug(acts.hand_out(office, case.id, no_letter)) == "letter-missing"
        assert acts.keep_signature(office, case.id, PNG) == digest
        done(acts.hand_out(office, case.id, HandOut(**taker(signed="pad", signature=digest))))
        kept = office.read(lambda books: books.attachments_of(case.id))
        assert [(one.name, one.digest) for one in kept] == [(acts.SIGNATURE, now(office, case).handed_over.signature)]
        assert isinstance(acts.keep_signature(office, case.id, b"no picture"), Refusal)

    def test_the_proof_is_a_page_with_this_windows_seal_and_comes_back_signed(self, office: Office, case: Case):
        taken_in(office, case)
        assert isinstance(acts.issue_proof(office, case.id), Refusal), "not before it was handed out"
        done(acts.hand_out(office, case.id, HandOut(**taker())))
        done(acts.issue_proof(office, case.id))
        (paper,) = documents_of(office, case.id)
        assert (paper.paper, paper.seal, paper.window, paper.flags) == ("送达回证", "S-SJ-12", 12, ())
        scan = b"%PDF-1.4 signed"
        done(acts.keep_signed_proof(office, case.id, scan, "pdf"))
        (kept,) = office.read(lambda books: books.attachments_of(case.id))
        assert (kept.name, kept.digest) == ("送达回证（已签）.pdf", hashlib.sha256(scan).hexdigest())


class TestPosting:
    def test_posted_with_its_address_and_on_the_days_list(self, office: Office, case: Case):
        today = office.parts.clock.now().date()
        assert slug(papers.print_post_list(office, today)) == "nothing-posted"
        posted(office, case)
        address = slips(office)[-1]
        assert (address.doc_type, address.doc_no) == ("邮寄地址条", WAYBILL)
        assert LETTER["address"] in words(address)
        assert [line.case.id for line in looking.desk(office).posted] == [case.id]
        done(papers.print_post_list(office, today))
        listed = words(slips(office)[-1])
        assert WAYBILL in listed
        assert LETTER["address"] not in listed
        done(acts.record_return(office, case.id, "查无此人", today, "003"))
        assert slug(papers.print_post_list(office, today - timedelta(days=1))) == "nothing-posted"
        assert [row.id for row, _ in posted_today(office)] == [case.id], "it went out all the same"
        assert slug(papers.print_address_again(office, "SF0000000000", "湿了")) == "unknown-paper"

    def test_signed_for_at_the_door(self, office: Office, case: Case):
        posted(office, case)
        assert looking.desk(office).to_post == ()
        done(acts.record_receipt(office, case.id, "门卫", office.parts.clock.now().date()))
        assert now(office, case).handed_over.as_who == "post"
        assert slug(acts.record_receipt(office, case.id, "门卫", office.parts.clock.now().date())) == "handed-already"


def posted_today(office: Office) -> tuple[tuple[Result, Posting], ...]:
    return office.read(lambda books: posted_on(office, books, office.parts.clock.now().date()))


def test_reminded_sent_back_and_asked_for_again(office: Office, case: Case):
    taken_in(office, case)
    done(acts.remind(office, case.id, "phone", "下周一来"))
    assert [one.said for one in result(office, case).reminders] == ["下周一来"]
    done(acts.send_back(office, case.id, BRINGER, "姓名印错"))
    assert [line.result.state for line in looking.desk(office).awaited] == ["back"]
    assert office.read(lambda books: books.holder(case_subject(case.id))) is None
    assert slug(acts.take_in(office, case.id, BRINGER, "001", "t-2")) == "still-sending"
    journal = office.parts.vault.journal
    journal.settle([Verdict(id=row.id, state="applied") for row in journal.rows(("pending",), 50)], 1.0)
    taken_in(office, case, transfer="t-2")
    assert office.parts.centre.asked == [case_subject(case.id)] * 2, "asked for anew"


def test_with_the_line_cut_what_is_in_hand_is_handed_out_and_nothing_else(office: Office, case: Case):
    other = sealed(office, 2)
    taken_in(office, case)
    office.parts = replace(office.parts, centre=CutCentre())
    assert slug(acts.take_in(office, other.id, BRINGER, "002", "t-1")) == "line-cut"
    assert isinstance(acts.hand_out(office, case.id, HandOut(**taker())), Done)


def test_what_is_owed_is_said_before_anybody_tries(office: Office, case: Case):
    assert looking.unpaid(office, case) == ("", ())
    item = office.hall.items[case.item]
    charged = replace(item, fee=2000, fee_source="示例: 价费〔2020〕1号")
    office.hall = replace(office.hall, items={**office.hall.items, item.code: charged})
    why, bills = looking.unpaid(office, case)
    assert (why, bills) == ("还没定收费项", ())
    assert item.short == PROMISED
