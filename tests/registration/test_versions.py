"""表的版本: an older form's document becomes one of today's, and is told; whatever it held is found again."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.office.registration.reference import company_form, form_asked, form_editions
from clerk_app.registration.document import get, storable
from clerk_app.registration.model import empty_document, missing
from clerk_app.registration.versions import EARLIER, asked_before, brought_up, earlier_note
from tests.registration.test_form import EXAMPLE

FORM, EDITIONS = company_form(), form_editions()


def older() -> dict[str, Any]:
    """As the form of 2022 had it: other names, a number that is gone, nothing of what came in 2026."""
    document = copy.deepcopy(EXAMPLE)
    company = document["company"]
    company["capital"] = company.pop("registered_capital")
    company["registration_number"] = "429901000012345"
    company["licence"] = {"copies": 2}
    document["contact"] = document.pop("liaison")
    for person in document["persons"]:
        for name in [name for name in person if name.startswith("real_name")]:
            del person[name]
    return document


def test_a_document_of_today_is_left_alone() -> None:
    assert brought_up(FORM, EXAMPLE, FORM.version, EDITIONS).sentences == ()
    assert brought_up(FORM, EXAMPLE, FORM.version, EDITIONS).document == EXAMPLE


def test_what_moved_is_moved_what_is_new_is_empty_and_the_clerk_is_told() -> None:
    made = brought_up(FORM, older(), "2022.1", EDITIONS)
    assert get(made.document, "/company/registered_capital") == "100"
    assert get(made.document, "/liaison/person") == "p3"
    assert "capital" not in made.document["company"]
    assert made.document["persons"][0]["real_name_proof"] is None
    assert made.document["persons"][0]["name"] == "解芸岚"
    first, second, third = made.sentences
    assert first == f"这份表是 2022.1 版的，已换成 {FORM.version} 版，填过的都在。"
    assert second.startswith("新表多了 ")
    assert "registration_number" in third
    assert dict(earlier_note(made.document)) == {
        "/company/registration_number": "429901000012345",
        "/company/licence": "2",
    }
    assert storable(made.document)
    again = brought_up(FORM, made.document, "", EDITIONS)
    assert (again.document, again.sentences) == (made.document, ())


def test_a_version_nobody_knows_is_told_and_read_as_far_as_it_goes() -> None:
    made = brought_up(FORM, older(), "1999-A", EDITIONS)
    assert "不认得这一版" in made.sentences[0]
    assert get(made.document, "/company/registered_capital") is None
    assert made.document[EARLIER]["/company/capital"] == "100"
    assert all(one.endswith("。") for one in made.sentences)


def test_an_old_value_does_not_replace_one_that_stands_there() -> None:
    document = {**older(), "liaison": {"person": "p1"}}
    made = brought_up(FORM, document, "2022.1", EDITIONS)
    assert get(made.document, "/liaison/person") == "p1"
    assert made.document[EARLIER]["/contact"] == {"person": "p3"}


def test_what_a_later_edition_added_is_not_asked_of_an_earlier_application() -> None:
    document = copy.deepcopy(EXAMPLE)
    document["shareholders"][0]["contributions"][0]["due_on"] = None
    before, after = date(2026, 4, 30), date(2026, 5, 1)
    place = "/shareholders/0/contributions/0/due_on"
    assert place not in {one.pointer for one in missing(form_asked("设立", before), document)}
    assert place in {one.pointer for one in missing(form_asked("设立", after), document)}
    assert form_asked("设立", after) is FORM
    assert asked_before(FORM, ()) is FORM


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in texts(inner)]
    return [json.dumps(value)] if value not in (None, "") else []


names = st.sampled_from(["company", "persons", "name", "uscc", "capital", "contact", "person", "liaison", "scope", "x"])
trees = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(1, 9), st.sampled_from(["甲", "乙"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=4)),
    max_leaves=14,
)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(names, trees, max_size=5), st.sampled_from(["", "2022.1", "1999-A"]))
def test_nothing_is_lost_whatever_it_held(document: dict[str, Any], version: str) -> None:
    made = brought_up(FORM, document, version, EDITIONS)
    left = texts(made.document)
    for text in texts(document):
        assert text in left
        left.remove(text)
    assert set(empty_document(FORM)) <= set(made.document)
    assert brought_up(FORM, made.document, "", EDITIONS).document == made.document
