"""文书的话 a paper filled from its template and its case; one that lacks what it must say is refused, and says what is missing."""

from __future__ import annotations

from clerk_app.command import Refusal
from clerk_app.sealing.documents import PaperKind, Said, agency_name, paper_book
from clerk_app.sealing.model import PaperClass
from clerk_app.sealing.paper import OfficialPaper
from clerk_app.sealing.wording_tables import table_of
from clerk_app.sealing.wording_values import Setting, Subject, Values, values_of

_seal_words: dict[PaperClass, str] = {"none": "", "procedure": "（盖收件专用章）", "decision": "（盖行政审批专用章）"}
_blank = "：　　　　　　　时间：　　　年　　月　　日　　时　　分"
_NO_REMEDY = "item-without-remedies"


def lacking(kind: PaperKind, subject: Subject, setting: Setting) -> tuple[str, ...]:
    """The fields this paper must state and cannot: while there is one, what it would say is not so."""
    values = values_of(subject, setting)
    return tuple(name for name in kind.required if name not in values)


def official_paper(
    kind: PaperKind, subject: Subject, setting: Setting, number: str, sort: PaperClass
) -> OfficialPaper | Refusal:
    """The paper's content, or one sentence about what is missing."""
    if refusal := missing_refusal(kind, subject, setting):
        return refusal
    case, values = subject.case, values_of(subject, setting)
    made = (table_of(name, subject, setting) for name in kind.tables)
    law = (f"依据：{kind.law}。",) if kind.law else ()
    return OfficialPaper(
        title=kind.title,
        document_no=number,
        addressee=_addressee(kind, values),
        paragraphs=_filled(kind.text, values),
        department=agency_name(setting.roster, case.department),
        day=setting.now.date(),
        case_no=case.case_no or f"（未编号）查询码 {case.query_code}",
        tables=tuple(table for table in made if table is not None),
        notes=(*law, *_filled(kind.notes, values)),
        signs=tuple(paper_book().signs[sign] + _blank for sign in kind.signs),
        seal=_seal_words[sort],
        # What bears a seal bears its own signed code, which only the machine that makes the page can write.
        query="" if sort != "none" else f"case:{case.query_code}",
        copies=kind.copies,
        training=setting.training,
    )


def missing_refusal(kind: PaperKind, subject: Subject, setting: Setting) -> Refusal | None:
    """Refusals carry remedies by name; everything else is said by the field that has no value yet."""
    gone = lacking(kind, subject, setting)
    if not gone:
        return None
    if gone == ("remedies",):
        return Refusal(
            _NO_REMEDY,
            f"“{subject.item.name}”的复议机关和法院还没有写进目录，{kind.name}没有做成，办件没有变化。找管理员补上再出。",
        )
    words = "、".join(dict.fromkeys(paper_book().fields.get(name, name) for name in gone))
    return Refusal("paper-not-yet", f"这件还没有{words}，{kind.name}没有做成，办件没有变化。先办那一步再出。")


def _addressee(kind: PaperKind, values: Values) -> str:
    name = {"applicant": "applicant", "department": "agency", "partners": "partners"}.get(kind.to, "")
    return values.get(name, "")


def _filled(texts: tuple[Said, ...], values: Values) -> tuple[str, ...]:
    return tuple(said.say.format_map(values) for said in texts if not said.when or said.when in values)
