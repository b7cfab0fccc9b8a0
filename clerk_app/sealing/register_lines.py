"""用印登记簿 one line an entry: every use of every seal, what was begun without a result, and what happened to the seals themselves.

A view of the books and nothing else: what is not in them is empty, what is in them stands in exactly one line. People from
outside are masked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal

from clerk_app.sealing import register_words as words
from clerk_app.sealing.model import Certificate, SealEvent, SealIntent, SealUse, seal_event_words
from clerk_app.sealing.register_rows import BookRows, Names, entered, numbers_of

LineKind = Literal["intake", "paper", "electronic", "certificate", "intent", "custody"]
line_words: dict[LineKind, str] = {
    "electronic": "电子印章",
    "paper": "实体章",
    "intake": "收件章",
    "certificate": "证照",
    "intent": "没有结果的",
    "custody": "印章变动",
}
BEGUN, NOT_SEALED = "开始了没有结果", "没有盖成"


@dataclass(frozen=True, kw_only=True)
class RegisterLine:
    """用印登记一行 as it is shown and printed: all words; the first six are what it is found by."""

    id: str
    kind: LineKind
    at: datetime
    """When it was entered; the order of the book."""
    case: str
    doubtful: bool
    open: bool
    number: str = ""
    sort: str = ""
    seal: str = ""
    seal_name: str = ""
    seal_number: str = ""
    version: str = ""
    certificate: str = ""
    moment: str = ""
    entered: str = ""
    clock: str = ""
    arrived: str = ""
    item_name: str = ""
    item: str = ""
    case_no: str = ""
    applicant: str = ""
    title: str = ""
    document_no: str = ""
    copies: str = ""
    pages: str = ""
    digest_before: str = ""
    digest_after: str = ""
    user: str = ""
    keeper: str = ""
    approver: str = ""
    power: str = ""
    how: str = ""
    grant: str = ""
    window: str = ""
    device: str = ""
    page: str = ""
    seam: str = ""
    result: str = ""
    why: str = ""
    receiver: str = ""
    handed: str = ""
    voided: str = ""
    second: str = ""
    blank: str = ""
    spoiled: str = ""
    document: str = ""
    entry: str = ""

    @property
    def used(self) -> bool:
        """Whether a seal of the hall was put on a paper."""
        return bool(self.seal) and self.kind not in ("intent", "custody")


COLUMNS: tuple[tuple[str, str], ...] = (
    ("number", "序号"), ("sort", "种类"), ("seal", "印章编号"), ("seal_name", "印章"), ("seal_number", "第几枚"),
    ("version", "证书第几版"), ("certificate", "证书序列号"), ("moment", "时间"), ("entered", "补登时间"),
    ("clock", "时钟"), ("arrived", "到中心"), ("item_name", "事项"), ("item", "事项编码"), ("case_no", "办件编号"),
    ("applicant", "申请人"), ("title", "文书"), ("document_no", "文号"), ("copies", "份数"), ("pages", "页数"),
    ("digest_before", "用印前摘要（SHA-256）"), ("digest_after", "用印后摘要（SHA-256）"), ("user", "用印人"),
    ("keeper", "保管人"), ("approver", "批准人"), ("power", "凭什么批准"), ("how", "怎么批准、怎么盖"), ("grant", "授权编号"),
    ("window", "窗口"), ("device", "电脑"), ("page", "盖在第几页"), ("seam", "骑缝"), ("result", "结果"), ("why", "为什么"),
    ("receiver", "领取人"), ("handed", "送达"), ("voided", "作废"), ("second", "另一人"), ("blank", "空白证号"),
    ("spoiled", "作废的空白"), ("document", "文书编号"), ("entry", "登记编号"),
)  # fmt: skip
"""Every word of a line with its head, in the order of the printed book."""
if {name for name, _ in COLUMNS} != {one.name for one in fields(RegisterLine)[6:]}:
    raise RuntimeError("用印登记的栏目和行对不上")


def register_lines(rows: BookRows, names: Names) -> tuple[RegisterLine, ...]:
    """All lines of these rows in the order of their entry."""
    return tuple(sorted(_Scribe(rows, names).lines(), key=lambda line: (line.at, line.id)))


class _Scribe:
    """登记员 writes each entry once: an intent goes with the use it became, a certificate with its use."""

    def __init__(self, rows: BookRows, names: Names) -> None:
        self._rows, self._names = rows, names
        self._numbers = numbers_of(rows.marks)
        self._intents = {one.id: one for one in rows.intents}
        self._certificates = {one.id: one for one in rows.certificates}

    def lines(self) -> Iterator[RegisterLine]:
        used = {use.id for use in self._rows.uses}
        yield from map(self._use, self._rows.uses)
        yield from (self._intent(one) for one in self._rows.intents if one.id not in used)
        yield from (self._certificate(one) for one in self._rows.certificates if one.id not in used)
        yield from map(self._event, self._rows.events)

    def _of_entry(self, key: str, heard_at: datetime | None = None) -> dict[str, str]:
        untold = self._rows.untold.get(key)
        return {"number": self._numbers.get(key, ""), "arrived": words.arrival(untold, heard_at), "entry": key}

    def _of_case(self, key: str) -> dict[str, str]:
        case = self._rows.cases.get(key)
        if case is None:
            return {}
        return {
            "item": case.item,
            "item_name": case.item_name,
            "case_no": case.case_no or "未编号",
            "applicant": case.applicant.masked_name,
        }

    def _of_result(self, key: str) -> dict[str, str]:
        """To whom the case's result was handed over: with what it was sealed on, not with the papers on the way there."""
        case = self._rows.cases.get(key)
        handed = case.handed_over if case else None
        if handed is None:
            return {}
        return {"receiver": words.masked(handed.receiver), "handed": words.handed(handed, self._names.roster)}

    def _of_seal(self, key: str, name: str, certificate: str) -> dict[str, str]:
        seal = self._names.roster.seals.get(key)
        known = self._names.versions.get(key, ())
        return {
            "seal": key,
            "seal_name": seal.name if seal else name or key,
            "seal_number": seal.number if seal else "",
            "version": str(known.index(certificate) + 1) if certificate in known else "",
            "certificate": certificate,
        }

    def _use(self, use: SealUse) -> RegisterLine:
        intent, certificate = self._intents.get(use.id), self._certificates.get(use.id)
        case, roster = self._rows.cases.get(use.case), self._names.roster
        untold = self._rows.untold.get(use.id, "")
        kind = self._kind_of(use, certificate)
        voided = next((one for one in case.voided if one.seal_use == use.id), None) if case else None
        result, why = words.result_of(use, voided, untold)
        why = words.joined(why, words.CASE_AWAY if use.case and case is None else "")
        of_case = self._of_case(use.case)
        said = {
            **self._of_entry(use.id, use.heard_at),
            **of_case,
            **self._of_seal(use.seal, use.seal_name, use.certificate),
            "item": use.item or of_case.get("item", ""),
            "sort": line_words[kind],
            "moment": words.moment(use.at),
            "entered": words.moment(use.entered_at),
            "clock": words.clock(use.clock),
            "title": use.title,
            "document_no": use.document_no,
            "copies": str(use.copies),
            "pages": str(use.pages),
            "digest_before": use.digest_before,
            "digest_after": use.digest_after,
            **self._hands(use, intent, intake=kind == "intake"),
            "page": str(use.page) if use.page else "",
            "seam": "骑缝" if use.seam else "",
            "result": result,
            "why": why,
            "voided": words.voided(voided, roster),
            "document": use.document,
            **_blanks(certificate),
            **({} if result == words.VOID or (use.document and certificate is None) else self._of_result(use.case)),
        }
        doubtful = bool(use.flags) or untold in words.NOT_TAKEN or use.clock == "unknown"
        at = entered(use, intent)
        return RegisterLine(id=use.id, kind=kind, at=at, case=use.case, doubtful=doubtful, open=False, **said)

    def _hands(self, use: SealUse, intent: SealIntent | None, *, intake: bool) -> dict[str, str]:
        """Who did it by whose power, and where."""
        roster = self._names.roster
        return {
            "user": roster.name_of(use.user),
            "keeper": roster.name_of(use.keeper) if use.keeper else "",
            "approver": roster.name_for(use.approver, use.acting_for) if use.approver else "",
            "power": words.power(use.letter, self._names.letters),
            "how": words.joined(words.how(use, self._rows.grants.get(use.grant), intake=intake), words.begun(intent)),
            "grant": use.grant,
            "window": words.window(use.window),
            "device": use.device,
        }

    def _kind_of(self, use: SealUse, certificate: Certificate | None) -> LineKind:
        if certificate is not None:
            return "certificate"
        if use.electronic:
            return "electronic"
        seal = self._names.roster.seals.get(use.seal)
        return "intake" if seal is not None and seal.window else "paper"

    def _intent(self, intent: SealIntent) -> RegisterLine:
        roster, open_ = self._names.roster, intent.state == "open"
        grant = self._rows.grants.get(intent.grant)
        paper = grant.paper(intent.digest) if grant else None
        closed = f"{roster.name_of(intent.closed_by)} {words.moment(intent.closed_at)}" if intent.closed_by else ""
        said = {
            **self._of_entry(intent.id),
            **self._of_case(intent.case),
            **self._of_seal(intent.seal, "", ""),
            "sort": line_words["intent"],
            "moment": words.moment(intent.at),
            "title": intent.title,
            "document_no": intent.document_no,
            "copies": str(paper.copies) if paper else "",
            "pages": str(paper.pages) if paper else "",
            "digest_before": intent.digest,
            "user": roster.name_of(intent.by),
            "keeper": roster.name_of(grant.keeper) if grant else "",
            "approver": roster.name_for(grant.chief, grant.acting_for) if grant else "",
            "power": words.power(grant.letter, self._names.letters) if grant else "",
            "how": words.granted(grant),
            "grant": intent.grant,
            "window": words.window(intent.window),
            "device": intent.device,
            "result": BEGUN if open_ else NOT_SEALED if intent.state == "not_used" else "盖成了，登记的一笔还没到",
            "why": "看看出纸口和文书" if open_ else intent.note,
            "second": closed,
        }
        doubtful = intent.state != "not_used"
        return RegisterLine(
            id=intent.id, kind="intent", at=intent.at, case=intent.case, doubtful=doubtful, open=open_, **said
        )

    def _certificate(self, made: Certificate) -> RegisterLine:
        """The maker's own seal was on it: no seal of this hall was used."""
        said = {
            **self._of_entry(made.id),
            **self._of_case(made.case),
            "sort": line_words["certificate"],
            "moment": words.moment(made.at),
            "title": made.name,
            "document_no": made.certificate_no,
            "user": self._names.roster.name_for(made.by, made.acting_for),
            "window": words.window(made.window),
            "result": "记证照，有疑" if made.flags else "记证照",
            "why": "；".join(made.flags),
            **_blanks(made),
            **self._of_result(made.case),
        }
        flagged = bool(made.flags)
        return RegisterLine(
            id=made.id, kind="certificate", at=made.at, case=made.case, doubtful=flagged, open=False, **said
        )

    def _event(self, event: SealEvent) -> RegisterLine:
        roster, untold = self._names.roster, self._rows.untold.get(event.id, "")
        said = {
            **self._of_entry(event.id, event.heard_at),
            **self._of_seal(event.seal, "", event.certificate),
            "sort": line_words["custody"],
            "moment": words.moment(event.at),
            "clock": words.clock(event.clock),
            "user": roster.name_for(event.by, event.acting_for),
            "keeper": roster.name_of(event.keeper) if event.keeper else "",
            "window": words.window(event.window),
            "device": event.device,
            "result": seal_event_words[event.kind],
            "why": words.joined(event.reason, "；".join(event.flags)),
            "second": roster.name_of(event.second) if event.second else "",
        }
        doubtful = bool(event.flags) or untold in words.NOT_TAKEN
        return RegisterLine(id=event.id, kind="custody", at=event.at, case="", doubtful=doubtful, open=False, **said)


def _blanks(made: Certificate | None) -> dict[str, str]:
    if made is None:
        return {}
    spoiled = "；".join(f"{one.blank_no} {one.reason}".strip() for one in made.spoiled)
    return {"blank": made.blank_no, "spoiled": spoiled}
