"""改分和接手 on the page of one case: to whom and why; the case may lie in whoever's hands."""

from __future__ import annotations

from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Case
from clerk_app.cases.routing.model import TO_BE_GIVEN
from clerk_app.office.counter import assigning
from clerk_app.office.counter.case_act import ActKind, Ask, said
from clerk_app.office.office import Office

_why = Ask(key="reason", label="原因", kind="words", hint="写一句，记在件的过程里")


def _asks(office: Office, case: Case, item: Item) -> tuple[Ask, ...]:
    roster = office.hall.roster
    people = tuple(
        (one.person, f"{roster.name_for(one.person, one.acting_for or None)}　{roster.posts[one.post].name}")
        for one in assigning.can_have(office, case.id)
    )
    return (Ask(key="to", label="分给谁", kind="choice", choices=people, hint="现在在岗、能办这件的人。"), _why)


ASSIGNING_ACTS: tuple[ActKind, ...] = (
    ActKind(
        key="reassign",
        word="改分",
        sentence="件归他办，原来的人和原因都记在过程里。",
        action="reassign",
        unheld=True,
        offered=lambda case, item: case.state in TO_BE_GIVEN,
        offered_in=assigning.may_reassign,
        asks=_asks,
        do=lambda office, case, answers: assigning.reassign(
            office, case.id, said(answers, "to"), said(answers, "reason")
        ),
    ),
    ActKind(
        key="take_over",
        word="接手",
        sentence="件归您办，记在过程里；件在别的窗口手上的，另外交接。",
        action="take_over",
        unheld=True,
        offered=lambda case, item: case.state in TO_BE_GIVEN,
        offered_in=assigning.may_take,
        asks=lambda office, case, item: (_why,),
        do=lambda office, case, answers: assigning.take_over(office, case.id, said(answers, "reason")),
    ),
)
