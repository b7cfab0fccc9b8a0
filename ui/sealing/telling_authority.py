"""授权怎么说 the right side in words: why it may be granted, what is authorised by whom, or the register's line."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_app.cases.decision import outcome_words
from clerk_app.cases.department import department_to_seal
from clerk_app.command import Refusal
from clerk_app.hall import Hall
from clerk_app.office.counter.sending_out import taker_of, why_of
from clerk_app.receipts.words import full_day
from clerk_app.workdays import workdays_between
from ui.sealing.candidates import Candidate
from ui.sealing.state import OnTable
from ui.sealing.view import Asking, Authoriser, AuthorityView, Listing, SendOutView
from ui.widgets.strip import StripView

FINGERPRINT = 12


@dataclass(frozen=True, kw_only=True)
class Moment:
    """此刻 what the presenter adds to the books: an act under way, what was refused, how many PINs were judged."""

    busy: bool = False
    making: bool = False
    finding: str = ""
    tries: int = 0
    strip: StripView | None = None
    training: bool = False
    listing: Listing = "waiting"
    locked: tuple[str, str] = ("", "")
    """锁着的钥匙 whose, and what was said of it."""


def tell_authority(table: OnTable, hall: Hall, moment: Moment, pin: str) -> AuthorityView:
    """Before the seal: what the authoriser must know. After it: what the register says."""
    if table.use is not None:
        return _sealed(table, hall, moment)
    if table.beyond is not None:
        return _beyond(table, table.beyond, hall, moment)
    chosen = table.person
    blocked = _blocked(table, moment)
    frozen, refusing = table.frozen, table.wish.refusing
    by_department = department_to_seal(table.case) is not None
    away = chosen is not None and chosen.refusal is not None and chosen.refusal.type == "chief-present"
    chief = hall.roster.people[hall.roster.departments[table.case.department].chief_rep].name
    return AuthorityView(
        case=table.case.id,
        head="部门已经决定" if by_department else "为什么不予" if refusing else "为什么可以准",
        why=_why(table),
        why_note=_signed(table, hall),
        what_title="已经授权，只差用印" if frozen else "授权什么",
        what=_what(table),
        what_note="只对左边这一页有效，用一次。" if table.page else "",
        people=tuple(Authoriser(id=one.id, name=one.name, note=_note(one, chief)) for one in _people(table)),
        chosen=table.wish.person,
        pin_label=f"{chosen.name}的 PIN" if chosen else "PIN",
        pin_note=f"练习 PIN：{pin}" if pin else "",
        pin_finding=moment.finding,
        tries=moment.tries,
        asking=_asking(table, by_department=by_department),
        may_refuse=not frozen and not by_department,
        absent=chief if away else "",
        act=_act(table, moment),
        reason=blocked,
        busy=moment.busy,
        strip=moment.strip or _locked(table, hall, moment) or (None if away else _strip(table)),
        foot_note=_rest(table) if away else "用印不能撤销。",
    )


def _people(table: OnTable) -> tuple[Candidate, ...]:
    if not table.frozen:
        return table.candidates
    return tuple(one for one in table.candidates if one.id == table.wish.person)


def _note(one: Candidate, chief: str) -> str:
    if one.refusal is None:
        return f"{one.role}，代 {one.stands_for}" if one.stands_for else one.role
    short = {"chief-present": f"{chief}没登记离岗", "own-proposal": "签名一是本人"}.get(one.refusal.type)
    return f"{one.role}，{short}" if short else one.role


def _act(table: OnTable, moment: Moment) -> str:
    if moment.busy:
        return "正在用印…"
    if table.frozen:
        return "用印"
    return "不予并用印" if table.wish.refusing else "授权并用印"


def _blocked(table: OnTable, moment: Moment) -> str:
    if moment.busy:
        return ""
    if table.refusal is not None:
        return table.refusal.sentence.partition("。")[0]
    if moment.making:
        return "正按新的理由排页"
    wanted = {"refuse": "还没写不予的理由", "words": "还没写审查意见", "": ""}
    by_department = department_to_seal(table.case) is not None
    return "" if table.wish.reason else wanted[_asking(table, by_department=by_department)]


def _asking(table: OnTable, *, by_department: bool) -> Asking:
    if table.wish.refusing:
        return "refuse"
    return "words" if table.alone and not by_department else ""


def _locked(table: OnTable, hall: Hall, moment: Moment) -> StripView | None:
    """Until when his key is locked, and whom to ask meanwhile."""
    person, said = moment.locked
    if not said or table.person is None or table.person.id != person:
        return None
    others = "、".join(one.name for one in table.candidates if one.id != person and one.refusal is None)
    department = hall.roster.departments[table.case.department]
    if not others and person == department.chief_rep:
        others = f"副代表{hall.roster.name_of(department.deputy_rep)}（先登记{table.person.name}离岗）"
    ask = f"急用请{others}授权，或找管理员换 PIN。" if others else "急用找管理员换 PIN，或送回经办窗口等一等。"
    return StripView(f"{said.partition('。')[0]}。", f"这件还在等待里。{ask}", icon="lock")


def _beyond(table: OnTable, refusal: Refusal, hall: Hall, moment: Moment) -> AuthorityView:
    """Outside every letter: why, and what the way to the department asks."""
    case, letter = table.case, table.letter
    department = hall.roster.departments[case.department]
    facts = [
        ("事项", table.item.name),
        ("部门", department.name),
        ("首席代表", hall.roster.name_of(department.chief_rep)),
    ]
    if letter is not None:
        facts.append(("授权书", f"{letter.document_no}，{full_day(letter.start)}至{full_day(letter.end)}"))
    else:
        facts.append(("授权书", "没有一份列着这个事项"))
    if case.due is not None:
        facts.append(("承诺", f"{full_day(case.due.promised)}前"))
    return AuthorityView(
        case=case.id,
        head="不在首席代表授权内",
        why=(f"{why_of(refusal)}。", "送局里决定，期限照算。"),
        why_note=_signed(table, hall),
        what_title="送审什么",
        what=tuple(facts),
        what_note="部门决定后，连同文号、日期送回窗口。",
        act="正在送审…" if moment.busy else "送审并打印送审单",
        busy=moment.busy,
        tries=moment.tries,
        strip=moment.strip,
        send_out=SendOutView(why=why_of(refusal), taker=taker_of(hall, case)),
        foot_note="送出后这件离开等授权的单子，在办件里还看得到。",
    )


def _strip(table: OnTable) -> StripView | None:
    if table.refusal is None:
        return None
    head, _, rest = table.refusal.sentence.partition("。")
    return StripView(f"{head}。", rest)


def _rest(table: OnTable) -> str:
    return table.refusal.sentence.partition("。")[2] if table.refusal else ""


def _why(table: OnTable) -> tuple[str, ...]:
    case = table.case
    if table.wish.refusing:
        return ("理由写在下面，原样印进决定书。",)
    if word := department_to_seal(case):
        who = f"{word.rank}{word.decided_by} {word.decided_on:%Y-%m-%d} 决定，{word.document_no}。"
        return (who, *((word.words,) if word.words else ()), "这里只授权用印，不重新决定。")
    opinion = case.proposal.opinion if case.proposal else ""
    papers = f"材料收齐 {case.brought} / {len(case.materials)}。"
    return tuple(words for words in (opinion, papers) if words)


def _signed(table: OnTable, hall: Hall) -> str:
    proposal = table.case.proposal
    if proposal is None:
        return "这个事项一个人签，没有签名一。" if table.item.signatures == 1 else ""
    name = hall.roster.name_for(proposal.by, proposal.acting_for)
    return f"签名一：{name} {proposal.at:%H:%M}，拟{outcome_words[proposal.outcome]}。"


def _what(table: OnTable) -> tuple[tuple[str, str], ...]:
    paper, page, letter = table.paper, table.page, table.letter
    if paper is None or page is None:
        return (("事项", table.item.name),)
    rows = [
        ("文书", f"{paper.title}，{page.pages} 页"),
        ("文号", paper.document_no),
        ("用印", table.seal_name),
    ]
    if letter is not None:
        end = letter.end
        rows += [("依据", f"{letter.document_no}，含本事项"), ("有效", f"至 {end.year}年{end.month}月{end.day}日")]
    return (*rows, ("指纹", f"SHA-256 {spaced(table.digest)}"))


def spaced(digest: str) -> str:
    """7F3A 91C2 0BE4 … the first twelve, in fours."""
    head = digest[:FINGERPRINT].upper()
    return f"{' '.join(head[at : at + 4] for at in range(0, len(head), 4))} …"


def _sealed(table: OnTable, hall: Hall, moment: Moment) -> AuthorityView:
    use, case = table.use, table.case
    if use is None:
        return AuthorityView(case=case.id)
    approver = hall.roster.name_for(use.approver, use.acting_for)
    proposer = case.proposal.by if case.proposal else case.handler
    row = f"本机流水第 {table.register_row} 条" if table.register_row else "已登记"
    register = (
        ("时间", f"{use.at.month}月{use.at.day}日 {use.at:%H:%M:%S}"),
        ("文书", f"{use.title}，{use.pages} 页"),
        ("文号", use.document_no),
        ("用印", use.seal_name),
        ("授权", f"{approver}，{use.letter or '部门决定，只授权用印'}"),
        ("经办", hall.roster.name_for(proposer, case.acting_for if proposer == case.handler else None)),
        ("登记", row),
        ("指纹", f"SHA-256 {spaced(use.digest_after)}"),
    )
    done = case.state in ("sealed", "delivered")
    return AuthorityView(
        case=case.id,
        head="已用印，期限停表" if done else "已用印",
        head_note=_promise(table, hall),
        what_title="用印登记",
        what=register,
        sealed=True,
        tries=moment.tries,
        may_refuse=False,
        strip=moment.strip,
        foot_note="用印不能撤销；要作废须两人在用印登记里办。",
    )


def _promise(table: OnTable, hall: Hall) -> str:
    due, use = table.case.due, table.use
    if due is None or use is None:
        return ""
    day, early = due.promised, workdays_between(hall.calendar, use.at.date(), due.promised)
    on_time = "按期办结" if day == use.at.date() else f"提前 {early} 个工作日"
    kept = on_time if use.at.date() <= day else f"超了 {-early} 个工作日"
    return f"承诺 {day.month}月{day.day}日前，{kept}。"
