"""能失去的 what somebody could lose by a press: money taken, a letter in the book, an act the centre refused, two sayings."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec

from clerk_app.cases.afterwards import CorrectCase, applicant_fields
from clerk_app.cases.model import Case
from clerk_app.command import case_subject
from clerk_app.duty.recorded_letters import letter_id
from clerk_app.duty.records import RecordedLetter
from clerk_app.office.office import Office
from clerk_app.office.oversight.settling import hand_over
from clerk_app.patching import diff
from clerk_app.ports import Verdict
from clerk_app.receipts.fees.model import BillVoid, Refund, Taken
from tests.ui.fees.till import CASHIER, TILL, bill_of
from tests.visits import COMPANY, done

PAID, OLD, ASKED, AWAY = (f"JK20261120-0000{serial}" for serial in (3, 4, 5, 6))
"""Paid today; paid on a day that is over; somebody asked to correct it; finance is asked to give it back."""
LETTER = "江市监授〔2026〕11号"
REFUSED = "中心没收交办"
CLASHING = "联系电话别的窗口也改了"


def put(office: Office, case: str) -> None:
    """All of it into the books of one desk."""
    _money(office)
    _letter(office)
    _refused(office)
    _clashing(office, case)


def _money(office: Office) -> None:
    now = office.parts.clock.now()
    paid, old, asked, away = (bill_of(office, int(no[-1])) for no in (PAID, OLD, ASKED, AWAY))
    today = Taken(means="scan", amount=paid.due, by=CASHIER, at=now, window=TILL)
    before = replace(today, at=now - timedelta(days=3))
    why = BillVoid(by=CASHIER, at=now, reason="金额选错")
    refund = Refund(amount=away.due, reason="没有办成", by=CASHIER, at=now, paper_no="TF-6")
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_bill(paid.moved(now, state="paid", taken=today))
        work.books.put_bill(old.moved(now, state="paid", taken=before))
        work.books.put_bill(asked.moved(now, state="paid", taken=today, asked_void=why))
        work.books.put_bill(away.moved(now, state="refund_asked", taken=before, refund=refund))


def _letter(office: Office) -> None:
    """It begins tomorrow: nobody acts under it today."""
    now = office.parts.clock.now()
    day = now.date() + timedelta(days=1)
    row = RecordedLetter(
        id=letter_id(LETTER), number=LETTER, department="SJJ", person="P104", deputy="", start=day, end=day + timedelta(days=90),
        items=(COMPANY,), powers=("decide",), scan="0" * 64, recorded_by="P110", recorded_at=now, confirmed_by="P102",
        confirmed_at=now,
    )  # fmt: skip
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_recorded_letter(row)


def _refused(office: Office) -> None:
    command = done(hand_over(office, "case:nobody", "群众又来问了，请去看看。")).command
    verdict = Verdict(id=command, state="refused", type="stale", sentence=f"{REFUSED}：值班长已经接了。件没有变化。")
    office.parts.vault.journal.settle([verdict], 0.0)


def _clashing(office: Office, case: str) -> None:
    """His phone was changed here and elsewhere."""
    journal = office.parts.vault.journal
    known = office.read(lambda books: books.case(case))
    assert isinstance(known, Case)
    before = applicant_fields(known)
    edit = diff(before, {"applicant": {**before["applicant"], "phone": "13900007710"}})
    births = [row.id for row in journal.rows(("pending",), 500) if case_subject(case) in row.subjects]
    fields = office.stamp().fields(office.parts.new_id)
    command = done(
        office.do(CorrectCase(**fields, case=case, patch=dict(edit.merge), touched=dict(edit.touched)))
    ).command
    there = msgspec.to_builtins(known)
    there["applicant"]["phone"] = "13800000933"
    journal.settle([Verdict(id=one, state="applied") for one in births], 0.0)
    rows = {case_subject(case): there}
    sentence = f"{CLASHING}，中心没有替您选。两个说法都留着，选一个再送。"
    journal.settle([Verdict(id=command, state="conflict", type="field-conflict", sentence=sentence, rows=rows)], 0.0)
