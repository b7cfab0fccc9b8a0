"""印章停了以后: who waits with which day, what nothing earlier vouches for, and the report that says it all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.sealing.custody import standing_of_seal
from clerk_app.sealing.loss_report import loss_report
from clerk_app.sealing.model import SealStanding
from clerk_app.sealing.stopping import Fall, Reckoning, coverable, falls_of, held_up_by, told_by, uncovered
from tests.memory_books import MemoryBooks
from tests.sealing.cases import accepted, decided, hall, item_of
from tests.sealing.register import AT, EVENTS, SEAL, USE

KNOWN = hall()
ITEM = item_of(KNOWN)
BY = Reckoning(KNOWN.calendar, KNOWN.off_work, AT.date())
EVENT = {event.kind: event for event in EVENTS}


def test_what_brought_a_seal_down_ends_when_it_is_taken_up_again() -> None:
    stop, loss, resume = EVENT["stop"], EVENT["loss"], EVENT["resume"]
    assert falls_of((EVENT["seat"], EVENT["handover"])) == ()
    assert falls_of((loss, stop)) == (stop, loss), "by time, whatever the order"
    assert told_by((stop, loss)) == loss
    assert told_by((stop,)) == stop
    assert falls_of((stop, loss, resume)) == ()
    again = replace(stop, id="later", at=resume.at + timedelta(minutes=1))
    assert falls_of((stop, loss, resume, again)) == (again,)


def test_cases_that_need_the_seal_wait_with_their_own_clock() -> None:
    waits = replace(accepted(ITEM), id="a", state="to_authorise")
    authorised = replace(decided(ITEM), id="b", state="granted", sealed_at=None, accepted_at=AT - timedelta(days=30))
    other = replace(waits, id="x", item=next(i.code for i in KNOWN.items.values() if i.seal not in ("", ITEM.seal)))
    found = held_up_by(ITEM.seal, (waits, authorised, other), KNOWN.items, BY)
    assert [one.case for one in found] == ["b", "a"], "the most pressing first"
    assert found[0].left is not None
    assert found[0].left < 0
    assert found[1].promised == waits.due.promised
    assert found[1].state == "待授权"


def test_what_the_centre_had_before_the_stop_is_covered_and_nothing_else() -> None:
    at = AT + timedelta(hours=1)
    had, on_the_way = replace(USE, id="had"), replace(USE, id="late")
    afterwards, came_later = replace(USE, id="after", at=at + timedelta(minutes=1)), replace(USE, id="came")
    unconfirmed = frozenset({"late"})
    covered = coverable((had, on_the_way, afterwards), at, unconfirmed)
    assert covered == {"had"}
    uses = (had, on_the_way, afterwards, came_later)
    assert [use.id for use in uncovered(uses, at, frozenset(), covered)] == ["came", "late", "after"], (
        "sent since then: that proves nothing"
    )
    assert [use.id for use in uncovered(uses, at, unconfirmed, None)] == ["late", "after"], "another machine's stop"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(-200_000, 5_000), st.booleans()), max_size=12), st.sets(st.integers(0, 11)))
def test_a_use_is_listed_unless_the_centre_had_it(drawn: list[tuple[int, bool]], missing: set[int]) -> None:
    uses = [replace(USE, id=str(place), at=AT + timedelta(minutes=minute)) for place, (minute, _) in enumerate(drawn)]
    unconfirmed = frozenset(str(place) for place in missing)
    covered = coverable(uses, AT, unconfirmed)
    listed = {use.id for use in uncovered(uses, AT, unconfirmed, covered)}
    for use in uses:
        assert (use.id in listed) == (use.at > AT or use.id in unconfirmed)


def test_the_report_says_what_who_when_and_what_hangs_on_it() -> None:
    books = MemoryBooks(KNOWN)
    seal = replace(KNOWN.roster.seals[SEAL], code="1429900012345")
    waits = replace(accepted(ITEM), id="a", state="to_authorise")
    fall = Fall(
        event=EVENT["loss"],
        first=EVENT["stop"],
        held_up=held_up_by(ITEM.seal, (waits,), KNOWN.items, BY),
        uncovered=(USE,),
        last=USE,
        here=True,
    )
    standing = replace(standing_of_seal(seal, books), state="lost", certificate="2a5f01")
    paper = loss_report(seal, standing, fall, KNOWN.roster, training=True)
    said = "".join(paper.paragraphs)
    for words in (
        seal.name,
        "1429900012345",
        "2026年11月20日13时42分挂失",
        "梁建业在21号窗口提出",
        "抽屉里没有，早上还在",
    ):
        assert words in said
    assert "先在2026年11月20日12时42分停用" in said
    assert "2a5f01，请发证机构立即吊销" in said
    assert "没有早先凭据的文书 1 份，见表二" in said
    assert [len(table.rows) for table in paper.tables] == [1, 1]
    assert paper.tables[0].rows[0][0] == waits.case_no
    assert "江州市㛃䶮咖啡店" not in repr(paper), "whose case it is stands in its file"
    bare = loss_report(
        seal, SealStanding(id=SEAL, state="lost", since=AT, keeper="P201"), Fall(event=EVENT["loss"], first=EVENT["loss"]),
        KNOWN.roster, training=False,
    )  # fmt: skip
    assert "没有登记过电子印章证书" in "".join(bare.paragraphs)
    assert "不是报停的那台" in "".join(bare.paragraphs)
    assert bare.tables == ()
