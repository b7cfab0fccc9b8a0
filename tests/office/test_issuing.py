"""出文书 at a desk: number, kept bytes, row and seal line in one; refusals leave nothing; copies; the approval seal by PIN; numbers' end."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from clerk_app.cases.attachments import AttachScan
from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.duty.training import training_pin
from clerk_app.office.counter import deciding, intake
from clerk_app.office.counter.by_pin import Countersigner
from clerk_app.office.counter.issued import content, documents_of, print_document
from clerk_app.office.counter.issuing import can_issue, issue
from clerk_app.office.counter.numbering import explain_gaps, open_gaps, return_numbers
from clerk_app.office.counter.prepared import Prepared, prepare
from clerk_app.office.line.blocks import blocks_wanted, draw, returned_here
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.office.registration import saving
from clerk_app.ports import Hello, NumberBlock, SessionGrant
from clerk_app.receipts.paper import Delivery
from clerk_app.sealing.paper import MadePage, OfficialPaper, SealPlace
from tests.desk import CutCentre, cut_office
from tests.office.test_deciding import example
from tests.seal_fakes import with_seals
from tests.visits import accept, receive, serve


class Pages:
    """Writes words, not pictures."""

    def official(self, paper: OfficialPaper) -> MadePage:
        return MadePage(repr(paper).encode(), 1, SealPlace(1, 140, 230))

    def copy(self, pdf: bytes, pages: int, words: str) -> bytes:
        return pdf + words.encode()

    def decision(self, paper) -> MadePage:
        return MadePage(repr(paper).encode(), 1, SealPlace(1, 140, 230))

    def face(self, face) -> bytes:
        return repr(face).encode()


@dataclass
class Printer:
    says: Delivery = field(default_factory=lambda: Delivery("done"))
    sent: list[tuple[bytes, str, int]] = field(default_factory=list)
    then: list[Delivery] = field(default_factory=list)

    def send(self, pdf: bytes, title: str, copies: int) -> Delivery:
        self.sent.append((pdf, title, copies))
        return self.then.pop(0) if self.then else self.says


class Centre(CutCentre):
    """Up for PINs, numbers and greetings."""

    def __init__(self) -> None:
        self.next: dict[str, int] = {}

    def sign_in(self, account, secret, window, public_key, by="password", proof=None) -> SessionGrant:
        assert secret == training_pin(account)
        return SessionGrant(person=account)

    def number_block(self, kind: str, count: int) -> NumberBlock:
        first = self.next.get(kind, 1)
        self.next[kind] = first + count
        return NumberBlock(id=f"{kind}-{first}"[:36], kind=kind, first=first, last=first + count - 1)

    def hello(self, said=None) -> Hello:
        return Hello.__new__(Hello)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    with_seals(office, pages=Pages(), centre=Centre(), page_printer=Printer())
    yield office
    office.parts.vault.close()


@pytest.fixture
def case(office: Office) -> Case:
    return accept(office, receive(office, serve(office)))


def done(outcome: Outcome) -> Done:
    assert isinstance(outcome, Done), outcome
    return outcome


def refused(outcome: Outcome, type_: str) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    assert outcome.type == type_, outcome
    return outcome


def uses(office: Office, case: Case):
    since = case.received_at - timedelta(days=1)
    return office.read(lambda books: [use for use in books.seal_uses_since(since) if use.case == case.id])


def printer_of(office: Office) -> Printer:
    assert isinstance(office.parts.page_printer, Printer)
    return office.parts.page_printer


def test_the_notice_is_numbered_kept_registered_and_printed(office: Office, case: Case) -> None:
    done(issue(office, case.id, "受理通知书"))
    (row,) = documents_of(office, case.id)
    assert (row.document_no, row.serial, row.sort, row.copies, row.flags) == (
        "江市监受〔2026〕1号",
        1,
        "procedure",
        2,
        (),
    )
    (use,) = uses(office, case)
    assert (use.document, use.seal, use.digest_before, use.approver) == (row.id, "S-SJ-2", row.digest, "")
    kept = content(office, row)
    assert isinstance(kept, bytes)
    assert hashlib.sha256(kept).hexdigest() == row.digest
    assert "2026年12月" in kept.decode() or "2026年11月" in kept.decode()
    assert printer_of(office).sent == [
        (kept + part.encode(), f"受理通知书 {part}", 1) for part in ("第一联　存根", "第二联　交申请人")
    ]


def test_once_for_all_and_again(office: Office, case: Case) -> None:
    assert "受理通知书" in office.read(lambda books: can_issue(office, books, case.id))
    done(issue(office, case.id, "受理通知书"))
    assert "补打" in refused(issue(office, case.id, "受理通知书"), "paper-issued").sentence
    assert "受理通知书" not in office.read(lambda books: can_issue(office, books, case.id))
    for _ in range(2):
        done(issue(office, case.id, "办件登记表"))
    assert [row.sort for row in documents_of(office, case.id)] == ["procedure", "none", "none"]
    assert len(uses(office, case)) == 1


@pytest.mark.parametrize("name", ["终止通知书", "不予受理通知书", "特别程序告知书", "送达回证"])
def test_a_paper_that_is_not_so_is_not_made_and_takes_no_number(office: Office, case: Case, name: str) -> None:
    refusal = refused(issue(office, case.id, name), "paper-not-yet")
    assert name in refusal.sentence
    assert documents_of(office, case.id) == ()
    assert not any(kind.startswith("paper_no") for kind in office.parts.centre.next)  # type: ignore[attr-defined]


def test_what_is_no_such_paper_or_no_such_case(office: Office, case: Case) -> None:
    refused(issue(office, case.id, "准予行政许可决定书"), "unknown-paper")
    refused(issue(office, "没有", "受理通知书"), "unknown-case")
    office.parts = replace(office.parts, pages=None)
    refused(issue(office, case.id, "受理通知书"), "no-pages")


def test_without_a_number_and_with_the_line_cut_nothing_is_printed(office: Office, case: Case) -> None:
    office.parts = replace(office.parts, centre=CutCentre())
    assert "没有出" in refused(issue(office, case.id, "受理通知书"), "no-document-number").sentence
    assert printer_of(office).sent == []
    office.parts.vault.keep.add_block(NumberBlock(id="b", kind="paper_no:SJJ:accepted:2026", first=7, last=8))
    done(issue(office, case.id, "受理通知书"))
    assert documents_of(office, case.id)[0].document_no == "江市监受〔2026〕7号"


def test_a_printer_that_refuses_leaves_the_paper_standing(office: Office, case: Case) -> None:
    printer_of(office).says = Delivery("not_sent", "没有纸。")
    refusal = refused(issue(office, case.id, "受理通知书"), "not-printed")
    assert "不要再出一份" in refusal.sentence
    assert len(documents_of(office, case.id)) == len(uses(office, case)) == 1


def test_a_part_that_does_not_come_out_is_named(office: Office, case: Case) -> None:
    printer = printer_of(office)
    printer.then = [Delivery("done"), Delivery("not_sent", "没有纸。")]
    assert "受理通知书从第二联交申请人起" in refused(issue(office, case.id, "受理通知书"), "not-printed").sentence
    assert [title for _, title, _ in printer.sent] == ["受理通知书 第一联　存根", "受理通知书 第二联　交申请人"]


def test_a_page_that_takes_no_mark_is_printed_alike(office: Office, case: Case, monkeypatch) -> None:
    def unmarked(*_: object) -> bytes:
        raise ValueError("读不出来")

    monkeypatch.setattr(Pages, "copy", unmarked)
    done(issue(office, case.id, "受理通知书"))
    assert [(title, copies) for _, title, copies in printer_of(office).sent] == [("受理通知书", 2)]


def test_a_copy_is_marked_counted_and_sealed_by_nobody(office: Office, case: Case) -> None:
    done(issue(office, case.id, "受理通知书"))
    (row,) = documents_of(office, case.id)
    for number in (1, 2):
        done(print_document(office, row.id))
        pdf, _, copies = printer_of(office).sent[-1]
        assert f"副本　补打第 {number} 份" in pdf.decode()
        assert copies == 1
    papers = office.read(lambda books: books.papers_of(f"case:{case.id}"))
    assert [p.copy_no for p in papers if p.doc_type == "受理通知书"] == [1, 2]
    assert len(uses(office, case)) == 1
    assert documents_of(office, case.id) == (row,)
    refused(print_document(office, "没有"), "unknown-document")


def test_the_approval_seal_wants_the_chief_and_his_pin(office: Office) -> None:
    case = receive(office, serve(office))
    done(intake.say_not_required(office, case.id, "销售预包装食品只需备案"))
    refused(issue(office, case.id, "不需办理告知书"), "chief-wanted")
    clerk = Countersigner(person=office.hall.roster.people["P204"], pin=training_pin("P204"))
    refused(issue(office, case.id, "不需办理告知书", by=clerk), "not-the-chief")
    chief = Countersigner(person=office.hall.roster.people["P201"], pin=training_pin("P201"))
    done(issue(office, case.id, "不需办理告知书", by=chief))
    (use,) = uses(office, case)
    assert (use.seal, use.approver, use.user, use.flags) == ("S-SJJ", "P201", "P201", ())


def test_an_intake_seal_s_line_does_not_finish_a_case(office: Office, case: Case) -> None:
    done(issue(office, case.id, "受理通知书"))
    assert office.read(lambda books: books.seal_use_of(case.id)) is None
    assert deciding.finish_sealing(office) == 0


def attach(office: Office, case: Case) -> None:
    """A scan that another window took: its row is here, its bytes are not."""
    command = AttachScan(
        **office.stamp().fields(office.parts.new_id), case=case.id, attachment=office.parts.new_id(), name="章程.pdf",
        media="application/pdf", size=5, digest="e" * 64,
    )  # fmt: skip
    done(office.do(command))


def test_nobody_decides_over_scans_that_are_nowhere(office: Office, case: Case) -> None:
    year = office.parts.clock.now().year
    office.parts.vault.keep.add_block(NumberBlock(id="d", kind=f"doc_no:SJJ:{year}", first=1, last=3))
    saving.save_form(office, case.id, example())
    done(deciding.propose(office, case.id, "grant", "材料齐全，符合法定形式。"))
    prepared = prepare(office, case.id, "P201", "grant", "同意。")
    assert isinstance(prepared, Prepared), prepared
    attach(office, case)
    chief = office.hall.roster.people["P201"]
    assert (
        "章程.pdf"
        in refused(deciding.authorise(office, prepared, chief, training_pin("P201")), "attachments-missing").sentence
    )
    assert office.read(lambda books: books.case(case.id)).decision is None

    class There:
        def size(self, digest: str) -> int:
            return 5

    office.parts = replace(office.parts, blob_centre=There())  # type: ignore[arg-type]
    found = deciding.authorise(office, prepared, chief, training_pin("P201"))
    assert not isinstance(found, Refusal) or found.type != "attachments-missing"


def test_rests_go_back_and_are_not_drawn_again(office: Office, case: Case) -> None:
    office.parts.vault.keep.add_block(NumberBlock(id="b", kind="paper_no:SJJ:accepted:2026", first=11, last=15))
    done(issue(office, case.id, "受理通知书"))
    assert return_numbers(office) == 4
    assert return_numbers(office) == 0, "they are gone"
    assert office.parts.vault.keep.next_serial("paper_no:SJJ:accepted:2026") is None
    assert returned_here(office)
    fresh = draw(office, "paper_no:SJJ:accepted:2026")
    assert fresh is not None
    assert fresh.block != "b"
    assert open_gaps(office) == ()


def test_with_the_line_cut_the_rests_stay_for_tomorrow(office: Office) -> None:
    office.parts.vault.keep.add_block(NumberBlock(id="b", kind="paper_no:SJJ:accepted:2026", first=11, last=15))
    office.parts = replace(office.parts, centre=CutCentre())
    assert return_numbers(office) == 0
    assert office.parts.vault.keep.next_serial("paper_no:SJJ:accepted:2026") is not None


def test_a_number_of_an_act_that_was_not_taken_is_a_gap_until_it_is_explained(office: Office, case: Case) -> None:
    keep = office.parts.vault.keep
    keep.add_block(NumberBlock(id="b", kind="paper_no:SJJ:accepted:2026", first=11, last=15))
    act = done(issue(office, case.id, "受理通知书"))
    assert open_gaps(office) == ()
    with office.parts.vault._gate.begin() as connection:  # type: ignore[attr-defined]
        connection.execute(text("UPDATE verdicts SET state = 'refused' WHERE id = :id"), {"id": act.command})
    (gap,) = open_gaps(office)
    assert (gap.kind, gap.serials) == ("paper_no:SJJ:accepted:2026", (11,))
    done(explain_gaps(office, gap.kind, gap.serials, "中心没收，纸已收回"))
    assert open_gaps(office) == ()


def test_a_desk_keeps_the_daily_papers_numbers_in_hand(office: Office) -> None:
    kinds = blocks_wanted(office)
    assert kinds["paper_no:SJJ:accepted:2026"] == 5
    assert not any(":terminated:" in kind for kind in kinds)
