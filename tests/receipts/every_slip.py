"""Every slip there is: how one is made that bears its case's or ticket's code, and of each other one why it bears none."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module

from clerk_app import receipts
from clerk_app.cases.decision import Decision, HandedOver
from clerk_app.cases.life import Gap, Life, OneTimeNotice
from clerk_app.cases.model import Case
from clerk_app.cases.sharing.model import ShareConsent
from clerk_app.queueing.citizen_token import case_token, ticket_token
from clerk_app.queueing.model import Ticket
from clerk_app.receipts.fees.model import Bill, BillLine, BillVoid, Taken
from clerk_app.receipts.fees.slips import payment_notice, payment_receipt, void_receipt
from clerk_app.receipts.intake_slips import notice_slip, received_slip
from clerk_app.receipts.share_slip import HeldLine, share_slip
from clerk_app.receipts.slip import Slip
from clerk_app.receipts.slips import Letterhead, acceptance_slip, handover_slip
from clerk_app.receipts.ticket_slips import TicketWords, next_day_slip, ticket_slip
from tests.queueing.test_ticket import WAITING
from tests.receipts.test_slips import ACCEPTED, AT, ITEM

Make = Callable[[Letterhead, str], Slip]
NOT_CITIZENS = "stays in the hall, or goes to another office: the citizen never holds it"
WITHOUT = {
    "advice_slip": "nothing was taken in: there is no case to follow, and it says so",
    "external_slip": "another system carries it: its own number is asked there",
    "address_slip": "stands outside on a letter, where everybody on its way could read it",
    "transfer_slip": NOT_CITIZENS, "post_list_slip": NOT_CITIZENS, "day_sheet": NOT_CITIZENS, "handed_slip": NOT_CITIZENS,
    "waiting_list_slip": NOT_CITIZENS, "send_out_slip": NOT_CITIZENS, "copy_notice_slip": NOT_CITIZENS,
}  # fmt: skip
AS_IT_IS = {"slip_from", "once_more", "by_backup", "sized_for_reader"}
"""These give a slip again: its code with it."""


def makers() -> Iterator[str]:
    """The names of all functions of the room that give a slip."""
    for found in pkgutil.walk_packages(receipts.__path__, f"{receipts.__name__}."):
        module = import_module(found.name)
        for name, made in inspect.getmembers(module, inspect.isfunction):
            if (
                made.__module__ == found.name
                and not name.startswith("_")
                and made.__annotations__.get("return") == "Slip"
            ):
                yield name


def _case(key: str) -> Case:
    decision = Decision(
        outcome="grant", opinion="可", by="P201", at=AT, letter="x", document_no="x", serial=1, digest="0" * 64, pages=1
    )
    handed = HandedOver(receiver="卢桂珍", proof="身份证", by="P203", at=AT, window=2)
    notice = OneTimeNotice(gaps=(Gap(what="章程"),), bring_by=None, by="P203", at=AT, window=2)
    return replace(ACCEPTED, id=key, decision=decision, handed_over=handed, life=Life(notices=(notice,)))


def _ticket(key: str) -> Ticket:
    return replace(WAITING, id=key)


def a_bill(key: str) -> Bill:
    line = BillLine(
        matter=f"case:{key}", matter_no="JZ20261120-00001", item="i", charge="", name="工本费", unit="GAJ", code="1",
        basis="b", price=2000, count=1,
    )  # fmt: skip
    return Bill(
        id="b", no="JK20261120-00017", payer="卢*珍", lines=(line,), state="open", set_by="P203", set_at=AT, window=2,
        hall_version="v", matters=(f"case:{key}",), moved_at=AT, taken=Taken(means="scan", amount=2000, by="P111", at=AT, window=11),
        void=BillVoid(by="P111", at=AT, reason="重复", agreed_by="P102"),
    )  # fmt: skip


ASKED = ShareConsent(
    id="c", case="k", materials=("营业执照",), purpose="办理食品经营许可", state="asked", asked_by="P203",
    asked_at=AT, window=2,
)  # fmt: skip
HELD = (
    HeldLine(material="消防安全检查合格意见", taken_on=AT.date(), source_no="JZ20260302-00007"),
    HeldLine(material="营业执照", taken_on=AT.date(), source_no="JZ20260302-00007", issued="江市监许〔2026〕7号"),
)
WORDS = TicketWords(business="企业开办与登记", ahead=3)
MONDAY = date(2026, 11, 23)
OF_CASES: dict[str, Make] = {
    "received_slip": lambda head, key: received_slip(_case(key), "许可心", None, head),
    "notice_slip": lambda head, key: notice_slip(_case(key), ITEM, "许可心", head),
    "acceptance_slip": lambda head, key: acceptance_slip(_case(key), ITEM, "许可心", "市场监督管理局", head),
    "handover_slip": lambda head, key: handover_slip(_case(key), ITEM, "许可心", head),
    "payment_notice": lambda head, key: payment_notice(a_bill(key), str, head, "11号窗口"),
    "payment_receipt": lambda head, key: payment_receipt(a_bill(key), str, "翁玉兰", head),
    "share_slip": lambda head, key: share_slip(_case(key), ASKED, HELD, 1, "许可心", head),
    "void_receipt": lambda head, key: void_receipt(a_bill(key), str, str, head),
}
OF_TICKETS: dict[str, Make] = {
    "ticket_slip": lambda head, key: ticket_slip(_ticket(key), WORDS, head),
    "next_day_slip": lambda head, key: next_day_slip(_ticket(key), WORDS, MONDAY, head),
}
WITH: dict[str, Make] = OF_CASES | OF_TICKETS


def address(name: str, url: str, key: str) -> str:
    """Where the code of this slip has to lead."""
    return f"{url}/c/{case_token(key)}" if name in OF_CASES else f"{url}/t/{ticket_token(key)}"
