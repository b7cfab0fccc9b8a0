"""授权怎么说 the right side in words: why it may be granted, what is authorised by whom, which way the seal goes."""

from __future__ import annotations

from dataclasses import replace

from clerk_app.cases.decision import outcome_words
from clerk_app.cases.department import department_to_seal
from clerk_app.command import Refusal
from clerk_app.duty.training import training_pin
from clerk_app.hall import Hall
from clerk_app.office.counter.sending_out import taker_of, why_of
from clerk_app.receipts.words import full_day
from ui.sealing.candidates import Candidate
from ui.sealing.moment import Moment, off, way_of
from ui.sealing.state import OnTable
from ui.sealing.telling_seal import barred_reason, off_reason, what_is_authorised, what_note
from ui.sealing.telling_sealed import tell_pending, tell_sealed
from ui.sealing.view import Asking, Authoriser, AuthorityView, SendOutView
from ui.widgets.strip import StripView


def tell_authority(table: OnTable, hall: Hall, moment: Moment) -> AuthorityView:
    """Before the seal: what the authoriser must know. After it: what the register says."""
    if table.use is not None:
        return tell_sealed(table, table.use, hall, moment)
    if table.beyond is not None:
        return _beyond(table, table.beyond, hall, moment)
    if table.pending is not None and not table.pending.over(moment.now):
        return tell_pending(table, table.pending, moment, hall)
    return _with_seal_pin(_to_authorise(table, hall, moment), table, moment)


def _to_authorise(table: OnTable, hall: Hall, moment: Moment) -> AuthorityView:
    chosen = table.person
    frozen, refusing = table.frozen, table.wish.refusing
    by_department = department_to_seal(table.case) is not None
    away = _chief_must_be_away(chosen)
    chief = hall.roster.people[hall.roster.departments[table.case.department].chief_rep].name
    paper = way_of(table, moment) == "paper"
    return AuthorityView(
        case=table.case.id,
        head="部门已经决定" if by_department else "为什么不予" if refusing else "为什么可以准",
        why=_why(table),
        why_note=_signed(table, hall),
        what_title="已经授权，只差用印" if frozen else "授权什么",
        what=what_is_authorised(table, moment),
        what_note=what_note(table, moment),
        people=tuple(Authoriser(id=one.id, name=one.name, note=_note(one, chief)) for one in _people(table)),
        chosen=table.wish.person,
        pin_label=f"{chosen.name}的 PIN" if chosen else "PIN",
        pin_note=_practice(table.wish.person, moment),
        pin_finding=moment.finding,
        asks_pin=not (barred_reason(table) or (off_reason(table, moment) and not paper)),
        tries=moment.tries,
        asking=_asking(table, by_department=by_department),
        may_refuse=not frozen and not by_department,
        absent=chief if away else "",
        act=_act(table, moment),
        reason=_blocked(table, moment),
        busy=moment.busy,
        paper=paper,
        other="" if away or barred_reason(table) else "用电子印章" if paper else "盖实体章",
        other_reason=off_reason(table, moment) if paper else "",
        strip=moment.strip or _locked(table, hall, moment) or _over(table) or (None if away else _strip(table, moment)),
        foot_note=_rest(table) if away else _foot(table, moment),
    )


def _chief_must_be_away(chosen: Candidate | None) -> bool:
    return chosen is not None and chosen.refusal is not None and chosen.refusal.type == "chief-present"


def _with_seal_pin(view: AuthorityView, table: OnTable, moment: Moment) -> AuthorityView:
    """Whose PIN opens the seal, where it lies here and the authoriser's own does not."""
    seal = table.seal
    if seal is None or not seal.here or not seal.keeper or view.paper or view.absent or not view.asks_pin:
        return view
    if seal.keeper == table.wish.person and not moment.own_seal_pin:
        return view
    return replace(
        view,
        seal_pin_label=f"印章 PIN · 保管人 {seal.keeper_name}",
        seal_pin_note=_practice(seal.keeper, moment),
        seal_pin_finding=moment.seal_finding,
    )


def _practice(person: str, moment: Moment) -> str:
    return f"练习 PIN：{training_pin(person)}" if moment.training and person else ""


def _foot(table: OnTable, moment: Moment) -> str:
    if way_of(table, moment) == "paper":
        return "授权后打出一份，保管人盖好，在这里按“已盖章”登记。"
    if table.seal is not None and not table.seal.here and table.seal.keeper:
        return "印章在别的席位：授权后在那边盖，文书从这里打出来。"
    return "用印不能撤销。"


def _over(table: OnTable) -> StripView | None:
    """The grant that nobody sealed by in time."""
    if table.pending is None:
        return None
    return StripView("授权过期了，请重新授权。", "没有用印；授权过的那份还在，再输一次 PIN 就行。", icon="clock")


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
    if way_of(table, moment) == "paper":
        if moment.busy:
            return "正在授权…"
        return "不予，打印盖章" if table.wish.refusing else "授权，打印盖章"
    if moment.busy:
        return "正在用印…"
    if table.frozen:
        return "重新授权" if table.pending is not None else "用印"
    return "不予并用印" if table.wish.refusing else "授权并用印"


def _blocked(table: OnTable, moment: Moment) -> str:
    if moment.busy:
        return ""
    if table.refusal is not None:
        return table.refusal.sentence.partition("。")[0]
    if moment.making:
        return "正按新的理由排页"
    if why := barred_reason(table) or (off_reason(table, moment) if way_of(table, moment) == "seal" else ""):
        return why
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


def _strip(table: OnTable, moment: Moment) -> StripView | None:
    """Why it cannot be authorised, else why its seal cannot be used."""
    why = table.refusal
    if why is None and way_of(table, moment) == "seal":
        why = off(table, moment)
    if why is None:
        return None
    head, _, rest = why.sentence.partition("。")
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
