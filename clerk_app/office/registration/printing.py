"""打印登记表 which papers of the one form a case can have, and their pages: everything on them is read from the stored draft.

These papers bear no number and no seal; printing one and keeping it with the case is `counter.form_papers`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from clerk_app.cases.model import Case
from clerk_app.command import Refusal, case_subject
from clerk_app.duty.authority import act_by, may
from clerk_app.office.office import Office
from clerk_app.office.registration.checking import check_form
from clerk_app.office.registration.names import names_at_hand
from clerk_app.office.registration.paper_files import form_paper_kinds, granted_lines
from clerk_app.office.registration.records import compared
from clerk_app.office.registration.reference import company_form
from clerk_app.ports import Books
from clerk_app.registration.extracts import DEPARTMENTS, routed
from clerk_app.registration.model import FormDraft, submitted
from clerk_app.registration.papers.changes import change_rows
from clerk_app.registration.papers.department import of_department
from clerk_app.registration.papers.filling import Around, fill, fits
from clerk_app.registration.papers.gaps import finding_rows
from clerk_app.registration.papers.pattern import FormPaperKind, places_of
from clerk_app.registration.papers.sheet import Cell, CellGrid, FormPaper, MadeForm
from clerk_app.registration.shown import Reader

NO_FORM = "登记表还没填"
NO_RECORD = "没有登记档案可以对照，或者档案后来又变过"
_DEPARTMENT = "department-"
_CODE = "company.uscc"


@dataclass(frozen=True, kw_only=True)
class FormPaperLine:
    """可打的一张 its key, its name, and why it cannot be printed now (empty: it can)."""

    key: str
    name: str
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class _Ground:
    """What a paper is made of: the case and its draft."""

    case: Case
    draft: FormDraft


def form_papers(office: Office, case: str) -> tuple[FormPaperLine, ...]:
    """登记表能打的 every paper in the order of the menu; those of other kinds of application are left out."""
    ground = office.read(lambda books: _ground(books, case))
    if isinstance(ground, Refusal):
        return tuple(FormPaperLine(key=kind.key, name=kind.name, why_not=NO_FORM) for kind in form_paper_kinds())
    fitting = (kind for kind in form_paper_kinds() if fits(kind, ground.draft.document))
    return tuple(FormPaperLine(key=one.key, name=one.name, why_not=_why_not(one, ground)) for one in fitting)


def make_paper(office: Office, case: str, key: str) -> bytes | Refusal:
    """看一眼 the PDF as it would be printed; nothing is recorded. Not for the screen's thread."""
    made = made_paper(office, case, key)
    return made if isinstance(made, Refusal) else made.pdf


def made_paper(office: Office, case: str, key: str) -> MadeForm | Refusal:
    """做一张 the finished pages, for who may handle the case."""
    kind = kind_of(key)
    if kind is None:
        return Refusal("unknown-paper", "没有这种登记表文书，没有做。从打印菜单里挑一张。")
    if office.session is None or office.parts.pages is None:
        return Refusal("no-pages", f"还没登录，或者这台机器做不了 A4 文书，{kind.name}没有做成。登录后到装好的窗口打。")
    ground = office.read(lambda books: _allowed(office, books, case, kind))
    if isinstance(ground, Refusal):
        return ground
    around = _around(office, kind, ground)
    if any(around.tables.get(name) == () for name in kind.needs):
        return Refusal("paper-not-yet", f"{kind.why_not.rstrip('。')}，{kind.name}没有做。")
    paper = _with_code(kind, fill(kind, company_form(), _document(kind, ground), around), around.code)
    try:
        return office.parts.pages.form(paper)
    except ValueError as error:
        return Refusal("page-not-made", str(error))


def kind_of(key: str) -> FormPaperKind | None:
    """One kind by its key."""
    return next((kind for kind in form_paper_kinds() if kind.key == key), None)


def granted_facts(office: Office, case: str) -> tuple[str, ...]:
    """准予登记的事项 what the decision names, from the form as it stands; none for a case without one."""
    draft = office.read(lambda books: books.form(case))
    if draft is None:
        return ()
    reader = Reader(company_form(), submitted(company_form(), draft.document))
    facts = (_fact(reader, line) for line in granted_lines())
    return tuple(fact for fact in facts if fact)


def _fact(reader: Reader, line: str) -> str:
    """Nothing where a value is missing: a decision has no lines to write on."""
    values = {place: reader.text(place, style=style) for place, style in places_of(line)}
    if not all(values.values()):
        return ""
    for place, style in places_of(line):
        line = line.replace("{" + place + (f":{style}" if style else "") + "}", reader.text(place, style=style))
    return line


def _allowed(office: Office, books: Books, case: str, kind: FormPaperKind) -> _Ground | Refusal:
    if books.holder(case_subject(case)) not in (None, books.device):
        return Refusal("held-elsewhere", f"这件在别的窗口手上，{kind.name}没有做。到那个窗口打，或等它交出来。")
    act = act_by(office.stamp(), "receive", case_subject(case))
    if isinstance(said := may(act, books), Refusal):
        return said
    ground = _ground(books, case)
    if isinstance(ground, Refusal):
        return ground
    reason = _why_not(kind, ground) if fits(kind, ground.draft.document) else kind.why_not
    return Refusal("paper-not-yet", f"{reason.rstrip('。')}，{kind.name}没有做。") if reason else ground


def _ground(books: Books, key: str) -> _Ground | Refusal:
    case, draft = books.case(key), books.form(key)
    if case is None or draft is None:
        return Refusal("form-missing", f"{NO_FORM}，没有可打的。先填登记表。")
    return _Ground(case=case, draft=draft)


def _why_not(kind: FormPaperKind, ground: _Ground) -> str:
    return NO_RECORD if "changes" in kind.needs and ground.draft.base is None else ""


def _with_code(kind: FormPaperKind, paper: FormPaper, code: str) -> FormPaper:
    """Once there is a unified code, the sheet of a department that has no field for it begins with it, as its data hold it."""
    department = kind.key.removeprefix(_DEPARTMENT)
    own = {one.id for one in routed(company_form(), department)}
    if not code or department not in DEPARTMENTS or _CODE in own:
        return paper
    first, *rest = paper.sheets
    line = CellGrid(lines=((Cell(label="统一社会信用代码", text=code),),))
    return replace(paper, sheets=(replace(first, parts=(line, *first.parts)), *rest))


def _document(kind: FormPaperKind, ground: _Ground) -> dict[str, Any]:
    department = kind.key.removeprefix(_DEPARTMENT)
    document = ground.draft.document
    return of_department(company_form(), document, department) if department in DEPARTMENTS else document


def _around(office: Office, kind: FormPaperKind, ground: _Ground) -> Around:
    tables, private = {}, {}
    if ground.draft.base is not None:
        found = compared(ground.draft, ground.draft.document)
        tables["changes"] = change_rows(found, private=False)
        private["changes"] = change_rows(found, private=True)
    if "findings" in kind.needs:
        tables["findings"] = _findings(office, ground)
    return Around(
        case_no=ground.case.case_no or f"（未编号）查询码 {ground.case.query_code}",
        day=office.parts.clock.now().date(),
        code=ground.draft.filed,
        training=office.parts.settings.training,
        tables=tables,
        private=private,
    )


def _findings(office: Office, ground: _Ground) -> tuple[tuple[str, ...], ...]:
    form, document = company_form(), ground.draft.document
    names = names_at_hand(office, document)
    found = check_form(
        document,
        ground.case.received_at.date(),
        names.names if names else None,
        record=ground.draft.base,
        region=office.hall.region,
    )
    return finding_rows(found, form, document)
