"""出件的不变式: whatever is done in whatever order at several windows, no paper goes out twice, and none whose seal does not stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.cases.voiding import AgreeVoidStamp, AskVoidStamp
from clerk_app.command import case_subject
from clerk_app.receipts.handing.choosing import ChooseDelivery
from clerk_app.receipts.handing.giving import HandOverCase
from clerk_app.receipts.handing.posting import PostResult, RecordPostReceipt
from clerk_app.receipts.handing.taking_in import SendBackResult, TakeInResult
from tests.cases.counter import CLERK, MANAGER
from tests.receipts.handing.shelves import DISPATCHER, LETTER, SECOND, SPOT, Shelves, taker, two_handing_windows

PEOPLE = (DISPATCHER, DISPATCHER, DISPATCHER, SECOND, CLERK)
Act = Callable[[Shelves, str, str], None]
ON_RESULTS: dict[str, Act] = {
    "choose": lambda desk, case, who: ignore(desk.does(ChooseDelivery, case, who, **LETTER)),
    "take in": lambda desk, case, who: ignore(
        desk.does(TakeInResult, case, who, **desk.brought(case, giver="P203", shelf=desk.place))
    ),
    "hand out": lambda desk, case, who: ignore(desk.does(HandOverCase, case, who, **taker())),
    "post": lambda desk, case, who: ignore(desk.does(PostResult, case, who, waybill=f"SF{desk.next_letter():08d}")),
    "receipt": lambda desk, case, who: ignore(
        desk.does(RecordPostReceipt, case, who, receiver="", signed_on=desk.now.date())
    ),
    "return": lambda desk, case, who: ignore(desk.came_back(case, desk.place, who)),
    "send back": lambda desk, case, who: ignore(desk.does(SendBackResult, case, who, taker="P203", reason="印错")),
    "ask void": lambda desk, case, who: asked(desk, case),
    "agree and reseal": lambda desk, case, who: agreed(desk, case),
}


def ignore(_answer: object) -> None:
    """Refused or done: only what stands afterwards is looked at."""


class Busy(Shelves):
    place, letters = "001", 0

    def next_letter(self) -> int:
        self.letters += 1
        return self.letters


def asked(desk: Busy, case: str) -> None:
    desk.books.take_hold(case_subject(case))
    ignore(desk.act(AskVoidStamp, desk.chief(case), case=case, reason="印错", paper="收回"))
    desk.books.give_back(case_subject(case))


def agreed(desk: Busy, case: str) -> None:
    asked(desk, case)
    desk.books.take_hold(case_subject(case))
    if desk.act(AgreeVoidStamp, MANAGER, case=case) is None:
        assert (desk.authorise(case), desk.seal(case)) == (None, None)
    desk.books.give_back(case_subject(case))


def check(desk: Busy, cases: list[str], out: Counter[str]) -> None:
    places = Counter((row.window, row.shelf) for row in desk.books.results_in(("shelved",)))
    assert all(count == 1 for count in places.values()), places
    assert all(count == 1 for count in out.values()), "no paper goes out twice"
    for key in cases:
        case, row = desk.case(key), desk.books.result(key)
        if case.state == "delivered":
            assert case.handed_over is not None
            assert row is None or (row.state, row.document_no) == ("out", desk.number(key))
            assert row is not None or case.item == desk.item(SPOT).code, "a promised case goes over a shelf"
        if row is not None and row.state == "out":
            assert case.state == "delivered"


steps = st.lists(
    st.tuples(
        st.sampled_from(sorted(ON_RESULTS)),
        st.integers(0, 1),
        st.sampled_from(PEOPLE),
        st.sampled_from(("001", "001", "002")),
    ),
    min_size=8,
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(steps, st.sampled_from(("sealed", "shelved", "posted")))
def test_no_paper_goes_out_twice_whatever_is_done(said: list[tuple[str, int, str, str]], start: str):
    desk = Busy(two_handing_windows())
    cases, out = [desk.sealed(), desk.sealed(SPOT)], Counter[str]()
    desk.books.give_back(case_subject(cases[1]))
    if start != "sealed":
        desk.done(TakeInResult, cases[0], **desk.brought(cases[0], "001"))
    if start == "posted":
        desk.done(ChooseDelivery, cases[0], **LETTER)
        desk.done(PostResult, cases[0], waybill="SF99999999")
        desk.done(TakeInResult, cases[1], **desk.brought(cases[1], "001"))
    for name, which, who, desk.place in said:
        before = {key: desk.case(key) for key in cases}
        away = {row.id: row.document_no for row in desk.books.results_in(("shelved", "posted"))}
        desk.books.give_back(case_subject(cases[which]))  # nobody keeps it from whoever is next
        ON_RESULTS[name](desk, cases[which], who)
        for key in cases:
            if desk.case(key).handed_over is not before[key].handed_over:
                number = desk.number(key)
                assert before[key].state == "sealed", "nothing leaves that bears no seal"
                assert away.get(key, number) == number, "the paper that lies there is the one that stands"
                out[number] += 1
        check(desk, cases, out)
