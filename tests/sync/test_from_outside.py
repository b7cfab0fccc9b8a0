"""从外面来，到外面去: an application laid out by a platform's process is a case at one of two windows, decided and closed; the platform hears each state once.

What the hall gave out so is held at a third window, and not asked of him again.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clerk_app.cases.endings import file_list
from clerk_app.cases.model import Applicant, Case
from clerk_app.command import Refusal
from clerk_app.duty.training import training_pin
from clerk_app.office.counter import deciding, handling, inbox, outside_papers, sharing, visit
from clerk_app.office.counter.prepared import prepare
from clerk_app.office.counter.sharing import Answer
from clerk_app.office.office import Office
from clerk_app.office.oversight import settling
from tests.cases.inbox.messages import booking, scan, whole
from tests.faults.clerk import FOOD, SHOP
from tests.faults.site import Site
from tests.faults.windows import Window
from tests.office.test_issuing import Pages, Printer
from tests.seal_fakes import keeper, with_seals
from tests.sync.life_hall import good
from tests.sync.outside_scene import Outside, outside_of

pytestmark = pytest.mark.process
DECIDER, KEEPER, LICENCE = "P204", "P201", "营业执照"
"""Who alone decides this item, by a letter that names him: he sits at window 3."""
OWNER = Applicant(name="卢桂珍", id_number="429900199001011234", phone="13800000421")
EVERY_WORD = ["已送到大厅，等窗口收件", "已收件", "已受理", "审查中", "已办好，可以领取", "已送达"]
SECRETS = (OWNER.name, OWNER.id_number, OWNER.phone)


@pytest.fixture
def outside(site: Site, tmp_path: Path) -> Iterator[Outside]:
    with outside_of(site, tmp_path) as outside:
        yield outside


def now(office: Office, case: str) -> Case:
    found = office.read(lambda books: books.case(case))
    assert found is not None
    return found


def both_hear(*windows: Window) -> None:
    for window in windows:
        window.drain()


def test_an_application_goes_from_the_platform_to_its_archive_and_back_to_the_platform(
    site: Site, outside: Outside
) -> None:
    two, three = site.window(2), site.window(3)
    office = with_seals(three.office, pages=Pages(), page_printer=Printer())
    names = [m.name for m in office.hall.items[SHOP].materials]
    laid = [whole(names, number, item=SHOP) for number in ("WS001", "WS002")]
    wrong = {**booking(day=str(office.parts.clock.now().date())), "item": "no such item"}
    pulled = outside.lays_out([scan(name) for name in names], *laid, wrong)["pulled"]
    assert [(one["taken"], len(one["faults"])) for one in pulled] == [(2, 1)]
    both_hear(two, three)
    first, second = (line.row.id for line in inbox.desk(office).waiting)
    key = taken_by_one(first, three, two)
    both_reach_for(second, three, two)
    for act, word in acts(office, key):
        act()
        three.drain()
        outside.until(lambda said=word: outside.words("WS001")[-1] == said)
    outside.until(lambda: outside.heard("archive"))
    assert outside.words("WS001") == EVERY_WORD
    assert outside.words("WS002") == ["已送到大厅，等窗口收件", "已收件"]
    assert set(outside.hears.arrived().values()) == {1}, "each once"
    told_outside(outside, now(office, key))
    held_at_another_window(site, now(office, key))


def receives(window: Window, key: str) -> Any:
    """Every paper is opened first."""
    line = inbox.desk(window.office).line(key)
    assert line is not None
    for paper in line.row.materials:
        assert outside_papers.look(window.office, key, paper.sha256) == scan(paper.name)
        assert outside_papers.keep(window.office, scan(paper.name)) is None
    return inbox.receive(window.office, key)


def taken_by_one(key: str, here: Window, there: Window) -> str:
    """收下 at one window; the other that comes later is told who has it."""
    good(receives(here, key))
    both_hear(here, there)
    refused = inbox.receive(there.office, key)
    assert isinstance(refused, Refusal)
    assert refused.sentence.startswith("3号窗口")
    line = inbox.desk(there.office).line(key)
    assert line is not None
    return line.row.case


def both_reach_for(key: str, here: Window, there: Window) -> None:
    """Neither has heard of the other: the centre says whose it is, and nothing of the second's is a case."""
    good(receives(here, key))
    good(receives(there, key))
    begun = inbox.desk(there.office).line(key)
    assert begun is not None
    both_hear(here, there)
    left = {row.kind: row for row in there.office.parts.vault.journal.rows(("refused", "conflict", "set_aside"), 10)}
    assert left["take_inbox_item"].state == "refused"
    assert left["take_inbox_item"].sentence.startswith("3号窗口")
    assert left["receive_case"].state == "set_aside"
    ended = inbox.desk(there.office).line(key)
    assert ended is not None
    assert ended.row.window == 3
    again = settling.reissue(there.office, left["receive_case"].id)
    assert isinstance(again, Refusal)
    assert again.sentence.startswith("网上的件"), "nobody stands there who could take a number"
    begun_in_vain = now(there.office, begun.row.case)
    stopped = visit.accept(there.office, begun_in_vain)
    assert isinstance(stopped, Refusal), "no receipt comes out for a case that is another window's"
    assert stopped.type == "not-held"


