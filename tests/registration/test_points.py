"""补正点: told by the notice that names it, settled when read and mended or explained; the row is known by its key."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

from clerk_app.registration.document import remove_row
from clerk_app.registration.keyed_places import keyed_place, plain_place, there
from clerk_app.registration.model import empty_document
from clerk_app.registration.opening import CLOSED, opened
from clerk_app.registration.points import LONGEST, DropPoint, ReadPoint, told
from tests.registration.joint import CLERK, OTHER, SOCIAL, CompanyCounter
from tests.registration.test_form import EXAMPLE, FORM


@pytest.fixture
def counter() -> CompanyCounter:
    return CompanyCounter()


def slug(refusal) -> str:
    assert refusal is not None
    assert refusal.sentence.endswith("。")
    return refusal.type


def test_a_round_is_complete_when_every_point_told_is_read_and_mended_or_explained(counter) -> None:
    key = counter.company()
    phone, name = counter.made(key, "/company/phone"), counter.made(key, "/persons/0/name", department="人社")
    counter.notify(key, phone, name)
    assert [p.round(counter.case(key)) for p in counter.points(key)] == [1, 1]
    assert slug(counter.complete(key)) == "points-open"
    counter.change(key, "/company/phone", "0716-8888000")
    assert "还没读" in counter.complete(key).sentence
    counter.read(key, phone)
    counter.read(key, name)
    assert "没有改，也没说明" in counter.complete(key).sentence
    assert slug(counter.explain(key, name, "  ")) == "words-missing"
    assert counter.explain(key, name, "身份证上就是这个字。") is None
    assert counter.complete(key) is None
    assert counter.case(key).state == "received"


def test_the_first_reading_counts_and_an_explanation_is_a_reading(counter) -> None:
    key = counter.company()
    point = counter.made(key, "/company/phone")
    counter.notify(key, point)
    counter.read(key, point)
    first = counter.points(key)[0].read_at
    counter.later(minutes=5)
    counter.read(key, point)
    assert counter.points(key)[0].read_at == first
    other = counter.company()
    unread = counter.made(other, "/company/phone")
    counter.notify(other, unread)
    assert counter.explain(other, unread, "座机，没有错。") is None
    assert counter.points(other)[0].read_at is not None
    assert counter.complete(other) is None


def test_what_no_notice_names_holds_up_nothing_whatever_the_clocks_say(counter) -> None:
    """Another window made it a minute before the notice, and this window had not heard of it."""
    key = counter.company()
    told_of, unheard = counter.made(key, "/company/phone"), counter.made(key, "/company/email", department="银行")
    counter.notify(key, told_of)
    assert [p.id for p in told(counter.points(key), counter.case(key))] == [told_of.id]
    counter.read(key, told_of)
    counter.change(key, "/company/phone", "0716-8888000")
    assert counter.complete(key) is None
    assert counter.points(key)[1].round(counter.case(key)) == 0
    assert unheard.stands


def test_a_point_made_after_the_notice_is_told_by_the_next_which_is_the_chiefs(counter) -> None:
    key = counter.company()
    first = counter.made(key, "/company/phone")
    counter.notify(key, first)
    late = counter.made(key, "/company/email")
    counter.read(key, first)
    counter.change(key, "/company/phone", "0716-8888000")
    assert counter.complete(key) is None
    counter.notify(key, late, by="P201", reason="税务后来才提。")
    assert [p.round(counter.case(key)) for p in counter.points(key)] == [1, 2]
    assert slug(counter.complete(key)) == "points-open"


def test_what_was_told_is_not_taken_back_and_what_was_not_is_dropped_by_its_own_side(counter) -> None:
    key = counter.company()
    told_of, loose = counter.made(key, "/company/phone"), counter.made(key, "/company/email", SOCIAL, "人社")
    counter.notify(key, told_of)
    assert slug(counter.act(DropPoint, CLERK, case=key, point=told_of.id)) == "point-told"
    assert slug(counter.act(DropPoint, OTHER, case=key, point="none")) == "unknown-point"
    counter.books.device = "device-b"
    assert slug(counter.act(DropPoint, OTHER, case=key, point=loose.id)) == "department-other"
    assert counter.act(DropPoint, SOCIAL, case=key, point=loose.id) is None
    assert slug(counter.act(DropPoint, SOCIAL, case=key, point=loose.id)) == "unknown-point"
    assert not counter.points(key)[1].stands


def test_a_department_speaks_for_itself_and_the_answering_window_for_all(counter) -> None:
    key = counter.company()
    assert counter.point(key, "/company/phone", CLERK, "税务") is None
    counter.books.device = "device-b"
    assert counter.point(key, "/company/phone", SOCIAL, "人社") is None
    assert slug(counter.point(key, "/company/phone", SOCIAL, "税务")) == "department-other"
    assert slug(counter.point(key, "/company/phone", OTHER, "人社")) == "department-other"
    assert slug(counter.point(key, "/company/phone", CLERK, "消防")) == "unknown-department"
    assert slug(counter.point(key, "/company/phone", "P108", "人社")) == "role-missing"
    assert counter.point(key, "/company/phone", "P204", "税务") is None, "the registrar's other window"


@pytest.mark.parametrize("state", ["to_authorise", "granted", "delivered", "void"])
def test_nothing_is_said_on_a_form_that_is_closed(counter, state) -> None:
    key = counter.company()
    point = counter.made(key, "/company/phone")
    counter.notify(key, point)
    counter.with_state(key, state)
    assert slug(counter.point(key, "/company/email")) == "form-closed"
    assert slug(counter.act(ReadPoint, CLERK, case=key, point=point.id)) == "form-closed"
    assert slug(counter.explain(key, point, "对的。")) == "form-closed"


def test_only_words_that_say_something_and_can_be_kept(counter) -> None:
    key = counter.company()
    assert slug(counter.point(key, "/company/phone", opinion=" ")) == "words-missing"
    assert slug(counter.point(key, "/company/phone", opinion="改" * (LONGEST + 1))) == "words-too-long"
    assert slug(counter.point(key, "/company/phone", opinion="改\0")) == "point-unstorable"
    assert slug(counter.point(key, "/company/phone", before=float("nan"))) == "point-unstorable"
    assert slug(counter.point(key, "/company/phone", pointer="company")) == "point-unstorable"
    assert slug(counter.point(key, "/persons/99/name")) == "place-gone"
    assert counter.points(key) == ()
    assert slug(counter.act(ReadPoint, CLERK, case="none", point="none")) == "unknown-case"


def test_a_row_above_that_goes_does_not_settle_the_point_on_the_row_below(counter) -> None:
    key = counter.company()
    point = counter.made(key, "/shareholders/1/subscribed")
    assert point.pointer == "/shareholders/#rows/r2/subscribed"
    counter.save(key, remove_row(counter.document(key), "/shareholders", 0))
    document = counter.document(key)
    assert not point.corrected(document)
    assert plain_place(document, point.pointer) == "/shareholders/0/subscribed"
    counter.save(key, remove_row(document, "/shareholders", 0))
    assert point.corrected(counter.document(key)), "a row that is gone is mended"
    assert plain_place(counter.document(key), point.pointer) is None


def test_true_is_not_one_and_an_emptied_field_is_mended(counter) -> None:
    key = counter.company()
    flag = counter.made(key, "/seals/need", department="公安")
    assert not flag.corrected(counter.document(key))
    assert replace(flag, before=1).corrected(counter.document(key))
    phone = counter.made(key, "/company/phone")
    counter.change(key, "/company/phone", None)
    assert phone.corrected(counter.document(key))


def test_keyed_places_come_back_where_rows_have_keys_twins_or_none() -> None:
    document = {
        "a/b": {"rows": [{"key": "x", "v": 1}, {"key": "#rows", "v": 2}]},
        "bare": [{"v": 1}, {"v": 2}],
        "twins": [{"key": "t", "v": 1}, {"key": "t", "v": 2}],
        "text": "12",
    }
    for place in ("/a~1b/rows/0/v", "/a~1b/rows/1/v", "/bare/1/v", "/twins/1/v", "/text", "/none/of/it"):
        assert plain_place(document, keyed_place(document, place)) == place
    assert there(document, "/a~1b/rows/#rows/x/v") == (True, 1)
    assert there(document, "/a~1b/rows/#rows/gone/v") == (False, None)
    assert there(document, "/bare/2/v") == (False, None)
    assert there({"bare": "no list"}, "/bare/#rows/x") == (False, None)


def test_while_it_waits_only_what_was_told_is_open_and_what_hangs_on_it(counter) -> None:
    document = copy.deepcopy(EXAMPLE)
    now = opened(FORM, document, (), ["/company/term_type", "/shareholders/1/subscribed", "/company/name"])
    for place in (
        "/company/term_type", "/company/term_years", "/shareholders/1/subscribed", "/shareholders/1/contributions/0/amount",
        "/company/trade_name", "/company/name",
    ):  # fmt: skip
        assert now.reason(place) == "", place
    for place in (
        "/company/phone",
        "/shareholders/0/subscribed",
        "/shareholders/0/contributions/0/amount",
        "/persons/0",
    ):
        assert now.reason(place) == CLOSED, place


def test_a_role_opens_the_people_and_a_choice_what_it_empties() -> None:
    role = opened(FORM, EXAMPLE, (), ["/governance/legal_rep/person"])
    assert role.reason("/persons/2/name") == ""
    assert role.reason("/company/phone") == CLOSED
    division = opened(FORM, EXAMPLE, (), ["/company/domicile/full_text"])
    assert division.reason("/company/domicile/postal_code") == "", "emptied when the division is another"
    kind = opened(FORM, EXAMPLE, (), ["/persons/1/id_type"])
    assert kind.reason("/persons/1/id_no") == ""
    assert kind.reason("/persons/0/id_no") == CLOSED
    both = kind.with_also(role)
    assert both.reason("/persons/0/id_no") == ""
    assert opened(FORM, empty_document(FORM), (), ()).reason("/company/phone") == CLOSED
