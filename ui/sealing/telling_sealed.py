"""用印之后怎么说 the register's line, and before it: what waits for a seal that lies elsewhere."""

from __future__ import annotations

from clerk_app.hall import Hall
from clerk_app.sealing.model import SealUse
from clerk_app.workdays import workdays_between
from ui.sealing.moment import Moment
from ui.sealing.seal_at_hand import Pending
from ui.sealing.state import OnTable
from ui.sealing.telling_seal import left_words, spaced
from ui.sealing.view import AuthorityView


def tell_sealed(table: OnTable, use: SealUse, hall: Hall, moment: Moment) -> AuthorityView:
    """What the register says of this use."""
    case = table.case
    done = case.state in ("sealed", "delivered")
    word = "已用印" if use.electronic else "已盖实体章"
    return AuthorityView(
        case=case.id,
        head=f"{word}，期限停表" if done else word,
        head_note=_promise(table, use, hall),
        what_title="用印登记",
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
        return "用印不能撤销。盖错了，到办件里由首席代表请作废用印，另一人同意才作废。"
    return "用印不能撤销。" + ("已经交给申请人，不能再作废用印。" if state == "delivered" else "")


def _register(table: OnTable, use: SealUse, hall: Hall) -> tuple[tuple[str, str], ...]:
    case, name = table.case, hall.roster.name_for
    proposer = case.proposal.by if case.proposal else case.handler
    rows = [
        ("时间", f"{use.at.month}月{use.at.day}日 {use.at:%H:%M:%S}"),
        ("文书", f"{use.title}，{use.pages} 页，{use.copies} 份"),
        ("文号", use.document_no),
        ("用印", use.seal_name if use.electronic else f"{use.seal_name}，实体章"),
        ("授权", f"{name(use.approver, use.acting_for)}，{use.letter or '部门决定，只授权用印'}"),
    ]
    if use.entered_at is not None:
        rows[0] = ("时间", f"{use.at.month}月{use.at.day}日 {use.at:%H:%M}（补登，{use.entered_at:%H:%M} 记的）")
    if use.keeper:
        rows.append(
            ("保管", f"{hall.roster.name_of(use.keeper)}{'，也是授权人' if use.keeper == use.approver else ''}")
        )
    rows += [
        ("经办", name(proposer, case.acting_for if proposer == case.handler else None)),
        ("登记", f"本机流水第 {table.register_row} 条" if table.register_row else "已登记"),
        ("指纹", f"SHA-256 {spaced(use.digest_after)}"),
    ]
    return tuple(rows) if not use.flags else (*rows, ("要查", "、".join(use.flags)))


def _promise(table: OnTable, use: SealUse, hall: Hall) -> str:
    due = table.case.due
    if due is None:
        return ""
    day, early = due.promised, workdays_between(hall.calendar, use.at.date(), due.promised)
    on_time = "按期办结" if day == use.at.date() else f"提前 {early} 个工作日"
    kept = on_time if use.at.date() <= day else f"超了 {-early} 个工作日"
    return f"承诺 {day.month}月{day.day}日前，{kept}。"


def seat_words(window: int) -> str:
    """8号窗口, or where it is not known."""
    return f"{window}号窗口" if window else "印章席"


def tell_pending(table: OnTable, pending: Pending, moment: Moment, hall: Hall) -> AuthorityView:
    """已授权 and not sealed yet: the seal lies elsewhere, its keeper is asked there."""
    seat, terms = seat_words(pending.window), pending.grant
    keeper = hall.roster.name_of(terms.keeper)
    return AuthorityView(
        case=table.case.id,
        head=f"已授权，等{seat}用印",
        head_note=f"还有 {left_words(terms.expires, moment.now)}，过了要重新授权。",
        why=(f"印章在{seat}，{keeper}在那里输印章 PIN。盖好了，文书自己从这里打出来，不用守着。",),
        what_title="授权了什么",
        what=(
            ("文书", f"{pending.paper.title}，{pending.paper.pages} 页，{pending.paper.copies} 份"),
            ("文号", pending.paper.document_no),
            ("用印", table.seal_name),
            ("授权", hall.roster.name_for(terms.chief, terms.acting_for or None)),
            ("时限", f"{terms.issued:%H:%M:%S}，到 {terms.expires:%H:%M:%S}"),
            ("指纹", f"SHA-256 {spaced(pending.paper.sha256)}\nSM3 {spaced(pending.paper.sm3)}"),
        ),
        tries=moment.tries,
        may_refuse=False,
        pending=True,
        strip=moment.strip,
        back="回到叫号",
        foot_note="离开这一页也照样等。",
    )
