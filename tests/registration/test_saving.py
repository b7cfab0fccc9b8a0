"""存表: the whole document in one command; refused when the case is not ours to change; the same at both ends."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clerk_app.command import Refusal
from clerk_app.office.counter import visit
from clerk_app.office.judge import judge
from clerk_app.office.office import Office
from clerk_app.office.register import build_register
from clerk_app.office.registration.reference import company_form
from clerk_app.office.registration.saving import FormSaver, save_form
from clerk_app.patching import diff
from clerk_app.ports import NumberBlock
from clerk_app.registration.model import FormDraft, empty_document
from clerk_app.registration.usecases import SaveForm
from clerk_app.sync.wire import Codec, UnreadableCommand, body_of, read_envelope
from tests.desk import cut_office
from tests.memory_books import MemoryBooks
from tests.registration.test_form import EXAMPLE
from tests.visits import accept, done, receive, serve

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
plain = st.one_of(st.none(), st.booleans(), st.integers(-(2**52), 2**52), texts)
documents = st.dictionaries(
    texts,
    st.recursive(plain, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
                 max_leaves=12),
    max_size=6,
)  # fmt: skip


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


def kept(office: Office, case: str) -> FormDraft:
    draft = office.read(lambda books: books.form(case))
    assert draft is not None
    return draft


def refused(outcome: object) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    assert outcome.sentence.endswith("。")
    return outcome


def test_the_document_is_kept_with_who_and_when(office) -> None:
    case = receive(office, serve(office))
    done(save_form(office, case.id, EXAMPLE))
    draft = kept(office, case.id)
    assert draft.document == EXAMPLE
    assert (draft.by, draft.form_version) == ("P203", company_form().version)
    accept(office, case)
    done(save_form(office, case.id, {**EXAMPLE, "persons": []}))
    later = kept(office, case.id)
    assert later.document["persons"] == []
    assert later.saved_at > draft.saved_at


def test_it_is_refused_in_one_sentence_and_nothing_is_lost(office) -> None:
    assert refused(save_form(office, "none", EXAMPLE)).type == "unknown-case"
    case = receive(office, serve(office))
    done(save_form(office, case.id, EXAMPLE))
    assert refused(save_form(office, case.id, {"company": {"name": "\x00"}})).type == "form-unstorable"
    assert kept(office, case.id).document == EXAMPLE


@pytest.fixture
def command(office) -> SaveForm:
    fields = office.stamp().fields(office.parts.new_id)
    patch = diff({}, EXAMPLE)
    return SaveForm(**fields, case="c-1", form_version="2026.1", patch=dict(patch.merge), touched=dict(patch.touched))


@pytest.fixture
def books(office, command) -> MemoryBooks:
    case = receive(office, serve(office))
    books = MemoryBooks(office.hall)
    books.put_case(dataclasses.replace(case, id="c-1"))
    books.take_hold("case:c-1")
    return books


def test_only_an_open_case_of_an_item_with_the_form_in_our_hands(office, books, command) -> None:
    register = build_register()
    assert judge(command, books, register) is None
    assert books.forms["c-1"].document == EXAMPLE
    case = books.cases["c-1"]
    for state in ("to_authorise", "granted", "sealed", "delivered"):
        books.put_case(dataclasses.replace(case, state=state))
        assert refused(judge(command, books, register)).type == "form-closed"
    other = next(code for code, item in office.hall.items.items() if not item.form)
    books.put_case(dataclasses.replace(case, item=other))
    assert refused(judge(command, books, register)).type == "no-form"
    books.put_case(case)
    books.device = "device-b"
    assert refused(judge(command, books, register)).type == "held-elsewhere"
    del books.holds["case:c-1"]
    assert refused(judge(command, books, register)).type == "not-held"


def test_the_company_item_has_the_form_and_waits_for_its_case(office, command) -> None:
    assert [item.short for item in office.hall.items.values() if item.form] == [
        "公司设立",
        "公司变更",
        "公司注销",
        "公司备案",
    ]
    assert command.subjects == ("form:c-1", "case:c-1")
    assert not command.fact


def replayed(office: Office) -> MemoryBooks:
    """The journal judged again elsewhere, from its bytes."""
    register = build_register()
    codec, books = Codec(register), MemoryBooks(office.hall, "device-under-test")
    for kind, name in ((f"case_no:{office.parts.clock.now().year}", "b-case"),):
        books.give_block(NumberBlock(id=name, kind=kind, first=1, last=9000))
    day = office.parts.clock.now().date()
    books.give_block(NumberBlock(id="b-a", kind=f"ticket-reserve:A:{day.isoformat()}", first=901, last=9990))
    for sent in office.parts.vault.journal.due(0.0, 1000, 1 << 24):
        command = codec.command(read_envelope(sent.envelope).body)
        assert judge(command, books, register) is None
    return books


def test_it_replays_equal_at_the_other_end(office) -> None:
    case = receive(office, serve(office))
    done(save_form(office, case.id, empty_document(company_form())))
    case = accept(office, case)
    done(save_form(office, case.id, EXAMPLE))
    done(visit.finish(office, case.ticket))
    there = replayed(office)
    assert there.forms[case.id] == kept(office, case.id)
    assert there.cases[case.id] == office.read(lambda books: books.case(case.id))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(documents)
def test_any_typed_document_comes_back_as_it_was(shared_office: tuple[Office, str], document: dict[str, Any]) -> None:
    office, case = shared_office
    done(save_form(office, case, document))
    assert kept(office, case).document == document
    last = office.parts.vault.journal.due(0.0, 1000, 1 << 24)[-1]
    assert json.loads(last.envelope)["body"]["schema"] == 2


def last_body(office: Office) -> dict[str, Any]:
    return json.loads(office.parts.vault.journal.due(0.0, 1000, 1 << 24)[-1].envelope)["body"]


def renamed(document: dict[str, Any], name: str) -> dict[str, Any]:
    return {**document, "company": {**document["company"], "name": name}}


def test_only_what_changed_is_sent(office) -> None:
    case = receive(office, serve(office))
    saver = FormSaver(office, case.id)
    done(saver.save(EXAMPLE))
    done(saver.save(renamed(EXAMPLE, "岚")))
    body = last_body(office)
    assert (body["patch"], body["touched"]) == (
        {"company": {"name": "岚"}},
        {"/company/name": EXAMPLE["company"]["name"]},
    )
    assert body["whole"] is None
    assert kept(office, case.id).document == renamed(EXAMPLE, "岚")


def test_what_another_saved_is_told_and_never_overwritten_unseen(office) -> None:
    case = receive(office, serve(office))
    done(save_form(office, case.id, EXAMPLE))
    page, other = FormSaver(office, case.id, EXAMPLE), FormSaver(office, case.id, EXAMPLE)
    done(other.save({**renamed(EXAMPLE, "江州岚公司"), "persons": []}))
    mine = renamed(EXAMPLE, "江州蓝公司")
    told = refused(page.save(mine))
    assert told.type == "field-conflict"
    assert "江州岚公司" in told.sentence
    assert "您改的还没存" in told.sentence
    assert kept(office, case.id).document["company"]["name"] == "江州岚公司"
    done(page.save(mine))
    assert kept(office, case.id).document == {**mine, "persons": []}, (
        "mine where I was told, theirs where I typed nothing"
    )


def test_a_whole_document_of_schema_1_still_counts(office, books, command) -> None:
    codec = Codec(build_register())
    old = {key: value for key, value in body_of(command).items() if key not in ("patch", "touched", "base", "whole")}
    read = codec.command({**old, "schema": 1, "document": {"company": {"name": "岚"}, "note": None}})
    assert isinstance(read, SaveForm)
    assert judge(read, books, build_register()) is None
    assert books.forms["c-1"].document == {"company": {"name": "岚"}, "note": None}
    for schema in (0, 3, "1", None, True):
        with pytest.raises(UnreadableCommand):
            codec.command({**old, "schema": schema, "document": {}})


def test_a_change_without_its_old_value_is_not_believed(books, command) -> None:
    blind = dataclasses.replace(command, touched={})
    assert refused(judge(blind, books, build_register())).type == "edit-unreadable"
    assert books.forms == {}


def test_a_void_case_takes_no_edit(books, command) -> None:
    books.put_case(dataclasses.replace(books.cases["c-1"], state="void"))
    assert refused(judge(command, books, build_register())).type == "case-void"


def test_other_fields_meanwhile_are_said(books, command) -> None:
    register = build_register()
    assert register["save_form"].meanwhile(command, books) == ""
    assert judge(command, books, register) is None
    saved = books.forms["c-1"].saved_at
    patch = diff(EXAMPLE, {**EXAMPLE, "persons": []})
    later = dataclasses.replace(command, patch=dict(patch.merge), touched=dict(patch.touched), base=saved)
    assert register["save_form"].meanwhile(later, books) == ""
    blind = dataclasses.replace(later, base=None)
    assert register["save_form"].meanwhile(blind, books).endswith("两边的改动都在。")


@pytest.fixture(scope="module")
def shared_office(tmp_path_factory):
    office = cut_office(tmp_path_factory.mktemp("forms"))
    case = receive(office, serve(office))
    yield office, case.id
    office.parts.vault.close()
