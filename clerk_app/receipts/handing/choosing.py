"""选领取方式 asked at acceptance and changed until the paper is out: fetched at the hall, or by post to an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from clerk_app.cases.states import ENDED
from clerk_app.cases.usecases import CaseCommand, unknown_case
from clerk_app.command import Refusal, UseCase, case_subject
from clerk_app.receipts.handing.books import HandingBooks
from clerk_app.receipts.handing.model import Delivery, How, Result, result_subject
from clerk_app.receipts.handing.rules import HandingRules

SHORTEST_ADDRESS, LONGEST = 6, 120
_phone = re.compile(r"\+?[0-9][0-9 \-]{5,18}[0-9]")
_CLOSED = ENDED | {"delivered"}


@dataclass(frozen=True, kw_only=True)
class HandingCommand(CaseCommand):
    """出件命令 an act on a case's paper: the case's hold is needed, its row is read."""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The case, and where its paper is."""
        return (case_subject(self.case), result_subject(self.case))


@dataclass(frozen=True, kw_only=True)
class ChooseDelivery(HandingCommand):
    """选领取方式 `name`, `phone` and `address` are of whom a letter is for."""

    kind: ClassVar[str] = "choose_delivery"
    how: How
    name: str = ""
    phone: str = ""
    address: str = ""


def choose_delivery(command: ChooseDelivery, books: HandingBooks) -> Refusal | None:
    """Refused: a hall without post, a letter without an address, a paper that is on its way already."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    known = books.result(case.id)
    if case.state in _CLOSED or (known is not None and known.state == "posted"):
        return Refusal("too-late-to-choose", "结果已经寄出或领走，领取方式没有改。")
    delivery = Delivery(
        how=command.how,
        by=command.actor,
        at=command.at,
        name=command.name.strip(),
        phone=command.phone.strip(),
        address=command.address.strip(),
    )
    if refusal := cannot_deliver(delivery, books.handing_rules):
        return refusal
    row = known or Result(
        id=case.id,
        case_no=case.case_no,
        document_no="",
        state="expected",
        window=0,
        shelf="",
        moved_at=command.at,
    )
    books.put_result(row.moved(command.at, case_no=case.case_no, delivery=delivery))
    return None


def cannot_deliver(wish: Delivery, rules: HandingRules) -> Refusal | None:
    """Why a letter cannot be sent so; the page asks before anything is done."""
    if wish.how != "post":
        return None
    if not rules.carrier:
        return Refusal("no-post-here", "本大厅没有开邮寄，领取方式没有改。请申请人自己来领，或委托人来领。")
    if not wish.name:
        return Refusal("name-missing", "还没写邮件寄给谁，领取方式没有改。写上收件人。")
    if not _phone.fullmatch(wish.phone):
        return Refusal("phone-wrong", "收件人的电话写得不对，领取方式没有改。写手机号或带区号的电话。")
    if not SHORTEST_ADDRESS <= len(wish.address) <= LONGEST:
        return Refusal("address-wrong", "地址要写到门牌，领取方式没有改。写全省、市、区、街道、门牌。")
    return None


choosing_use_cases = (UseCase(ChooseDelivery, choose_delivery, "deliver"),)
