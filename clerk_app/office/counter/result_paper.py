"""登记结果单 what the citizen takes along: the company, its code, what was approved, and how far each department is."""

from __future__ import annotations

import hashlib
from datetime import date

from clerk_app.command import Refusal
from clerk_app.office.counter.issued import print_out
from clerk_app.office.office import Beside, Office, Outcome
from clerk_app.office.registration.joint_desk import JointDesk, approved, joint_desk
from clerk_app.office.registration.printing import granted_facts
from clerk_app.office.registration.reference import company_form
from clerk_app.ports import Document
from clerk_app.registration.joint import route_words
from clerk_app.registration.papers.sheet import DASH, Cell, CellGrid, FormPaper, FormSheet, Part, RowTable, Words
from clerk_app.sealing.issuing import IssueDocument

NAME = "登记结果单"
_head = ("部门", "进度", "对方编号", "什么时候")


def print_result(office: Office, case_id: str) -> Outcome:
    """打结果单, kept with the case. Not for the screen's thread."""
    desk = joint_desk(office, case_id)
    if desk is None:
        return Refusal("form-missing", "这件没有登记表，没有打。核对是不是这件。")
    if office.parts.pages is None:
        return Refusal("no-pages", f"这台机器做不了 A4 文书，{NAME}没有做成。到装好的窗口打。")
    paper = result_paper(
        desk, granted_facts(office, case_id), office.parts.clock.now().date(), training=office.parts.settings.training
    )
    try:
        made = office.parts.pages.form(paper)
    except ValueError as error:
        return Refusal("page-not-made", str(error))
    digest = hashlib.sha256(made.pdf).hexdigest()
    command = IssueDocument(
        **office.stamp().fields(office.parts.new_id),
        document=office.parts.new_id(),
        case=case_id,
        paper=NAME,
        digest=digest,
        pages=made.pages,
        copies=1,
    )
    kept = Document(digest=digest, case=case_id, sealed=False, made_at=command.at, content=made.pdf)
    done = office.do(command, beside=Beside((kept,)))
    return done if isinstance(done, Refusal) else print_out(office, made.pdf, NAME, 1, done)


def result_paper(desk: JointDesk, facts: tuple[str, ...], today: date, *, training: bool) -> FormPaper:
    """As it stands on that day; a department that is not done yet says so."""
    lines = [(Cell(label="名称", text=desk.name or DASH),)]
    lines.append((Cell(label="统一社会信用代码", text=desk.code or "执照发下来以后才有"),))
    lines.append((Cell(label="登记类型", text=desk.kind or DASH),))
    granted: list[Part] = [Words(text="准予登记的事项", look="head"), *(Words(text=fact) for fact in facts)]
    rows = tuple(
        (
            one.row.department,
            route_words[one.row.state],
            one.row.reference or DASH,
            f"{one.row.at:%Y-%m-%d}" if one.row.state != "waiting" else DASH,
        )
        for one in desk.rows
    )
    parts: tuple[Part, ...] = (
        CellGrid(lines=tuple(lines)),
        *(granted if approved(desk.case) else ()),
        Words(text="各部门办理进度", look="head"),
        RowTable(head=_head, rows=rows, widths=(2, 2, 3, 2)),
        Words(text="一次填报，各部门各取所需，不用再跑。还没办结的，部门会按表上留的电话联系。", look="note"),
    )
    return FormPaper(
        title=f"多证合一{NAME}",
        version=company_form().version,
        case_no=desk.case.case_no or f"（未编号）查询码 {desk.case.query_code}",
        day=today,
        sheets=(FormSheet(parts=parts),),
        training=training,
    )
