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
from ui.language import tr
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
        head=tr("部门已经决定") if by_department else tr("为什么不予") if refusing else tr("为什么可以准"),
        why=_why(table),
        why_note=_signed(table, hall),
        what_title=tr("已经授权，只差用印") if frozen else tr("授权什么"),
        what=what_is_authorised(table, moment),
        what_note=what_note(table, moment),
        people=tuple(Authoriser(id=one.id, name=one.name, note=_note(one, chief)) for one in _people(table)),
        chosen=table.wish.person,
        pin_label=tr("{name}的 PIN", name=chosen.name) if chosen else "PIN",
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
        other="" if away or barred_reason(table) else tr("用电子印章") if paper else tr("盖实体章"),
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
        seal_pin_label=tr("印章 PIN·保管人 {keeper_name}", keeper_name=seal.keeper_name),
        seal_pin_note=_practice(seal.keeper, moment),
        seal_pin_finding=moment.seal_finding,
    )


def _practice(person: str, moment: Moment) -> str:
    return tr("练习 PIN：{training_pin}", training_pin=training_pin(person)) if moment.training and person else ""


def _foot(table: OnTable, moment: Moment) -> str:
    if way_of(table, moment) == "paper":
        return tr("授权后打出一份，保管人盖好，在这里按“已盖章”登记。")
    if table.seal is not None and not table.seal.here and table.seal.keeper:
        return tr("印章在别的席位：授权后在那边盖，文书从这里打出来。")
    return tr("用印不能撤销。")


def _over(table: OnTable) -> StripView | None:
    """The grant that nobody sealed by in time."""
    if table.pending is None:
        return None
    return StripView(
        tr("授权过期了，请重新授权。"), tr("没有用印；授权过的那份还在，再输一次 PIN 就行。"), icon="clock"
    )


def _people(table: OnTable) -> tuple[Candidate, ...]:
    if not table.frozen:
        return table.candidates
    return tuple(one for one in table.candidates if one.id == table.wish.person)


def _note(one: Candidate, chief: str) -> str:
    if one.refusal is None:
        return tr("{role}，代 {stands_for}", role=one.role, stands_for=one.stands_for) if one.stands_for else one.role
    short = {"chief-present": tr("{chief}没登记离岗", chief=chief), "own-proposal": tr("签名一是本人")}.get(
        one.refusal.type
    )
    return tr("{role}，{short}", role=one.role, short=short) if short else one.role


def _act(table: OnTable, moment: Moment) -> str:
    if way_of(table, moment) == "paper":
        if moment.busy:
            return tr("正在授权…")
        return tr("不予，打印盖章") if table.wish.refusing else tr("授权，打印盖章")
    if moment.busy:
        return tr("正在用印…")
    if table.frozen:
        return tr("重新授权") if table.pending is not None else tr("用印")
    return tr("不予并用印") if table.wish.refusing else tr("授权并用印")


def _blocked(table: OnTable, moment: Moment) -> str:
    if moment.busy:
        return ""
    if table.refusal is not None:
        return table.refusal.sentence.partition("。")[0]
    if moment.making:
        return tr("正按新的理由排页")
    if why := barred_reason(table) or (off_reason(table, moment) if way_of(table, moment) == "seal" else ""):
        return why
    wanted = {"refuse": tr("还没写不予的理由"), "words": tr("还没写审查意见"), "": ""}
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
    others = tr("、").join(one.name for one in table.candidates if one.id != person and one.refusal is None)
    department = hall.roster.departments[table.case.department]
    if not others and person == department.chief_rep:
        others = tr(
            "副代表{name_of}（先登记{name}离岗）",
            name_of=hall.roster.name_of(department.deputy_rep),
            name=table.person.name,
        )
    ask = (
        tr("急用请{others}授权，或找管理员换 PIN。", others=others)
        if others
        else tr("急用找管理员换 PIN，或送回经办窗口等一等。")
    )
    return StripView(
        tr("{partition}。", partition=said.partition("。")[0]), tr("这件还在等待里。{ask}", ask=ask), icon="lock"
    )


def _beyond(table: OnTable, refusal: Refusal, hall: Hall, moment: Moment) -> AuthorityView:
    """Outside every letter: why, and what the way to the department asks."""
    case, letter = table.case, table.letter
    department = hall.roster.departments[case.department]
    facts = [
        (tr("事项"), table.item.name),
        (tr("部门"), department.name),
        (tr("首席代表"), hall.roster.name_of(department.chief_rep)),
    ]
    if letter is not None:
        facts.append(
            (
                tr("授权书"),
                tr(
                    "{document_no}，{full_day}至{full_day_2}",
                    document_no=letter.document_no,
                    full_day=full_day(letter.start),
                    full_day_2=full_day(letter.end),
                ),
            )
        )
    else:
        facts.append((tr("授权书"), tr("没有一份列着这个事项")))
    if case.due is not None:
        facts.append((tr("承诺"), tr("{full_day}前", full_day=full_day(case.due.promised))))
    return AuthorityView(
        case=case.id,
        head=tr("不在首席代表授权内"),
        why=(tr("{why_of}。", why_of=why_of(refusal)), tr("送局里决定，期限照算。")),
        why_note=_signed(table, hall),
        what_title=tr("送审什么"),
        what=tuple(facts),
        what_note=tr("部门决定后，连同文号、日期送回窗口。"),
        act=tr("正在送审…") if moment.busy else tr("送审并打印送审单"),
        busy=moment.busy,
        tries=moment.tries,
        strip=moment.strip,
        send_out=SendOutView(why=why_of(refusal), taker=taker_of(hall, case)),
        foot_note=tr("送出后这件离开等授权的单子，在办件里还看得到。"),
    )


def _strip(table: OnTable, moment: Moment) -> StripView | None:
    """Why it cannot be authorised, else why its seal cannot be used."""
    why = table.refusal
    if why is None and way_of(table, moment) == "seal":
        why = off(table, moment)
    if why is None:
        return None
    head, _, rest = why.sentence.partition("。")
    return StripView(tr("{head}。", head=head), rest)


def _rest(table: OnTable) -> str:
    return table.refusal.sentence.partition("。")[2] if table.refusal else ""


def _why(table: OnTable) -> tuple[str, ...]:
    case = table.case
    if table.wish.refusing:
        return (tr("理由写在下面，原样印进决定书。"),)
    if word := department_to_seal(case):
        who = tr(
            "{rank}{decided_by} {decided_on:%Y-%m-%d} 决定，{document_no}。",
            rank=word.rank,
            decided_by=word.decided_by,
            decided_on=word.decided_on,
            document_no=word.document_no,
        )
        return (who, *((word.words,) if word.words else ()), tr("这里只授权用印，不重新决定。"))
    opinion = case.proposal.opinion if case.proposal else ""
    papers = tr("材料收齐 {brought} / {count}。", brought=case.brought, count=len(case.materials))
    return tuple(words for words in (opinion, papers) if words)


def _signed(table: OnTable, hall: Hall) -> str:
    proposal = table.case.proposal
    if proposal is None:
        return tr("这个事项一个人签，没有签名一。") if table.item.signatures == 1 else ""
    name = hall.roster.name_for(proposal.by, proposal.acting_for)
    return tr(
        "签名一：{name} {at:%H:%M}，拟{outcome_words}。",
        name=name,
        at=proposal.at,
        outcome_words=outcome_words[proposal.outcome],
    )
