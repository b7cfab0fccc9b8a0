"""多次补打: two further prints are the clerk's, the third and each after it needs the duty manager's PIN."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clerk_app.command import Refusal
from clerk_app.duty.training import training_pin
from clerk_app.office.counter.by_pin import Countersigner
from clerk_app.office.counter.paper_copies import print_again
from clerk_app.office.counter.papers import answer_paper
from clerk_app.office.office import Done
from clerk_app.receipts.paper import Delivery
from tests.desk import cut_office
from tests.office.test_deciding import PinCentre
from tests.visits import accept, receive, serve

MANAGER, CLERK, OTHER = "P102", "P203", "P204"


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    office.parts = replace(office.parts, centre=PinCentre())
    yield office
    office.parts.vault.close()


@pytest.fixture
def receipt(office):
    """Printed, and printed again twice."""
    accept(office, receive(office, serve(office)))
    first = next(one for one in office.parts.vault.spool.jobs(9) if one.doc_type == "受理回执")
    settle_all(office, "done")
    for copy_no in (2, 3):
        assert isinstance(print_again(office, first.id, copy_no, "票湿了"), Done)
        settle_all(office, "done")
    return first


def settle_all(office, state):
    spool = office.parts.vault.spool
    while (job := spool.take_next(office.parts.settings.printer)) is not None:
        spool.settle(job.id, Delivery(state, "说法。"))


def copies(office, job):
    return [one.copy_no for one in office.parts.vault.spool.prints_of(job.doc_type, job.doc_no)]


def who(office, person, pin=None):
    return Countersigner(person=office.hall.roster.people[person], pin=pin or training_pin(person))


def test_the_third_one_asks_for_the_duty_manager(office, receipt):
    refused = print_again(office, receipt.id, 4, "又湿了")
    assert (refused.type, "已补打 2 次，须值班长同意" in refused.sentence) == ("copies-agreed", True)
    assert copies(office, receipt) == [1, 2, 3]


def test_with_his_pin_it_is_printed_and_his_name_goes_with_the_reason(office, receipt):
    made = print_again(office, receipt.id, 4, "又湿了", by=who(office, MANAGER))
    assert isinstance(made, Done)
    name = office.hall.roster.people[MANAGER].name
    copy = office.parts.vault.spool.job(made.papers[0])
    assert (copy.copy_no, copy.reason, copy.operator) == (4, f"又湿了（{name}同意）", CLERK)
    assert office.parts.maker.made[-1].marks[1] == f"原因：又湿了（{name}同意）　经办：许可心"
    assert print_again(office, receipt.id, 4, "又湿了") == made, "asked twice it is the first one"
    settle_all(office, "done")
    assert print_again(office, receipt.id, 5, "再湿了").type == "copies-agreed", "each one after it too"


@pytest.mark.parametrize(
    ("person", "pin", "kind"),
    [(MANAGER, "000001", "pin-wrong"), (CLERK, None, "same-person"), (OTHER, None, "")],
)
def test_nobody_else_agrees_to_it(office, receipt, person, pin, kind):
    refused = print_again(office, receipt.id, 4, "又湿了", by=who(office, person, pin))
    assert isinstance(refused, Refusal)
    assert refused.type == kind or not kind
    assert copies(office, receipt) == [1, 2, 3]


@pytest.mark.parametrize("answer", ["lost", "half"])
def test_a_third_copy_that_did_not_come_out_is_taken_down_and_not_printed_by_itself(office, receipt, answer):
    made = print_again(office, receipt.id, 4, "又湿了", by=who(office, MANAGER))
    settle_all(office, "unknown")
    assert isinstance(answer_paper(office, made.papers[0], answer), Done)
    job = office.parts.vault.spool.job(made.papers[0])
    assert (job.state, "已补打 3 次，再打须值班长同意" in job.said, copies(office, receipt)) == (
        answer,
        True,
        [1, 2, 3, 4],
    )
    assert isinstance(print_again(office, receipt.id, 5, "没出来", by=who(office, MANAGER)), Done)
