"""挂失报告 the written report of a lost seal: what, who says so and when, its last use, what waits, what nothing earlier vouches for."""

from __future__ import annotations

from clerk_app.duty.model import Roster, Seal
from clerk_app.sealing.model import SealStanding, SealUse
from clerk_app.sealing.paper import OfficialPaper, PaperTable
from clerk_app.sealing.stopping import CaseHeldUp, Fall
from clerk_app.sealing.wording_values import moment_text

TITLE = "印章挂失报告"
MOST_ROWS = 200
_kinds = {"loss": "挂失", "stop": "停用", "destroy": "销毁"}


def loss_report(seal: Seal, standing: SealStanding, fall: Fall, roster: Roster, *, training: bool) -> OfficialPaper:
    """To the department's office, to be signed by who reports and who kept the seal."""
    event = fall.event
    department = roster.departments.get(seal.department)
    keeper = roster.name_of(event.keeper or seal.custodian)
    return OfficialPaper(
        title=TITLE,
        document_no="",
        addressee=f"{department.name if department else seal.department}办公室",
        paragraphs=(
            f"{seal.name}{f'{seal.number}' if seal.number else ''}（印章编号 {seal.id}"
            + (f"，公安备案编码 {seal.code}" if seal.code else "")
            + f"）于{moment_text(event.at)}{_kinds.get(event.kind, '停用')}，"
            f"由{roster.name_for(event.by, event.acting_for)}在{event.window}号窗口提出，当时由{keeper}保管。{_stopped_before(fall)}",
            f"情况：{(event.reason or '没有写明').rstrip('。')}。",
            _last_words(fall.last, roster),
            _certificate_words(seal, standing),
            f"等这枚印章的办件 {len(fall.held_up)} 件，承诺的日子不变，见表一。"
            if fall.held_up
            else "没有办件在等这枚印章。",
            _uncovered_words(fall),
        ),
        department=department.name if department else seal.department,
        day=event.at.date(),
        case_no="",
        tables=tuple(table for table in (_cases_table(fall.held_up), _uses_table(fall, roster)) if table is not None),
        notes=("恢复使用由首席代表提出、另一人同意；找不到的，注销证书、重新刻制，并在刻制前向公安机关备案。",),
        signs=("报告人：", "保管人：", "首席代表：", "收到人和时间："),
        training=training,
    )


def _stopped_before(fall: Fall) -> str:
    return "" if fall.first.id == fall.event.id else f"先在{moment_text(fall.first.at)}停用。"


def _last_words(last: SealUse | None, roster: Roster) -> str:
    if last is None:
        return "登记簿里没有这枚印章在此之前的用印。"
    what = f"{last.title}{f' {last.document_no}' if last.document_no else ''}"
    return f"此前最后一次用印：{moment_text(last.at)}，{last.window}号窗口{roster.name_of(last.user)}，{what}，{last.copies} 份。"


def _certificate_words(seal: Seal, standing: SealStanding) -> str:
    if not seal.electronic or not standing.certificate:
        return "这枚印章没有登记过电子印章证书。"
    return f"电子印章证书序列号 {standing.certificate}，请发证机构立即吊销，吊销名单（CRL）发到以后装进验章的机器。"


def _uncovered_words(fall: Fall) -> str:
    where = "" if fall.here else "（这台机器不是报停的那台，只列了到现在还没送到中心的）"
    if not fall.uncovered:
        return f"此前的用印，{'中心都已收到' if fall.here else '这台机器上的中心都已收到'}，有早先的凭据{where}。"
    return f"没有早先凭据的文书 {len(fall.uncovered)} 份{where}，见{'表二' if fall.held_up else '表一'}，逐份核对是不是本局所盖。"


def _cases_table(cases: tuple[CaseHeldUp, ...]) -> PaperTable | None:
    if not cases:
        return None
    rows = tuple(
        (
            one.case_no or "未编号",
            one.item_name,
            one.state,
            due_text(one),
            f"{one.promised.month}月{one.promised.day}日" if one.promised else "",
        )
        for one in cases[:MOST_ROWS]
    )
    return PaperTable(head=("办件编号", "事项", "状态", "期限", "承诺办结"), rows=rows, widths=(37, 24, 14, 30, 14))


def due_text(one: CaseHeldUp) -> str:
    """承诺办结 12月4日，还剩 10 个工作日."""
    if one.due is None or one.left is None:
        return "没有在走的期限"
    rest = (
        "今天到期" if one.left == 0 else f"还剩 {one.left} 个工作日" if one.left > 0 else f"超了 {-one.left} 个工作日"
    )
    return f"{one.clock} {one.due.month}月{one.due.day}日{'（暂定）' if one.provisional else ''}，{rest}"


def _uses_table(fall: Fall, roster: Roster) -> PaperTable | None:
    if not fall.uncovered:
        return None
    rows = tuple(
        (
            f"{use.at:%Y-%m-%d %H:%M}",
            use.document_no or "没有文号",
            use.title,
            f"{use.copies} 份",
            f"{use.window}号窗口 {roster.name_of(use.user)}",
        )
        for use in fall.uncovered[:MOST_ROWS]
    )
    return PaperTable(head=("时间", "文号", "文书", "份数", "谁盖的"), rows=rows, widths=(26, 32, 30, 9, 22))
