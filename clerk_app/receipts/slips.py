"""票头与回执 what every slip says of the hall, and the words of the receipts, built from the rooms' values; layout and bytes are the printer's business."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clerk_app.cases.catalogue import Item
from clerk_app.cases.decision import HandedOver, receiver_words, signed_words
from clerk_app.cases.model import Case
from clerk_app.command import case_subject
from clerk_app.queueing.citizen_token import CASE, TICKET, case_token, ticket_token
from clerk_app.queueing.model import Ticket
from clerk_app.receipts.slip import Block, Pair, Qr, Rule, Slip, Text
from clerk_app.receipts.words import full_day, moment_words

ACCEPTED, HANDED_OVER = "受理回执", "取件凭证"


@dataclass(frozen=True)
class Letterhead:
    """票头 what every slip of a hall says of the hall."""

    hall: str
    address: str
    hotline: str
    training: bool
    citizen_url: str = ""

    def ticket_code(self, ticket: Ticket, code: str = "") -> Qr:
        """Where the citizen sees how the line goes; without such pages, the ticket's own name.

        `code` stands behind `#`, which a telephone keeps to itself: what a window reads with the line cut.
        """
        signed = f"#{code}" if code else ""
        if not self.citizen_url:
            return Qr(f"ticket:{ticket.id}{signed}")
        return Qr(f"{self.citizen_url}/{TICKET}/{ticket_token(ticket.id)}{signed}", "扫码看排队进度")

    def case_code(self, case: Case, caption: str) -> Qr:
        """Where the citizen sees how far his matter is; without such pages, its query code."""
        if not self.citizen_url:
            return Qr(f"case:{case.query_code}", f"凭查询码查{caption}")
        return Qr(self.case_address(case.id), f"扫码查{caption}")

    def case_address(self, case: str) -> str:
        """The page of a case by its id; empty without such pages."""
        return f"{self.citizen_url}/{CASE}/{case_token(case)}" if self.citizen_url else ""


def acceptance_slip(case: Case, item: Item, clerk: str, department: str, head: Letterhead, notice_no: str = "") -> Slip:
    """受理回执 what was accepted, when, and by which day it is decided; the sealed notice itself is an A4 page (行政许可法 32).

    Needs an accepted case (case number and due dates); raises ValueError otherwise: a receipt must not run ahead of the act.
    """
    if case.due is None or case.accepted_at is None:
        raise ValueError("受理回执要在受理之后才有")
    limit = "（暂定：放假安排还没发）" if case.due.provisional else ""
    blocks: list[Block] = [
        Text(head.hall, bold=True, align="center"),
        Text("受理回执", size=2, bold=True, align="center"),
        Rule(),
        Pair("办件编号", case.case_no, bold=True),
        Pair("查询码", case.query_code, bold=True),
        Pair("事项", item.name),
        Pair("申请人", case.applicant.masked_name),
        *_how_accepted(case, case.accepted_at),
        Pair("承诺办结", f"{full_day(case.due.promised)}前{limit}", bold=True),
        Pair("法定期限", f"{full_day(case.due.statutory)}{limit}"),
        Pair("计算说明", case.due.reason),
        Rule(),
        Text("收到的材料", bold=True),
        *(Text(f"{n}. {m.name}") for n, m in enumerate((m for m in case.materials if m.brought_at), start=1)),
        *_promised_papers(case),
        Rule(),
        *_notice(item, notice_no),
        Pair("受理窗口", f"{case.window}号窗口　{clerk}"),
        Pair("主管部门", department),
        head.case_code(case, "进度"),
        Text(f"{head.address}　咨询、投诉：{head.hotline}", align="center"),
        Text("领取结果带本回执和身份证件。", align="center"),
    ]
    return Slip("受理回执", case.case_no, tuple(blocks), training=head.training, subject=case_subject(case.id))


def _how_accepted(case: Case, accepted_at: datetime) -> list[Block]:
    """The day it counts from, where that is not the moment itself; and the second limit, where that is promised."""
    lines: list[Block] = [Pair("受理时间", moment_words(accepted_at))]
    if case.life.deemed is not None:
        lines = [Pair("视为受理", f"{full_day(case.life.deemed.on)}起，期限内没有答复", bold=True)]
    elif case.life.completed_on is not None:
        lines.append(Pair("起算", f"{full_day(case.life.completed_on)}补齐，从这天起算"))
    if case.life.second_limit:
        lines.append(Pair("第二时限", "收件时线路或系统不通，按第二时限办结", bold=True))
    return lines


def _notice(item: Item, number: str) -> list[Block]:
    """A case done in one sitting needs none; of any other the slip says which paper is the notice."""
    if not number and item.kind == "spot":
        return []
    return [Pair("受理通知书", number or "A4 纸，盖收件专用章，另给")]


def _promised_papers(case: Case) -> list[Block]:
    lines = [
        Text(f"容缺：{m.name}，承诺{full_day(m.tolerated_until)}前补来")
        for m in case.materials
        if m.tolerated_until is not None and m.brought_at is None
    ]
    return [Rule(), *lines] if lines else []


def handover_slip(case: Case, item: Item, clerk: str, head: Letterhead) -> Slip:
    """取件凭证 what was handed to whom and when; the proof of delivery itself is signed on paper.

    Needs a case that was handed over; raises ValueError otherwise.
    """
    handed = case.handed_over
    if handed is None or case.decision is None:
        raise ValueError("取件凭证要在交出之后才有")
    who = masked_person(handed.receiver)
    blocks: list[Block] = [
        Text(head.hall, bold=True, align="center"),
        Text(HANDED_OVER, size=2, bold=True, align="center"),
        Rule(),
        Pair("办件编号", case.case_no, bold=True),
        Pair("文号", case.decision.document_no, bold=True),
        Pair("事项", item.name),
        Pair("结果", item.decision_document or item.result),
        Pair("领件人", who if handed.as_who == "applicant" else f"{who}（{receiver_words[handed.as_who]}）"),
        Pair("核对证件", handed.proof),
        *_how_signed(handed),
        Pair("领取时间", moment_words(handed.at)),
        Pair("交出窗口", f"{handed.window}号窗口　{clerk}"),
        Rule(),
        head.case_code(case, "办理过程"),
        Text(f"咨询、投诉：{head.hotline}", align="center"),
    ]
    return Slip(HANDED_OVER, case.case_no, tuple(blocks), training=head.training, subject=case_subject(case.id))


def _how_signed(handed: HandedOver) -> list[Block]:
    """Only what is out of the common: an agent's letter, another way to sign than on the paper."""
    lines: list[Block] = [Pair("委托", handed.letter)] if handed.letter else []
    if handed.signed != "paper":
        seen = f"（见证：{masked_person(handed.witness)}）" if handed.witness else ""
        lines.append(Pair("签收", f"{signed_words[handed.signed]}{seen}"))
    return lines


def masked_person(name: str) -> str:
    """卢*珍: of whoever stood at the window; a long name is a person's too (阿*江)."""
    return name if len(name) < 2 else name[0] + "*" + (name[-1] if len(name) > 2 else "")
