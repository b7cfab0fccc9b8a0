"""A real office behind a faulty line: whatever the line does, every command is there once or stands visible, nothing else.

The numbers in names are those of the list of failures the protocol must pass.
"""

from __future__ import annotations

import random

import pytest

from clerk_app.cases.model import Applicant
from clerk_app.office.counter import visit
from clerk_app.office.line import holding
from clerk_app.office.signing_in import sign_out
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.sync import protocol
from tests.faults.account import Account
from tests.faults.clerk import COMPANY, Clerk
from tests.faults.proxy import CUTS, FAULTS, SAID, TWICE, script, weather
from tests.faults.side_by_side import turn
from tests.faults.site import Site
from tests.faults.windows import Window
from tests.visits import done, take

pytestmark = pytest.mark.process


def good(sheet: Account, least: int) -> Account:
    assert sheet.good, sheet
    assert sheet.commands >= least, sheet
    assert sheet.applied + sheet.visible == sheet.commands, sheet
    return sheet


def some_work(window: Window, acts: int = 15, seed: int = 1) -> Clerk:
    clerk = Clerk(window.office, random.Random(seed))
    clerk.work(acts)
    return clerk


@pytest.mark.parametrize("faults", [CUTS, TWICE, SAID, ("delay",)], ids=["cut", "twice", "said", "delay"])
def test_each_fault_on_the_way_of_a_push(site: Site, faults: tuple[str, ...]):
    """2: the answer is lost after COMMIT; 15: requests come twice, late, out of order."""
    window = site.window(2)
    clerk = some_work(window, 10)
    for fault in faults:
        site.proxy.plan = script(protocol.COMMANDS, [fault, "pass", fault, fault])
        for _ in range(3):
            clerk.work(5)
            window.due_now()
            window.keeper.round()
        assert site.proxy.seen[fault] >= 2
        site.proxy.heal()
        window.drain()
        assert set(window.tally()) == {"applied"}, (fault, window.tally())
    sheet = good(site.account(clerk.told), 10 + 15 * len(faults))
    assert sheet.visible == 0, "a faulty line refuses nothing"


def test_no_fault_is_left_out():
    assert {"pass", "delay", *CUTS, *TWICE, *SAID} == set(FAULTS)


@pytest.mark.parametrize("path", [protocol.CHANGES, protocol.HELLO, protocol.NUMBER_BLOCKS, protocol.TICKETS_NEXT])
def test_faults_on_the_way_of_everything_else(site: Site, path: str):
    window, other = site.window(2), site.window(4)
    faults = ["cut-after", "cut-answer", "503", "html", "late-copy", "duplicate", "late"]
    for _ in range(6):  # numbers of window 2's queue, given one by one
        done(visit.take_ticket(other.office, "A"))
    other.drain()
    window.drain()
    site.proxy.plan = script(path, faults)
    clerks = [Clerk(w.office, random.Random(n)) for n, w in enumerate((window, other))]
    for _ in range(5):
        for clerk, each in zip(clerks, (window, other), strict=True):
            clerk.work(4)
            each.keeper.round()
    good(site.account([*clerks[0].told, *clerks[1].told]), 40)
    assert sum(site.proxy.seen[fault] for fault in faults) >= 3


def test_15_bad_weather_over_three_windows(site: Site):
    """Everything at once, over all paths, two server processes taking turns; `python -m tests.chaos` has it for hours."""
    seed = 1
    rng = random.Random(seed)
    windows = [site.window(2), site.window(3), site.window(4)]
    clerks = [Clerk(w.office, random.Random(seed * 10 + n)) for n, w in enumerate(windows)]
    site.proxy.delay = 0.05
    site.proxy.plan = weather(rng.random, [f for f in FAULTS if f != "pass"], 0.4)
    for _ in range(12):
        for clerk, window in zip(clerks, windows, strict=True):
            clerk.work(rng.randint(0, 4))
            window.due_now()
            window.keeper.round()
    sheet = good(site.account([c for clerk in clerks for c in clerk.told]), 60)
    assert sum(site.proxy.seen[f] for f in (*CUTS, *TWICE)) > 10
    assert sheet.applied > sheet.visible


def test_3_the_answer_is_lost_and_the_hold_given_back_meanwhile(site: Site):
    """The retry is a duplicate though the case is another's by now: the id is looked up before the hold."""
    window = site.window(2)
    clerk = some_work(window, 0)
    for _ in range(200):
        if case := accepted_case(window):
            break
        clerk.act()
        window.drain()  # the centre gives the tickets: it has to hear of them first
    site.proxy.plan = script(protocol.COMMANDS, ["cut-after"])
    clerk.told.append(done(holding.give_back(window.office, case)).command)
    window.keeper.round()
    assert window.tally()["pending"] >= 1, "the answer was lost"
    taker = site.window(3)
    taker.drain()
    assert taker.office.parts.centre.claim(f"case:{case}").granted, "the centre has it, so another may take it"
    sheet = good(site.account(clerk.told), 5)
    assert sheet.visible == 0


