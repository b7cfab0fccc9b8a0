"""文书里的表 materials, gaps, opinions, the course of a case, and what lies in its file, as rows of words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from clerk_app.cases.catalogue import form_words
from clerk_app.cases.life import procedure_words
from clerk_app.cases.model import brought_words
from clerk_app.sealing.paper import PaperTable
from clerk_app.sealing.wording_values import Setting, Subject, day_text

_answers = {"agree": "同意", "disagree": "不同意", "": "还没答复"}
Row = tuple[str, ...]


def table_of(name: str, subject: Subject, setting: Setting) -> PaperTable | None:
    """None when there is nothing to list."""
    return _tables[name](subject, setting)


def _table(head: Row, rows: Sequence[Row], widths: tuple[int, ...]) -> PaperTable | None:
    numbered = tuple((str(n), *row) for n, row in enumerate(rows, start=1))
    return PaperTable(head=("序号", *head), rows=numbered, widths=(8, *widths)) if rows else None


def _materials(subject: Subject, setting: Setting) -> PaperTable | None:
    listed = {m.name: m for m in subject.item.materials}
    rows = [
        (
            m.name,
            brought_words[m.brought_as] or form_words.get(listed[m.name].form if m.name in listed else "", ""),
            str(listed[m.name].copies) if m.name in listed else "1",
            day_text(m.brought_at.date()),
        )
        for m in subject.case.materials
        if m.brought_at is not None
    ]
    return _table(("材料名称", "形式", "份数", "收到日期"), rows, (44, 18, 10, 22))


def _gaps(subject: Subject, setting: Setting) -> PaperTable | None:
    life = subject.case.life
    gaps = life.ending.gaps if life.ending and life.ending.gaps else life.notices[-1].gaps if life.notices else ()
    return _table(
        ("缺的材料或者要改的地方", "要什么"), [(g.what, g.wanted or "按材料清单提交") for g in gaps], (38, 56)
    )


def _promised(subject: Subject, setting: Setting) -> PaperTable | None:
    rows = [(m.name, day_text(m.tolerated_until)) for m in subject.case.materials if m.tolerated_until]
    return _table(("暂缺的材料", "承诺补来的日期"), rows, (60, 34))


def _opinions(subject: Subject, setting: Setting) -> PaperTable | None:
    rows = [(o.words, setting.roster.name_for(o.by, o.acting_for), _moment(o.at)) for o in subject.case.life.opinions]
    return _table(("审查意见", "审查人", "时间"), rows, (52, 20, 22))


def _partners(subject: Subject, setting: Setting) -> PaperTable | None:
    known = setting.roster.departments
    rows = [
        (known[p.department].name if p.department in known else p.department, day_text(p.due), _answers[p.outcome])
        for p in subject.case.life.partners
    ]
    return _table(("协办部门", "答复期限", "答复"), rows, (46, 26, 22))


def _contents(subject: Subject, setting: Setting) -> PaperTable | None:
    kept = subject.case.life.archived
    return _table(("卷内文件", "备注"), [(name, "") for name in kept.contents] if kept else [], (64, 30))


def _steps(subject: Subject, setting: Setting) -> PaperTable | None:
    """What happened, in the order it did."""
    course = sorted(_course(subject, setting), key=lambda row: row[0])
    return _table(("时间", "环节", "经手人"), [(_moment(at), what, who) for at, what, who in course], (24, 50, 20))


def _course(subject: Subject, setting: Setting) -> list[tuple[datetime, str, str]]:
    case, life, name = subject.case, subject.case.life, setting.roster.name_of
    rows = [(case.received_at, "收件", setting.roster.name_for(case.handler, case.acting_for))]
    rows += [(n.at, f"一次性告知补正 {len(n.gaps)} 项", name(n.by)) for n in life.notices]
    rows += [(f.at, f"当场更正：{f.what}", f.initials) for f in life.fixes]
    if case.accepted_at:
        rows.append((case.accepted_at, "视为受理" if life.deemed else "受理", name(case.handler)))
    for one in life.procedures:
        if one.confirmed_at:
            rows.append((one.confirmed_at, f"特别程序：{procedure_words[one.procedure]}", name(one.confirmed_by)))
    if life.extension and life.extension.recorded_at:
        rows.append((life.extension.recorded_at, f"延期 {life.extension.days} 天", life.extension.approver))
    return rows + _decided(subject, setting)


def _decided(subject: Subject, setting: Setting) -> list[tuple[datetime, str, str]]:
    case, life, roster = subject.case, subject.case.life, setting.roster
    rows = [(o.at, "审查意见", roster.name_for(o.by, o.acting_for)) for o in life.opinions]
    rows += [(b.at, f"退回经办：{b.reason}", roster.name_of(b.by)) for b in life.sent_back]
    if case.proposal:
        rows.append((case.proposal.at, "提审查意见", roster.name_for(case.proposal.by, case.proposal.acting_for)))
    if case.sent_out:
        rows.append((case.sent_out.at, f"送审：{case.sent_out.taker}", roster.name_of(case.sent_out.by)))
    if life.department:
        rows.append(
            (life.department.recorded_at, f"部门决定 {life.department.document_no}", life.department.decided_by)
        )
    if case.decision:
        rows.append(
            (
                case.decision.at,
                f"授权 {case.decision.document_no}",
                roster.name_for(case.decision.by, case.decision.acting_for),
            )
        )
    rows += [(v.agreed_at, f"作废用印 {v.document_no}", roster.name_of(v.asked_by)) for v in life.voided if v.agreed_at]
    if case.sealed_at:
        rows.append((case.sealed_at, "用印，办理时限停止", roster.name_of(case.decision.by) if case.decision else ""))
    return rows + _ended(subject, setting)


def _ended(subject: Subject, setting: Setting) -> list[tuple[datetime, str, str]]:
    case, life, roster = subject.case, subject.case.life, setting.roster
    rows = []
    if case.handed_over:
        rows.append((case.handed_over.at, "送达", roster.name_for(case.handed_over.by, case.handed_over.acting_for)))
    if life.ending:
        rows.append((life.ending.at, f"了结：{life.ending.reason}", roster.name_of(life.ending.by)))
    if life.archived:
        rows.append((life.archived.at, "归档", roster.name_of(life.archived.by)))
    return rows


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


_tables: Mapping[str, Callable[[Subject, Setting], PaperTable | None]] = {
    "materials": _materials, "gaps": _gaps, "steps": _steps, "opinions": _opinions, "partners": _partners,
    "contents": _contents, "promised": _promised,
}  # fmt: skip
TABLES = frozenset(_tables)