def acts(office: Office, key: str) -> Iterator[tuple[Callable[[], Any], str]]:
    """Each with the word that stands outside when the centre has it."""
    yield lambda: good(visit.accept(office, now(office, key))), "已受理"
    yield lambda: good(deciding.propose(office, key, "grant", "材料齐全，符合条件。")), "审查中"

    def seal() -> None:
        prepared = good(prepare(office, key, DECIDER, "grant", "同意。"))
        good(
            deciding.authorise(
                office, prepared, office.hall.roster.people[DECIDER], training_pin(DECIDER), keeper(KEEPER)
            )
        )

    yield seal, "已办好，可以领取"
    yield lambda: good(visit.hand_over(office, now(office, key), OWNER.name, "居民身份证")), "已送达"
    yield lambda: good(handling.archive(office, key, file_list(now(office, key)))), "已送达"


def told_outside(outside: Outside, case: Case) -> None:
    """The result as it may be published, and a whole file; of the citizen's nothing but a masked name."""
    assert case.decision is not None
    assert case.sealed_at is not None
    assert outside.heard("public_result") == [
        {
            "case_no": case.case_no,
            "item": case.item,
            "item_name": case.item_name,
            "department": "市场监督管理局",
            "outcome": "准予",
            "on": str(case.sealed_at.date()),
            "applicant": "卢＊＊",
        }
    ]
    (archive,) = outside.heard("archive")
    assert (archive["case_no"], archive["state"]) == (case.case_no, "archived")
    with zipfile.ZipFile(outside.hears.folder / f"{archive['sha256']}.zip") as whole_file:
        papers = [whole_file.read(name) for name in whole_file.namelist() if name.startswith("papers/")]
    assert {scan(m.name) for m in case.materials} <= set(papers), "what he sent is in his file"
    last = outside.heard("supervision")[-1]
    assert [step["event"] for step in last["steps"]][-1] == "archive"
    for message in outside.hears.messages():
        assert not [word for word in SECRETS if word in json.dumps(message, ensure_ascii=False)]


def held_at_another_window(site: Site, granted: Case) -> None:
    """His next matter wants the licence the hall gave him itself."""
    four = site.window(4)
    office = four.office
    good(visit.take_ticket(office, office.hall.roster.windows[4].letters[0]))
    four.drain()
    good(visit.call_next(office))
    ticket = office.read(lambda books: books.open_call_at(4, office.parts.clock.now().date()))
    assert ticket is not None
    good(visit.arrive(office, ticket.id))
    brought = tuple(m.name for m in office.hall.items[FOOD].materials if m.name != LICENCE)
    good(visit.receive(office, ticket.id, FOOD, replace(OWNER, phone=""), brought))
    key = office.read(lambda books: books.case_of_ticket(ticket.id)).id
    desk = sharing.sharing_desk(office, key)
    assert desk is not None
    (paper,) = desk.to_ask
    assert (paper.source, paper.issued, paper.check) == (granted.id, granted.decision.document_no, "")
    good(sharing.agree(office, desk, (paper,), Answer(way="said", giver=OWNER.name)))
    four.drain()
    assert set(four.tally()) == {"applied"}
    assert now(office, key).missing == ()
