"""分办 an accepted case is given out by the hall's rule in the same breath; what was cut off between is made up at the next look.

Giving it on and taking it over ask for a reason and for nobody's hold: whose it is and in whose hands it lies are two things.
"""

from __future__ import annotations

from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Case
from clerk_app.cases.routing.choosing import Candidate
from clerk_app.cases.routing.drawing import Drawn, draw
from clerk_app.cases.routing.model import Assignment
from clerk_app.cases.routing.on_duty import found_on, posts_for
from clerk_app.command import Refusal, Stamp, case_subject
from clerk_app.office.office import Office, Outcome
from clerk_app.oversight.assigning import ReassignCase, RouteCase, TakeCase, answers_for
from clerk_app.ports import Books

_unknown = Refusal("unknown-case", "没有这件办件，什么都没改。刷新一下再看。")
_nobody = Refusal("nobody-there", "现在没有人能接这件，没有分，件原样留着。等有人到岗再分，或安排顶岗。")


def assign_made(office: Office, case_id: str, needs: tuple[str, ...] = ()) -> Outcome | None:
    """自动分办 made, or made up: None when there is no rule, it has somebody, or it lies in other hands."""
    if office.session is None or not office.hall.routing.rules:
        return None
    stamp = office.stamp()

    def lacking(books: Books) -> Drawn | None:
        case = books.case(case_id)
        item = books.item(case.item) if case else None
        rule = office.hall.routing.rule_for(item) if item else None
        if case is None or item is None or rule is None or case.state not in ("accepted", "review"):
            return None
        if books.assignment(case_id) is not None or books.holder(case_subject(case_id)) != books.device:
            return None
        return draw(books, item, rule, stamp.at)

    drawn = office.read(lacking)
    return None if drawn is None else office.do(_routed(office, stamp, case_id, drawn, needs))


def by_rule(office: Office, case_id: str, reason: str) -> Outcome:
    """照规则分 as it would be given out now: for the first time, or to another than who has it."""
    stamp = office.stamp()

    def drawn(books: Books) -> tuple[Assignment | None, Drawn] | None:
        case = books.case(case_id)
        item = books.item(case.item) if case else None
        rule = office.hall.routing.rule_for(item) if item else None
        if item is None or rule is None:
            return None
        known = books.assignment(case_id)
        return known, draw(books, item, rule, stamp.at, (known.person,) if known is not None and known.person else ())

    found = office.read(drawn)
    if found is None:
        return Refusal("not-routed", "这个事项没有分办规则，没有分。选一个人，写上原因再分。")
    known, one = found
    if not one.to:
        return _nobody
    if known is None or not known.person:
        return office.do(_routed(office, stamp, case_id, one))
    return _reassigned(office, stamp, case_id, Candidate(post=one.on, person=one.to, acting_for=one.for_whom), reason)


def reassign(office: Office, case_id: str, person: str, reason: str) -> Outcome:
    """改分 to one of those who can have it now."""
    stamp = office.stamp()
    if office.read(lambda books: books.case(case_id)) is None:
        return _unknown
    to = next((one for one in can_have(office, case_id) if one.person == person), None)
    return _reassigned(office, stamp, case_id, to, reason) if to is not None else _nobody


def take_over(office: Office, case_id: str, reason: str) -> Outcome:
    """接手."""
    was = _had(office, case_id)
    return office.do(TakeCase(**office.stamp().fields(office.parts.new_id), case=case_id, was=was, reason=reason))


def can_have(office: Office, case_id: str) -> tuple[Candidate, ...]:
    """能接的人 for one case now, but who has it; each person once."""
    at = office.stamp().at

    def ask(books: Books) -> dict[str, Candidate]:
        case, known = books.case(case_id), books.assignment(case_id)
        item = books.item(case.item) if case else None
        if item is None:
            return {}
        rule = office.hall.routing.rule_for(item)
        posts = posts_for(books, item, rule, (known.post,) if known is not None else ())
        has = known.person if known is not None else ""
        found = (one for one in found_on(books, item, posts, at).candidates if one.person != has)
        return {one.person: one for one in reversed(tuple(found))}

    return tuple(reversed(office.read(ask).values()))


def may_reassign(case: Case, item: Item, stamp: Stamp, books: Books) -> bool:
    """Whether 改分 is offered: the hall gives such cases out, and he answers for this one."""
    known = books.assignment(case.id)
    if known is None and books.routing_rules.rule_for(item) is None:
        return False
    asked = ReassignCase(**stamp.fields(lambda: ""), case=case.id, on="", to="", for_whom="", was="", reason="")
    return answers_for(asked, case, known.post if known is not None else "", books)


def may_take(case: Case, item: Item, stamp: Stamp, books: Books) -> bool:
    """Whether 接手 is offered: a colleague's, on a post such cases go to."""
    known, rule = books.assignment(case.id), books.routing_rules.rule_for(item)
    if known is None or not known.person or known.person == stamp.actor:
        return False
    return stamp.post in {*(rule.posts if rule is not None else ()), known.post}


def _had(office: Office, case_id: str) -> str:
    known = office.read(lambda books: books.assignment(case_id))
    return known.person if known is not None else ""


def _routed(office: Office, stamp: Stamp, case_id: str, drawn: Drawn, needs: tuple[str, ...] = ()) -> RouteCase:
    return RouteCase(
        **stamp.fields(office.parts.new_id),
        needs=needs,
        case=case_id,
        on=drawn.on,
        to=drawn.to,
        for_whom=drawn.for_whom,
        turn=drawn.turn,
        words=drawn.words,
    )


def _reassigned(office: Office, stamp: Stamp, case_id: str, to: Candidate, reason: str) -> Outcome:
    return office.do(
        ReassignCase(
            **stamp.fields(office.parts.new_id),
            case=case_id,
            on=to.post,
            to=to.person,
            for_whom=to.acting_for,
            was=_had(office, case_id),
            reason=reason,
        )
    )
