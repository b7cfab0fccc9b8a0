"""文书码 at a desk: what the QR of a paper says is signed by this machine, and one that is scanned is checked without a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.office.line.greeting import known_machines
from clerk_app.office.office import Office
from clerk_app.sealing.paper import DecisionPaper, OfficialPaper
from clerk_app.sealing.paper_code import (
    PaperCode,
    ReadPaperCode,
    UnreadableCode,
    code_address,
    read_paper_code,
    vouched_by,
    write_paper_code,
)


@dataclass(frozen=True, kw_only=True)
class CodeFound:
    """码是真的 a machine of this hall wrote these fields; they are to be held against the paper.

    `ours`: it came alone or behind this hall's own address. Behind another a telephone is led elsewhere.
    `ended`: when its machine was put out of use, for one that was.
    """

    code: PaperCode
    ours: bool
    ended: datetime | None = None


def code_of(office: Office, case: Case, paper: DecisionPaper | OfficialPaper) -> str:
    """What its QR carries; the same values give the same code on this machine, and on no other.

    Empty where the machine has no signature of its own: an unsigned word is no word.
    """
    if office.parts.device_sign is None:
        return ""
    code = PaperCode(
        hall=office.hall.id,
        device=office.read(lambda books: books.device),
        case_no=case.case_no or case.query_code,
        document_no=paper.document_no,
        title=paper.title,
        department=paper.department,
        day=paper.day,
        to=_addressee(case, paper.addressee),
    )
    return code_address(office.hall.citizen_url, write_paper_code(code, office.parts.device_sign))


def check_code(office: Office, text: str) -> CodeFound | Refusal:
    """验码 genuine when a machine that may sign for this hall wrote it; nobody is asked, so it works with the line cut."""
    try:
        read = read_paper_code(text)
    except UnreadableCode as unreadable:
        return Refusal("paper-code-unreadable", str(unreadable))
    if read.code.hall != office.hall.id:
        return Refusal("paper-code-elsewhere", "这份文书的码是别的大厅的，这里验不了。到出文书的大厅去验。")
    return _checked(office, read, text)


def _checked(office: Office, read: ReadPaperCode, text: str) -> CodeFound | Refusal:
    machine = known_machines(office).get(read.code.device)
    if machine is None or machine.kiosk:
        return Refusal(
            "paper-code-unknown-machine",
            "没有验成：本机不认得写这个码的机器，可能是新机器，也可能是假码。线路通着再验一次；还不认得，留下这份文书，找值班长。",
        )
    if not vouched_by(read, machine.public_key, office.parts.locksmith.genuine):
        return Refusal("paper-code-not-genuine", "码是假的：签名不是本大厅机器的。留下这份文书，找值班长。")
    ended = machine.until and machine.until.astimezone(office.parts.clock.now().tzinfo)
    if ended is not None and read.code.day > ended.date():
        return Refusal(
            "paper-code-after-end",
            f"码不能认：写它的机器 {ended:%Y-%m-%d} 已停用，码上的日期在这以后。留下这份文书，找值班长。",
        )
    return CodeFound(code=read.code, ours=_ours(office, text), ended=ended)


def _ours(office: Office, text: str) -> bool:
    """By host alone: a path may have been moved since."""
    if "/" not in text:
        return True
    host = urlsplit(text.strip()).netloc.lower()
    return bool(host) and host == urlsplit(office.hall.citizen_url).netloc.lower()


def _addressee(case: Case, written: str) -> str:
    """An agency as it is written; an applicant masked as everywhere, because anyone may scan what lies on a desk."""
    return case.applicant.masked_name if written == case.applicant.name else written
