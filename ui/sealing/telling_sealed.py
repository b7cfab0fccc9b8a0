"""用印之后怎么说 the register's line, and before it: what waits for a seal that lies elsewhere."""

from __future__ import annotations

from clerk_app.hall import Hall
from clerk_app.sealing.model import SealUse
from clerk_app.workdays import workdays_between
from ui.language import tr
from ui.sealing.moment import Moment
from ui.sealing.seal_at_hand import Pending
from ui.sealing.state import OnTable
from ui.sealing.telling_seal import left_words, spaced
from ui.sealing.view import AuthorityView


def tell_sealed(table: OnTable, use: SealUse, hall: Hall, moment: Moment) -> AuthorityView:
    """What the register says of this use."""
    case = table.case
    done = case.state in ("sealed", "delivered")
    word = tr("已用印") if use.electronic else tr("已盖实体章")
    return AuthorityView(
        case=case.id,
        head=tr("{word}，期限停表", word=word) if done else word,
        head_note=_promise(table, use, hall),
        what_title=tr("用印登记"),
        what=_register(table, use, hall),
        sealed=True,
        tries=moment.tries,
        may_refuse=False,
        strip=moment.strip,
        foot_note=_if_wrong(case.state),
    )


def _if_wrong(state: str) -> str:
    """Where a wrong stamp is voided, while it can be."""
    if state == "sealed":
        return tr("用印不能撤销。盖错了，到办件里由首席代表请作废用印，另一人同意才作废。")
    return tr("用印不能撤销。") + (tr("已经交给申请人，不能再作废用印。") if state == "delivered" else "")


def _register(table: OnTable, use: SealUse, hall: Hall) -> tuple[tuple[str, str], ...]:
    case, name = table.case, hall.roster.name_for
    proposer = case.proposal.by if case.proposal else case.handler
    rows = [
        (tr("时间"), _when(use)),
        (tr("文书"), tr("{title}，{pages} 页，{copies} 份", title=use.title, pages=use.pages, copies=use.copies)),
        (tr("文号"), use.document_no),
        (tr("用印"), use.seal_name if use.electronic else tr("{seal_name}，实体章", seal_name=use.seal_name)),
        (
            tr("授权"),
            tr(
                "{name}，{letter}",
                name=name(use.approver, use.acting_for),
                letter=use.letter or tr("部门决定，只授权用印"),
            ),
        ),
    ]
    if use.keeper:
        also = tr("，也是授权人") if use.keeper == use.approver else ""
        rows.append((tr("保管"), hall.roster.name_of(use.keeper) + also))
    rows += [
        (tr("经办"), name(proposer, case.acting_for if proposer == case.handler else None)),
        (
            tr("登记"),
            tr("本机流水第 {register_row} 条", register_row=table.register_row) if table.register_row else tr("已登记"),
        ),
        (tr("指纹"), f"SHA-256 {spaced(use.digest_after)}"),
    ]
    return tuple(rows) if not use.flags else (*rows, (tr("要查"), tr("、").join(use.flags)))


def _when(use: SealUse) -> str:
    day = {"month": use.at.month, "day": use.at.day, "at": use.at}
    if use.entered_at is None:
        return tr("{month}月{day}日 {at:%H:%M:%S}", **day)
    return tr("{month}月{day}日 {at:%H:%M}（补登，{entered_at:%H:%M} 记的）", entered_at=use.entered_at, **day)


def _promise(table: OnTable, use: SealUse, hall: Hall) -> str:
    due = table.case.due
    if due is None:
        return ""
    day, early = due.promised, workdays_between(hall.calendar, use.at.date(), due.promised)
    on_time = tr("按期办结") if day == use.at.date() else tr("提前 {early} 个工作日", early=early)
    kept = on_time if use.at.date() <= day else tr("超了 {value} 个工作日", value=-early)
    return tr("承诺 {month}月{day}日前，{kept}。", month=day.month, day=day.day, kept=kept)


def seat_words(window: int) -> str:
    """8号窗口, or where it is not known."""
    return tr("{window}号窗口", window=window) if window else tr("印章席")


def tell_pending(table: OnTable, pending: Pending, moment: Moment, hall: Hall) -> AuthorityView:
    """已授权 and not sealed yet: the seal lies elsewhere, its keeper is asked there."""
    seat, terms = seat_words(pending.window), pending.grant
    keeper = hall.roster.name_of(terms.keeper)
    return AuthorityView(
        case=table.case.id,
        head=tr("已授权，等{seat}用印", seat=seat),
        head_note=tr("还有 {left_words}，过了要重新授权。", left_words=left_words(terms.expires, moment.now)),
        why=(
            tr(
                "印章在{seat}，{keeper}在那里输印章 PIN。盖好了，文书自己从这里打出来，不用守着。",
                seat=seat,
                keeper=keeper,
            ),
        ),
        what_title=tr("授权了什么"),
        what=(
            (
                tr("文书"),
                tr(
                    "{title}，{pages} 页，{copies} 份",
                    title=pending.paper.title,
                    pages=pending.paper.pages,
                    copies=pending.paper.copies,
                ),
            ),
            (tr("文号"), pending.paper.document_no),
            (tr("用印"), table.seal_name),
            (tr("授权"), hall.roster.name_for(terms.chief, terms.acting_for or None)),
            (tr("时限"), tr("{issued:%H:%M:%S}，到 {expires:%H:%M:%S}", issued=terms.issued, expires=terms.expires)),
            (tr("指纹"), f"SHA-256 {spaced(pending.paper.sha256)}\nSM3 {spaced(pending.paper.sm3)}"),
        ),
        tries=moment.tries,
        may_refuse=False,
        pending=True,
        strip=moment.strip,
        back=tr("回到叫号"),
        foot_note=tr("离开这一页也照样等。"),
    )
