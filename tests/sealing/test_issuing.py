"""出文: no paper without its seal line, whatever the command says; numbers spent once; gaps found, explained, and rests given back."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.command import Refusal
from clerk_app.ports import NumberBlock
from clerk_app.sealing.documents import class_of, paper_book, serial_kind
from clerk_app.sealing.gaps import ExplainGaps, GivenBlock, ReturnNumbers, explain_gaps, gaps, return_numbers
from clerk_app.sealing.issuing import IssueDocument, issue_document
from clerk_app.sealing.usecases import MarkSealed, mark_sealed
from tests.memory_books import MemoryBooks
from tests.sealing.cases import AT, decided, hall, item_of, received

HALL = hall()
CLERK = {"actor": "P203", "post": "A1", "window": 2}
CHIEF = {"actor": "P201", "post": "R-SJJ", "window": 2}
KIND = paper_book().kinds["受理通知书"]
NUMBERS = serial_kind("SJJ", KIND, 2026)


def books() -> MemoryBooks:
    made = MemoryBooks(HALL)
    made.put_case(received(item_of(HALL)))
    made.give_block(NumberBlock(id="b1", kind=NUMBERS, first=11, last=15))
    return made


def command(who=None, **fields) -> IssueDocument:
    plain = {
        "id": "c1", "at": AT, "basis": "a_role:A1", "hall_version": "v1", **(who or CLERK), "document": "d1",
        "case": received(item_of(HALL)).id, "paper": "受理通知书", "digest": "a" * 64, "pages": 1, "copies": 2,
        "document_no": "江市监受〔2026〕11号", "number_kind": NUMBERS, "block": "b1", "serial": 11, "seal": "S-SJ-2",
    }  # fmt: skip
    return IssueDocument(**{**plain, **fields})


UNNUMBERED = {"document_no": "", "number_kind": "", "block": "", "serial": 0}


@settings(max_examples=40, deadline=None)
@given(
    paper=st.sampled_from([*paper_book().kinds, "谁也不认得"]),
    seal=st.sampled_from(["", "S-SJ-2", "S-SJ-3", "S-SJJ", "S-GAJ", "没有"]),
    who=st.sampled_from([CLERK, CHIEF, {"actor": "P999", "post": "", "window": 99}]),
    serial=st.integers(0, 20),
    case=st.sampled_from([received(item_of(HALL)).id, "没有"]),
)
def test_no_document_without_its_seal_line(paper, seal, who, serial, case) -> None:
    kept = books()
    assert issue_document(command(who, paper=paper, seal=seal, serial=serial, case=case), kept) is None
    (row,), lines = kept.case_documents.values(), list(kept.seal_uses.values())
    assert row.sort == class_of(paper, HALL.procedure_papers)
    if row.sort == "none":
        assert lines == []
        return
    (line,) = lines
    assert (line.id, line.document, line.case, line.at) == (row.id, row.id, row.case, row.at)
    assert line.digest_before == line.digest_after == row.digest
    assert (line.approver == "") == (row.sort == "procedure"), "only a decision's class has an approver"
    assert line.flags == row.flags
    assert not line.electronic


def test_a_clerk_puts_the_windows_own_seal_on_a_procedure_paper() -> None:
    kept = books()
    issue_document(command(), kept)
    line = kept.seal_uses["d1"]
    assert (line.seal_name, line.user, line.window, line.flags) == ("江州市政务服务中心收件专用章(2)", "P203", 2, ())
    assert kept.used == {(NUMBERS, 11): "c1"}


def test_what_is_out_of_order_is_recorded_and_flagged() -> None:
    for fields, flag in (
        ({"seal": "S-SJ-3"}, "不是本窗口的收件章"),
        ({"serial": 12}, "文号和号段对不上"),
        ({"serial": 16, "document_no": "江市监受〔2026〕16号"}, "文号用过或者不是本机的"),
        ({"paper": "终止通知书", "seal": "S-SJJ", **UNNUMBERED}, "没有授权的用印"),
    ):
        kept = books()
        assert issue_document(command(**fields), kept) is None
        assert flag in kept.case_documents["d1"].flags


def test_the_chief_may_put_the_approval_seal() -> None:
    kept = books()
    kind = paper_book().kinds["终止通知书"]
    numbers = serial_kind("SJJ", kind, 2026)
    kept.give_block(NumberBlock(id="b2", kind=numbers, first=1, last=3))
    fields = {
        "document_no": "江市监终〔2026〕1号",
        "number_kind": numbers,
        "block": "b2",
        "serial": 1,
        "letter": "江市监授〔2026〕1号",
    }
    issue_document(command(CHIEF, paper="终止通知书", seal="S-SJJ", **fields), kept)
    line = kept.seal_uses["d1"]
    assert (line.approver, line.letter, line.flags) == ("P201", "江市监授〔2026〕1号", ())


def test_said_again_it_is_the_same_paper() -> None:
    kept = books()
    issue_document(command(), kept)
    issue_document(command(digest="b" * 64), kept)
    assert [row.digest for row in kept.case_documents.values()] == ["a" * 64]


def test_a_paper_s_seal_line_never_ends_a_case() -> None:
    """The stamp that stops the clocks is the decision's."""
    kept = books()
    case = replace(decided(item_of(HALL)), state="granted", sealed_at=None, seal_use="")
    kept.put_case(case)
    issue_document(command(), kept)
    assert kept.seal_use_of(case.id) is None
    fields = {"id": "m1", "at": AT, "basis": "a_role:A1", "hall_version": "v1", **CLERK}
    refusal = mark_sealed(MarkSealed(**fields, case=case.id, seal_use="d1"), kept)
    assert isinstance(refusal, Refusal)
    assert refusal.type == "no-seal-use"
    assert kept.cases[case.id].state == "granted"


