"""Cases that are given out: a hall with a rule for all of 市场监管, and accepted cases in the books of one desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from clerk_app.cases.model import Applicant, Case, CaseMaterial, DueDates
from clerk_app.cases.routing.model import Assignment, Given, first_given
from clerk_app.cases.routing.rules import RoutingRule, RoutingRules, RuleHow
from clerk_app.command import case_subject
from clerk_app.duty.records import Absence
from clerk_app.office.counter.assigning import assign_made
from clerk_app.office.office import Office
from tests.visits import COMPANY, done

FIRST, SECOND, MANAGER = "P203", "P204", "P101"
"""许可心 on A1, 段明远 on A2, and the duty manager."""


def with_rule(office: Office, how: RuleHow = "fewest_open", posts: tuple[str, ...] = ("A1", "A2")) -> Office:
    """The hall in force gives out all of the department's items."""
    rule = RoutingRule(how=how, posts=posts, department="SJJ")
    office.hall = replace(office.hall, routing=RoutingRules(rules=(rule,)))
    return office


def accepted(office: Office, serial: int, *, due: int = 5) -> Case:
    """An accepted case in this desk's hands that nobody was given yet; due today, overdue (-1), or some day."""
    items, now = office.hall.items, office.parts.clock.now()
    item = items[COMPANY] if due <= 0 else next(one for one in items.values() if one.short == "食品经营延续")
    if due < 0:
        now -= timedelta(days=1)
    last: date = now.date() + timedelta(days=max(due, 0))
    case = Case(
        id=f"case-{serial}", ticket=f"t-{serial}", item=item.code, item_name=item.name, hall_version=office.hall.version,
        department=item.department, applicant=Applicant(name="卢小珍", id_number="429900199001011234"),
        materials=tuple(CaseMaterial(name=m.name, essential=m.essential, brought_at=now) for m in item.materials),
        state="accepted", received_at=now, window=2, handler=FIRST, acting_for=None, query_code=f"8K4M2Q{serial:02d}",
        case_no=f"JZ{now:%Y%m%d}-{serial:05d}", serial=serial, accepted_at=now,
        due=DueDates(promised=last, statutory=last),
    )  # fmt: skip
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_case(case)
        work.books.take_hold(case_subject(case.id))
    return case


def given(office: Office, serial: int, **more: int) -> Assignment:
    """Accepted, and given out by the rule."""
    case = accepted(office, serial, **more)
    made = assign_made(office, case.id)
    assert made is not None
    done(made)
    return row(office, case.id)


def row(office: Office, case: str) -> Assignment:
    found = office.read(lambda books: books.assignment(case))
    assert found is not None
    return found


def goes_away(office: Office, person: str, hours: int = 3) -> None:
    start = office.parts.clock.now() - timedelta(minutes=5)
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_absence(
            Absence(
                id=f"away-{person}", person=person, reason="开会", said_by=person, start=start,
                end=start + timedelta(hours=hours),
            )
        )  # fmt: skip


def some(office: Office, case: str) -> None:
    """One case of somebody's, one that was given on, and one that is nobody's, as a page shows them."""
    at = office.parts.clock.now()
    for key, person, post, words in (
        (case, "P204", "A2", "自动分给 段明远：企业开办岗、企业登记岗在岗 2 人，这一位手上最少（0 件）。"),
        (accepted(office, 8801).id, "P203", "A1", "段明远 改分给 许可心。"),
        (accepted(office, 8802, due=0).id, "", "A1", "没有自动分到人：企业开办岗现在没有人当班。件留在企业开办岗，等值班长分。"),
    ):  # fmt: skip
        with office.parts.vault.unit(office.hall) as work:
            known = work.books.case(key)
            assert known is not None
            now = Given(post=post, person=person, acting_for="", how="auto", at=at, by=FIRST, reason="", words=words)
            made = first_given(known, now)
            onwards = replace(now, how="hand", by=SECOND, reason="手上有急件")
            work.books.put_assignment(made.given(onwards) if "改分" in words else made)
