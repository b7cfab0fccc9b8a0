"""记证照编号 a result that was made elsewhere (营业执照): its number, its blank, the blanks spoiled on the way, and whose seal is on it.

This program draws no certificate; what was used and spoiled can be counted against the stock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Case
from clerk_app.cases.states import CaseState
from clerk_app.command import Refusal
from clerk_app.office.counter.case_act import ActKind, Answers, Ask, said
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import Books
from clerk_app.sealing.certificates import MOST_SPOILED, RecordCertificate
from clerk_app.sealing.custody import keepers, keeps, standing_of_seal
from clerk_app.sealing.model import SpoiledBlank

CERTIFICATE = "certificate"
AFTER: tuple[CaseState, ...] = ("granted", "sealed", "delivered")
_spoiled = re.compile(r"[；;\n]")


@dataclass(frozen=True, kw_only=True)
class MadeCertificate:
    """做好的证照 as it was typed; `seal` empty: the maker's own, which this hall does not keep; `keeper` empty: who keeps it now."""

    name: str
    certificate_no: str
    blank_no: str = ""
    spoiled: tuple[SpoiledBlank, ...] = ()
    seal: str = ""
    keeper: str = ""


def record_certificate(office: Office, case_id: str, made: MadeCertificate) -> Outcome:
    """记下 one certificate of a granted case; with a seal of the hall its line goes into the register too."""
    case = office.read(lambda books: books.case(case_id))
    item = office.hall.items.get(case.item) if case else None
    if case is None or item is None:
        return Refusal("unknown-case", "没有这件办件，没有记。核对编号，或到中心查一下。")
    if refusal := _not_now(case, item) or _gap(made) or office.read(lambda books: _used_before(books, case, made)):
        return refusal
    keeper = made.keeper or office.read(lambda books: _keeper(office, books, made.seal))
    command = RecordCertificate(
        **office.stamp().fields(office.parts.new_id),
        certificate=office.parts.new_id(),
        case=case.id,
        name=made.name.strip(),
        certificate_no=made.certificate_no.strip(),
        blank_no=made.blank_no.strip(),
        spoiled=made.spoiled,
        seal=made.seal,
        keeper=keeper if made.seal else "",
    )
    return office.do(command)


def _not_now(case: Case, item: Item) -> Refusal | None:
    if item.result_kind != CERTIFICATE:
        return Refusal("no-certificate", f"{item.name}的结果不是证照，没有记。核对是哪一件。")
    if case.decision is None or case.decision.outcome != "grant" or case.state not in AFTER:
        return Refusal("not-granted", "这件还没有准予，证照没有记。准予以后再记。")
    return None


def _gap(made: MadeCertificate) -> Refusal | None:
    if not made.name.strip():
        return Refusal("name-missing", "还没写是什么证照，没有记，填的都在。写上名称再记。")
    if not made.certificate_no.strip():
        return Refusal("certificate-no-missing", "还没写证照编号，没有记，填的都在。照证照上的写。")
    if len(made.spoiled) > MOST_SPOILED:
        return Refusal("too-many-spoiled", f"作废的空白证一次最多记 {MOST_SPOILED} 张，没有记。分几次记。")
    blanks = [made.blank_no.strip(), *(blank.blank_no for blank in made.spoiled)]
    if twice := next((one for one in blanks if one and blanks.count(one) > 1), ""):
        return Refusal("blank-twice", f"空白证 {twice} 写了两次，没有记，填的都在。一张只能用一次或作废一次。")
    return None


def _used_before(books: Books, case: Case, made: MadeCertificate) -> Refusal | None:
    """By what the books know of this case."""
    rows = books.certificates_of(case.id)
    if any(row.certificate_no == made.certificate_no.strip() for row in rows):
        return Refusal("certificate-recorded", f"{made.certificate_no.strip()} 已经记过，没有再记。")
    used = {row.blank_no for row in rows} | {blank.blank_no for row in rows for blank in row.spoiled}
    wanted = (made.blank_no.strip(), *(blank.blank_no for blank in made.spoiled))
    if again := next((one for one in wanted if one and one in used), ""):
        return Refusal("blank-used", f"空白证 {again} 记过用了或作废，没有记，填的都在。核对空白证号。")
    return None


def _keeper(office: Office, books: Books, seal: str) -> str:
    """Who has it in his hand now."""
    known = office.hall.roster.seals.get(seal)
    if known is None:
        return ""
    now = office.parts.clock.now()
    return next((one for one in keepers(known, standing_of_seal(known, books)) if keeps(one, known, now, books)), "")


def read_spoiled(text: str) -> tuple[SpoiledBlank, ...] | Refusal:
    """0012345 打偏；0012346 污损: each with why, a line or a semicolon between them."""
    blanks = []
    for part in _spoiled.split(text):
        words = part.split(maxsplit=1)
        if not words:
            continue
        if len(words) < 2:
            return Refusal(
                "spoiled-unreadable", f"空白证 {words[0]} 没写为什么作废，没有记，填的都在。写成“0012345 打偏”。"
            )
        blanks.append(SpoiledBlank(blank_no=words[0], reason=words[1].strip()))
    return tuple(blanks)


def _asks(office: Office, case: Case, item: Item) -> tuple[Ask, ...]:
    seals = [
        seal
        for seal in office.hall.roster.seals.values()
        if seal.department == case.department and not seal.window and seal.kind not in ("receipt", "intake", "fee")
    ]
    people = dict.fromkeys(one for seal in seals for one in (seal.custodian, seal.backup) if one)
    name = office.hall.roster.name_of
    return (
        Ask(key="name", label="什么证照", proposed=item.result),
        Ask(key="certificate_no", label="证照编号", hint="照证照上的写"),
        Ask(key="blank_no", label="空白证号", optional=True),
        Ask(key="spoiled", label="作废的空白证", kind="words", hint="一张一行：0012345 打偏", optional=True),
        Ask(
            key="seal",
            label="盖的什么章",
            kind="choice",
            choices=tuple((seal.id, seal.name) for seal in seals),
            hint="发证部门自己的章不用选",
            optional=True,
        ),
        Ask(
            key="keeper",
            label="谁盖的",
            kind="choice",
            choices=tuple((one, name(one)) for one in people),
            hint="不选就是现在的保管人",
            optional=True,
        ),
    )


def _record(office: Office, case: Case, answers: Answers) -> Outcome:
    spoiled = read_spoiled(answers.get("spoiled", ""))
    if isinstance(spoiled, Refusal):
        return spoiled
    made = MadeCertificate(
        name=said(answers, "name"),
        certificate_no=said(answers, "certificate_no"),
        blank_no=said(answers, "blank_no"),
        spoiled=spoiled,
        seal=said(answers, "seal"),
        keeper=said(answers, "keeper"),
    )
    return record_certificate(office, case.id, made)


def _offered(case: Case, item: Item) -> bool:
    return item.result_kind == CERTIFICATE and case.decision is not None and case.decision.outcome == "grant"


CERTIFICATE_ACTS: tuple[ActKind, ...] = (
    ActKind(
        key="certificate",
        word="记证照编号",
        sentence="证照在别处做好了：编号、空白证号、作废的空白证记在件里，盖章记进用印登记。",
        action="certificate",
        also=frozenset(AFTER),
        offered=_offered,
        asks=_asks,
        do=_record,
    ),
)
