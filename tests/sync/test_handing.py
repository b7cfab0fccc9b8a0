"""出件 before the real centre: sealed at one window, handed out at another, once, also while the line is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from clerk_app.command import Refusal
from clerk_app.office.counter import visit
from clerk_app.office.counter.handing import acts, looking
from tests.server.conftest import Cluster
from tests.server.postgres import PACKAGE, postgres_url
from tests.sync.life_acts import CLERK
from tests.sync.life_hall import LifeHall, good, life_hall
from tests.sync.life_handing import DISPATCHER, HANDING, HANDING_KINDS, TAKER, brought, handed_every_way, sealed

__all__ = ["postgres_url"]
pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def cluster(postgres_url: str) -> Cluster:
    return Cluster(postgres_url)


@pytest.fixture
def hall(need_program: Callable[[str, str], str], cluster: Cluster, tmp_path: Path) -> Iterator[LifeHall]:
    need_program("initdb", PACKAGE)
    with life_hall(cluster.loaded(), tmp_path) as hall:
        hall.open(w4=CLERK, w12=DISPATCHER)
        yield hall


def refused(outcome: Any, kind: str) -> None:
    assert isinstance(outcome, Refusal), outcome
    assert outcome.type == kind, outcome


def tally(hall: LifeHall) -> set[str]:
    return {state for window in hall.windows.values() for state in window.office.parts.vault.journal.tally()}


def test_sealed_at_one_window_and_handed_out_at_the_other_once(hall: LifeHall):
    case = sealed(hall)
    desk = hall.office(HANDING)
    assert [line.case.id for line in looking.desk(desk).awaited] == [case]
    refused(visit.hand_over(hall.office(4), hall.case(4, case), TAKER.receiver, TAKER.proof), "not-held")
    refused(acts.hand_out(hall.office(4), case, TAKER), "deliver-elsewhere")
    hall.sync()  # asked for in vain it is given back, and so the other window gets it
    brought(hall, case)
    hall.sync()
    refused(acts.hand_out(hall.office(4), case, TAKER), "held-elsewhere")
    good(acts.hand_out(desk, case, TAKER))
    refused(acts.hand_out(desk, case, TAKER), "handed-already")
    rows = hall.agree()
    assert rows["case"][case]["state"] == "delivered"
    assert (rows["result"][case]["state"], rows["result"][case]["window"]) == ("out", HANDING)
    refused(acts.hand_out(hall.office(4), case, TAKER), "handed-already")
    assert tally(hall) == {"applied"}


def test_a_case_on_its_way_out_of_hand_is_not_asked_for_before_the_centre_has_heard(hall: LifeHall):
    case = sealed(hall, heard=False)
    refused(acts.hand_out(hall.office(4), case, TAKER), "still-sending")
    hall.sync()
    refused(acts.hand_out(hall.office(4), case, TAKER), "deliver-elsewhere")
    hall.agree()
    assert tally(hall) == {"applied"}


def test_with_the_line_cut_what_lies_on_the_shelf_goes_on_being_handed_out(hall: LifeHall):
    first, second, not_brought = sealed(hall), sealed(hall), sealed(hall)
    desk = hall.office(HANDING)
    brought(hall, first, "001")
    brought(hall, second, "002")
    hall.sync()
    hall.windows[HANDING].line.cut()
    hall.windows[HANDING].rounds(1)
    refused(acts.take_in(desk, not_brought, CLERK, "003", "t-1"), "line-cut")
    good(acts.hand_out(desk, first, TAKER))
    refused(acts.hand_out(desk, first, TAKER), "handed-already")
    good(acts.remind(desk, second, "phone", "明天来"))
    refused(acts.hand_out(hall.office(4), first, TAKER), "held-elsewhere")
    hall.sync()
    assert hall.theirs()["case"][first]["state"] == "sealed", "nobody has heard of it"
    hall.windows[HANDING].line.join()
    hall.sync()
    rows = hall.agree()
    assert [rows["case"][one]["state"] for one in (first, second, not_brought)] == ["delivered", "sealed", "sealed"]
    assert [rows["result"][one]["state"] for one in (first, second)] == ["out", "shelved"]
    assert len(rows["result"][second]["reminders"]) == 1
    assert not_brought not in rows["result"]
    assert tally(hall) == {"applied"}
    brought(hall, not_brought, "003")


def test_by_post_and_done_over_it_is_the_same_at_both_ends(hall: LifeHall):
    handed_every_way(hall)
    rows = hall.agree()
    assert hall.applied() >= HANDING_KINDS
    assert tally(hall) == {"applied"}
    posted, done_over = sorted(rows["result"].values(), key=lambda row: row["case_no"])
    assert [one["waybill"] for one in posted["posted_before"]] == ["SF0000000001"]
    assert (posted["state"], posted["waybill"]) == ("out", "SF0000000002")
    assert (done_over["state"], done_over["transfer"]) == ("out", "t-2")
    assert done_over["document_no"] == rows["case"][done_over["id"]]["decision"]["document_no"]