@settings(max_examples=40, deadline=None)
@given(
    used=st.sets(st.integers(1, 12), max_size=8),
    undone=st.sets(st.integers(1, 12), max_size=4),
    explained=st.sets(st.integers(1, 12), max_size=6),
    lost=st.booleans(),
)
def test_every_hole_below_the_highest_drawn_number_is_a_gap(used, undone, explained, lost) -> None:
    undone -= used
    block = GivenBlock(id="b", kind="k", first=1, last=12, used=tuple(used), undone=tuple(undone), lost=lost)
    found = {serial for gap in gaps([block], [("k", s) for s in explained]) for serial in gap.serials}
    highest = 12 if lost else max(used | undone, default=0)
    assert found == set(range(1, highest + 1)) - used - explained


def explain(**fields) -> ExplainGaps:
    plain = {"id": "e1", "at": AT, "basis": "", "hall_version": "v1", **CLERK, "note": "n1", "number_kind": NUMBERS}
    return ExplainGaps(**{**plain, "serials": (12, 13), "reason": "打印时卡纸，作废", **fields})


def test_a_gap_is_explained_once_and_in_words() -> None:
    kept = books()
    assert explain_gaps(explain(reason=" "), kept).type == "reason-missing"
    assert explain_gaps(explain(serials=()), kept).type == "serials-missing"
    assert explain_gaps(explain(), kept) is None
    assert explain_gaps(explain(note="n2", serials=(13, 14)), kept).type == "gap-explained"
    assert [note.serials for note in kept.gap_notes(NUMBERS)] == [(12, 13)]


def test_what_was_used_after_all_is_not_given_back() -> None:
    kept = books()
    issue_document(command(serial=13, document_no="江市监受〔2026〕13号"), kept)
    fields = {"id": "r1", "at": AT, "basis": "", "hall_version": "v1", **CLERK}
    assert return_numbers(ReturnNumbers(**fields, blocks=(("b1", 12), ("没有", 1))), kept) is None
    assert kept.returned == {"b1": 14}