def accepted_case(window: Window) -> str:
    rows = window.office.parts.vault.journal.rows((), 1000)
    cases = {s.split(":")[1] for r in rows if r.kind == "accept_case" for s in r.subjects if s.startswith("case:")}
    found = {c: window.office.read(lambda books, c=c: books.case(c)) for c in cases}
    return next((c for c, case in found.items() if case and case.state == "accepted"), "")


def test_22_a_captive_portal_is_a_cut_line_and_moves_nothing(site: Site):
    window = site.window(2)
    clerk = some_work(window)
    window.drain()
    clerk.work(5)
    before, cursor = window.tally(), window.office.parts.vault.keep.meta("cursor")
    site.proxy.plan = lambda _: "html"
    centre = window.office.parts.centre
    for call in (centre.hello, lambda: centre.changes("", 5), lambda: centre.number_block("case_no:2026", 5)):
        with pytest.raises(CentreAway):
            call()
    window.keeper.round()
    assert not window.keeper.state.connected
    assert (window.tally(), window.office.parts.vault.keep.meta("cursor")) == (before, cursor)
    good(site.account(clerk.told), 15)


@pytest.mark.parametrize("form", ["413", "413-html"])
def test_10_a_batch_too_large_is_halved_until_it_passes(site: Site, form: str):
    window = site.window(2)
    clerk = some_work(window, 40)
    sizes: list[int] = []

    def narrow(request) -> str:
        if request.path != protocol.COMMANDS:
            return "pass"
        sizes.append(request.body.count(b'"envelope"'))
        return form if sizes[-1] > 6 else "pass"

    site.proxy.plan = narrow
    window.due_now()
    window.keeper.round()
    assert window.settled(), window.tally()
    assert max(sizes) > 20
    assert min(s for s in sizes if s > 6) < 20, "halved on the way"
    good(site.account(clerk.told), 30)


def test_10_one_command_too_large_is_put_away_and_all_others_land(site: Site):
    window = site.window(2)
    clerk = some_work(window, 5)
    ticket = take(window.office)
    done(visit.call(window.office, ticket.id))
    done(visit.arrive(window.office, ticket.id))
    big = Applicant(name="江州春禾餐饮管理有限公司", agent="长" * 60_000)
    done(visit.receive(window.office, ticket.id, COMPANY, big, ()))
    take(window.office)
    site.proxy.plan = lambda request: "413-html" if len(request.body) > 100_000 else "pass"
    window.drain()
    (kept,) = window.office.parts.vault.journal.rows(("quarantined",), 5)
    assert kept.kind == "receive_case"
    assert kept.sentence.endswith("。")
    sheet = good(site.account(clerk.told), 10)
    assert sheet.visible == 1


def test_10_a_box_that_takes_nothing_for_a_while_costs_no_command(site: Site):
    """Even the bare frame of one is turned away: then it is the line that is ill, and nothing is put away for that."""
    window = site.window(2)
    clerk = some_work(window, 12)
    site.proxy.plan = lambda request: "413-html" if request.path == protocol.COMMANDS else "pass"
    for _ in range(3):
        turn(window)
    sheet = good(site.account(clerk.told), 12)
    assert sheet.visible == 0


def test_12_another_clerk_logs_in_and_the_first_ones_work_goes_out_with_it(site: Site):
    window = site.window(2)
    clerk = some_work(window, 1)
    window.drain()
    site.proxy.plan = lambda _: "cut-before"
    clerk.work(20)
    window.keeper.round()
    sign_out(window.office)
    waiting = window.tally()["pending"]
    assert waiting >= 20
    site.proxy.heal()
    window.sign_in("P204")
    window.drain()
    assert window.office.session.person.id == "P204"
    sheet = good(site.account(clerk.told), 20)
    assert sheet.visible == 0
    people = {row.actor for row in window.office.parts.vault.journal.rows(("applied",), 100)}
    assert {"P203", "P204"} <= people


def test_a_problem_of_the_box_between_is_said_and_tried_again(site: Site):
    window = site.window(2)
    clerk = some_work(window)
    site.proxy.plan = lambda _: "429"
    with pytest.raises((CentreProblem, CentreAway)):
        window.office.parts.centre.hello()
    window.keeper.round()
    assert window.tally().get("pending"), "nothing is given up because a box is busy"
    sheet = good(site.account(clerk.told), 15)
    assert sheet.visible == 0
