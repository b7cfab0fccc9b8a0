"""邮寄 a result goes out as a letter, is signed for at the door, or comes back; only then is it handed over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from clerk_app.cases import model
from clerk_app.cases.decision import HandedOver
from clerk_app.cases.letting_go import let_go
from clerk_app.cases.model import Case
from clerk_app.cases.usecases import unknown_case
from clerk_app.cases.voiding import waiting_void
from clerk_app.command import Refusal, UseCase
from clerk_app.receipts.handing.books import HandingBooks
from clerk_app.receipts.handing.choosing import HandingCommand
from clerk_app.receipts.handing.model import Posting, Result
from clerk_app.receipts.handing.taking_in import not_handing_window, old_paper, paper_refusal, place_refusal

_waybill = re.compile(r"[0-9A-Za-z]{8,24}")


@dataclass(frozen=True, kw_only=True)
class PostResult(HandingCommand):
    """交寄 under a waybill, to the address that was chosen."""

    kind: ClassVar[str] = "post_result"
    waybill: str


@dataclass(frozen=True, kw_only=True)
class RecordPostReceipt(HandingCommand):
    """记签收 who signed for the letter, and on which day: the day of delivery."""

    kind: ClassVar[str] = "record_post_receipt"
    receiver: str
    signed_on: date


@dataclass(frozen=True, kw_only=True)
class RecordPostReturn(HandingCommand):
    """记退回 the letter came back, and why; the paper lies on a shelf again."""

    kind: ClassVar[str] = "record_post_return"
    reason: str
    returned_on: date
    shelf: str


def post_result(command: PostResult, books: HandingBooks) -> Refusal | None:
    """From the shelf, to whom the applicant said, each letter under a waybill of its own."""
    case, result = books.case(command.case), books.result(command.case)
    if case is None:
        return unknown_case()
    if result is None or result.state != "shelved":
        return Refusal("not-on-shelf", f"{case.case_no} 不在架上，没有交寄。先收进架。")
    refusal = not_handing_window(command.window, books) or paper_refusal(case, result.document_no)
    refusal = refusal or _lies_here(case, result, command.window) or _not_to_post(command, result, books)
    if refusal is not None or result.delivery is None:
        return refusal
    delivery, waybill = result.delivery, command.waybill.strip().upper()
    posting = Posting(
        waybill=waybill,
        carrier=books.handing_rules.carrier,
        name=delivery.name,
        phone=delivery.phone,
        address=delivery.address,
        by=command.actor,
        at=command.at,
        window=command.window,
    )
    books.put_result(result.moved(command.at, state="posted", waybill=waybill, posting=posting, since=None))
    return None


def _lies_here(case: Case, result: Result, window: int) -> Refusal | None:
    if result.window != window:
        return Refusal("post-elsewhere", f"这件在{result.window}号窗口的架上（{result.shelf}），没有交寄。到那里寄。")
    if old_paper(case, result):
        return Refusal("other-paper", "架上的是旧章的纸，没有交寄。退回窗口，换新的来。")
    return None


def _not_to_post(command: PostResult, result: Result, books: HandingBooks) -> Refusal | None:
    waybill = command.waybill.strip().upper()
    if not result.by_post:
        return Refusal("post-not-chosen", f"{result.case_no} 没选邮寄，没有交寄。先问申请人，把领取方式改成邮寄。")
    if not _waybill.fullmatch(waybill):
        return Refusal("waybill-wrong", "运单号是 8 到 24 位字母数字，没有交寄。扫运单上的条码。")
    other = books.result_by_waybill(waybill)
    if other is not None:
        return Refusal("waybill-used", f"运单 {waybill} 已经记在 {other.case_no} 上，没有交寄。扫这一件的运单。")
    return None


def record_post_receipt(command: RecordPostReceipt, books: HandingBooks) -> Refusal | None:
    """The result is handed over by it; the proof is the waybill."""
    found = _under_way(command, books)
    if isinstance(found, Refusal):
        return found
    case, result, posting = found
    refusal = _not_this_letter(case, result) or _day_refusal(command.signed_on, posting, command.at.date(), "签收")
    if refusal is not None:
        return refusal
    handed = HandedOver(
        receiver=command.receiver.strip() or posting.name,
        proof=f"{posting.carrier} {posting.waybill}",
        by=command.actor,
        at=command.at,
        window=command.window,
        acting_for=command.acting_for or "",
        as_who="post",
        on=command.signed_on,
    )
    delivered = model.hand_over(case, handed)
    if isinstance(delivered, Refusal):
        return delivered
    books.put_case(delivered)
    books.put_result(result.moved(command.at, state="out"))
    let_go(command, books)
    return None


def _not_this_letter(case: Case, result: Result) -> Refusal | None:
    """A letter with a paper that does not stand hands nothing over."""
    if waiting_void(case) is not None:
        return Refusal("void-waiting", "有人请作废这次用印，还没定，没有记签收。等第二人来定，再记。")
    if case.state == "sealed" and old_paper(case, result):
        return Refusal("other-paper", f"寄出的是旧文号 {result.document_no} 的纸，没有记签收。追回来，换新的给人。")
    return None


def record_post_return(command: RecordPostReturn, books: HandingBooks) -> Refusal | None:
    """It waits on the shelf as any other, and may be fetched or posted once more."""
    found = _under_way(command, books)
    if isinstance(found, Refusal):
        return found
    _, result, posting = found
    refusal = _day_refusal(command.returned_on, posting, command.at.date(), "退回")
    if refusal is None and not command.reason.strip():
        refusal = Refusal("reason-missing", "还没写为什么退回，没有记。照邮件上的签条写。")
    refusal = refusal or not_handing_window(command.window, books)
    refusal = refusal or place_refusal(command.case, command.window, command.shelf, books)
    if refusal is not None:
        return refusal
    returned = replace(
        posting, returned_on=command.returned_on, returned_why=command.reason.strip(), returned_at=command.at
    )
    books.put_result(
        result.moved(
            command.at,
            state="shelved",
            shelf=command.shelf.strip(),
            window=command.window,
            since=command.at,
            posting=None,
            posted_before=(*result.posted_before, returned),
        )
    )
    return None


def _under_way(command: HandingCommand, books: HandingBooks) -> tuple[Case, Result, Posting] | Refusal:
    case, result = books.case(command.case), books.result(command.case)
    if case is None:
        return unknown_case()
    if result is None or result.state != "posted" or result.posting is None:
        return Refusal("not-posted", f"{case.case_no} 没有寄出，没有记。刷新一下再看。")
    return case, result, result.posting


def _day_refusal(day: date, posting: Posting, today: date, what: str) -> Refusal | None:
    if posting.at.date() <= day <= today:
        return None
    return Refusal("day-wrong", f"{what}的日期要在交寄以后、今天以前，没有记。照邮件查询的写。")


posting_use_cases = (
    UseCase(PostResult, post_result, "deliver"),
    UseCase(RecordPostReceipt, record_post_receipt, "deliver"),
    UseCase(RecordPostReturn, record_post_return, "deliver"),
)
