"""审计 over a real store: in words, by whose authority, whether it was lawful then; exported, signed, recorded, and verified."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from clerk_app import __main__ as lines
from clerk_app.command import Refusal
from clerk_app.duty.model import Seat
from clerk_app.office.counter import visit
from clerk_app.office.duty import cover
from clerk_app.office.duty.pages import first_page, pages_for
from clerk_app.office.office import Done, Office, Session
from clerk_app.office.oversight.audit import Found, kinds_of, look, rows_of, scope
from clerk_app.office.oversight.audit_export import HEADS, Exported, export, table
from clerk_app.office.oversight.audit_question import may_then
from clerk_app.office.oversight.audit_scope import POST_KINDS
from clerk_app.office.oversight.kinds import kind_words
from clerk_app.outside.audit_file import ENDING, SignedExports
from clerk_app.outside.ids import new_id
from clerk_app.outside.keys import SigningKey
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.ports.audit import AuditAsked, AuditLine, AuditPage, Signer
from tests.desk import cut_office, sit
from tests.visits import APPLICANT, whole_visit

DAY = date(2026, 11, 20)
TODAY = AuditAsked(start=DAY, end=DAY)


class PretendCentre:
    """The hall's audit as pages; `away` after so many."""

    def __init__(self, *pages: AuditPage, away: int = 99, problem: CentreProblem | None = None) -> None:
        self.pages, self.away, self.problem = pages, away, problem
        self.asked: list[tuple[AuditAsked, str, Signer]] = []

    def page(self, asked: AuditAsked, cursor: str, by: Signer) -> AuditPage:
        self.asked.append((asked, cursor, by))
        if self.problem is not None:
            raise self.problem
        if len(self.asked) > self.away:
            raise CentreAway("cut")
        return self.pages[len(self.asked) - 1]


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


def as_role(office: Office, person: str) -> None:
    """Somebody without a post sits down."""
    seat = office.hall.roster.role_seat_of(person, 2)
    assert seat is not None
    known = office.hall.roster.people[person]
    office.session = Session(id=new_id(), person=known, seat=seat, online=False, sign=lambda data: "by-hand")


def found(office: Office, asked: AuditAsked = TODAY) -> Found:
    answer = look(office, asked)
    assert isinstance(answer, Found), answer
    return answer


def with_centre(office: Office, centre: PretendCentre) -> PretendCentre:
    office.parts = replace(office.parts, audit=centre)
    return centre


def line(**more: Any) -> AuditLine:
    plain = {"id": new_id(), "at": datetime(2026, 11, 20, 10, 0).astimezone(), "kind": "call_ticket", "actor": "P203"}
    return AuditLine(**{**plain, "window": 2, "device": "d2", "state": "applied", "hall_version": "v", **more})


def covered(office: Office) -> None:
    """罗文静 is away with leave of the right rank; 申屠宁 stands in for her and takes a ticket."""
    sit(office, "P105")
    now = office.parts.clock.now()
    asked = cover.ask_leave(office, now + timedelta(minutes=30), now + timedelta(hours=3), "看牙")
    assert isinstance(asked, Done)
    sit(office, "P101")
    assert isinstance(cover.approve_leave(office, asked.command, "chief_rep"), Done)
    office.parts.clock.moment += timedelta(hours=1)
    person = office.hall.roster.people["P106"]
    seat = Seat(window=4, post="B1")
    office.session = Session(id=new_id(), person=person, seat=seat, online=False, sign=lambda _: "unsigned")


class TestRows:
    def test_who_what_where_about_which_number_and_the_centres_word(self, office) -> None:
        case = whole_visit(office)
        as_role(office, "P109")
        rows = {row.line.kind: row for row in found(office).rows}
        accepted = rows["accept_case"]
        assert (accepted.who, accepted.what, accepted.place) == ("许可心", "受理", "2号窗口")
        assert accepted.basis == "A角 企业开办岗"
        assert accepted.verdict == "在路上"
        number = case.case_no
        assert accepted.line.about == number
        assert rows["call_ticket"].line.about.startswith("号票 A")

    def test_an_act_in_anothers_name_says_by_whose_leave(self, office) -> None:
        covered(office)
        version = office.hall.version
        stamp = office.stamp()
        assert stamp.acting_for == "P105"
        mine = line(
            actor="P106", acting_for="P105", post="B1", window=4, basis=stamp.basis, at=stamp.at, hall_version=version
        )
        (row,) = office.read(lambda books: rows_of([mine], books))
        assert row.who == "申屠宁 代 罗文静"
        assert row.basis == "申屠宁 代 罗文静（顶岗 11:00–13:30，沈启明 准）"

    @pytest.mark.parametrize(
        ("basis", "words"),
        [
            ("a_role:A1", "A角 企业开办岗"), ("b_role:A1", "B角 企业开办岗"), ("role:duty_manager", "值班长"),
            ("letter:江市监授〔2026〕1号", "授权书 江市监授〔2026〕1号"), ("present:A1", "在岗 企业开办岗"),
            ("substitution:gone", "顶岗（本机没有 gone 这一次）"),
        ],
    )  # fmt: skip
    def test_every_basis_in_words(self, office, basis, words) -> None:
        (row,) = office.read(lambda books: rows_of([line(basis=basis, post="A1")], books))
        assert row.basis == words

    def test_a_sign_in_rests_on_the_centres_own_look(self, office) -> None:
        event = line(kind="sign_in_failed", hall_version="", state="", actor="P203")
        (row,) = office.read(lambda books: rows_of([event], books))
        assert (row.what, row.basis, row.verdict) == ("登录没成", "中心核对口令", "中心记的")

    def test_nothing_of_the_applicant_is_in_it(self, office) -> None:
        whole_visit(office)
        as_role(office, "P109")
        text = repr(found(office)) + table(found(office).rows).decode()
        assert APPLICANT.name not in text
        assert not any(word in text for word in (APPLICANT.id_number, APPLICANT.phone, APPLICANT.agent))

    def test_by_person_kind_and_number(self, office) -> None:
        case = whole_visit(office)
        number = case.case_no
        as_role(office, "P109")
        assert {row.line.kind for row in found(office, replace(TODAY, kind="accept_case")).rows} == {"accept_case"}
        assert {row.line.actor for row in found(office, replace(TODAY, person="许可心")).rows} == {"P203"}
        assert found(office, replace(TODAY, person="没有的人")).rows == ()
        about = found(office, replace(TODAY, number=number.rpartition("-")[2])).rows
        assert "accept_case" in {row.line.kind for row in about}
        assert "call_ticket" not in {row.line.kind for row in about}
        assert found(office, replace(TODAY, number="9999")).rows == ()

    def test_another_day_is_another_days(self, office) -> None:
        whole_visit(office)
        as_role(office, "P109")
        assert found(office, AuditAsked(start=DAY - timedelta(days=9), end=DAY - timedelta(days=1))).rows == ()

    def test_pages_of_this_machine_join(self, office, monkeypatch) -> None:
        whole_visit(office)
        as_role(office, "P109")
        whole = [row.line.id for row in found(office).rows]
        monkeypatch.setattr("clerk_app.office.oversight.audit.PAGE", 3)
        joined, cursor = [], ""
        for _ in range(len(whole)):
            answer = look(office, TODAY, cursor, here=True)
            joined += [row.line.id for row in answer.rows]
            cursor = answer.cursor
            if not cursor:
                break
        assert joined == whole


class TestScope:
    @pytest.mark.parametrize(
        ("person", "seen"), [("P109", "all"), ("P110", "posts"), ("P101", "here"), ("P201", "here"), ("P203", "none")]
    )
    def test_by_role(self, office, person, seen) -> None:
        as_role(office, person) if person in ("P109", "P110") else sit(office, person)
        assert scope(office) == seen

    def test_a_clerk_is_told_whose_it_is(self, office) -> None:
        answer = look(office, TODAY)
        assert isinstance(answer, Refusal)
        assert "监察员" in answer.sentence

    def test_nobody_signed_in_sees_nothing(self, office) -> None:
        office.session = None
        assert scope(office) == "none"
        assert isinstance(look(office, TODAY), Refusal)

    def test_an_administrator_sees_no_case(self, office) -> None:
        case = whole_visit(office)
        number = case.case_no
        as_role(office, "P110")
        rows = found(office).rows
        assert {row.line.kind for row in rows} <= POST_KINDS
        assert not any(row.line.about for row in rows)
        assert found(office, replace(TODAY, number=number)).rows == ()
        assert {kind for kind, _ in kinds_of("posts")} & {"accept_case", "record_reveal"} == set()

    def test_what_an_administrator_may_see_is_real_and_names_no_case(self, office) -> None:
        assert set(office.parts.register) >= POST_KINDS
        assert set(kind_words) >= POST_KINDS

    def test_pages(self, office) -> None:
        people = office.hall.roster.people
        assert pages_for(people["P110"]) == {"board", "audit", "roster", "settings", "managing"}
        assert "counter" not in pages_for(people["P109"])
        assert {"counter", "cases", "form", "sealing"} <= pages_for(people["P203"])
        assert "audit" not in pages_for(people["P203"])
        his_own = {"today", "sync", "board", "watch", "settings"}
        assert pages_for(people["P111"]) - his_own == {"counter", "fees", "printing"}, "a cashier works on three"
        assert pages_for(people["P108"]) - his_own == {"counter", "handing", "cases", "printing"}
        assert [first_page(people[key]) for key in ("P203", "P109", "P110")] == ["counter", "audit", "audit"]


class TestCentre:
    def test_the_hall_is_asked_with_the_persons_own_signature(self, office) -> None:
        as_role(office, "P109")
        centre = with_centre(office, PretendCentre(AuditPage(lines=(line(),), cursor="c1")))
        answer = found(office)
        assert (answer.whole, answer.said, answer.cursor) == (True, "", "c1")
        _, cursor, by = centre.asked[0]
        assert (cursor, by.person, by.sign(b"x")) == ("", "P109", "by-hand")

    def test_with_the_line_cut_it_says_so_and_shows_its_own(self, office) -> None:
        whole_visit(office)
        as_role(office, "P109")
        with_centre(office, PretendCentre(away=0))
        answer = found(office)
        assert not answer.whole
        assert answer.said == "线路断着，只看得到本机的，线路恢复后看全厅。"
        assert answer.rows

    def test_a_refusal_of_the_centre_is_shown_in_its_words(self, office) -> None:
        as_role(office, "P109")
        with_centre(office, PretendCentre(problem=CentreProblem("audit-not-signed", "中心认不出是谁在查。", 403)))
        assert found(office).said == "中心认不出是谁在查。"

    def test_who_sees_this_machine_only_does_not_even_ask(self, office) -> None:
        sit(office, "P101")
        centre = with_centre(office, PretendCentre())
        assert found(office).said == ""
        assert centre.asked == []


class TestThen:
    """他当时有权吗."""

    def one(self, office: Office, **more: Any) -> AuditLine:
        plain = {"actor": "P203", "post": "A1", "hall_version": office.hall.version, "at": office.parts.clock.now()}
        return line(**{**plain, **more})

    def test_yes_with_the_capacity_and_what_it_rested_on(self, office) -> None:
        answer = may_then(office, self.one(office, kind="accept_case"))
        assert answer.lawful is True
        assert "窗口人员（A角）" in answer.reason
        assert answer.basis == "A角 企业开办岗"

    def test_no_with_the_reason(self, office) -> None:
        answer = may_then(office, self.one(office, kind="authorise_decision"))
        assert answer.lawful is not True or "指定的人才行" in answer.reason
        stranger = may_then(office, self.one(office, actor="P105"))
        assert stranger.lawful is False
        assert "罗文静" in stranger.reason

    def test_the_answer_is_of_that_moment(self, office) -> None:
        covered(office)
        at = office.parts.clock.now()
        during = self.one(office, actor="P106", post="B1", window=4, acting_for="P105", at=at)
        assert may_then(office, during).lawful is True
        before = replace(during, at=at - timedelta(hours=1))
        assert may_then(office, before).lawful is False
        after = replace(during, at=at + timedelta(hours=6))
        assert may_then(office, after).lawful is False

    def test_in_whose_name_must_be_as_it_was(self, office) -> None:
        answer = may_then(office, self.one(office, acting_for="P105"))
        assert answer.lawful is False
        assert "对不上" in answer.reason

    def test_a_fact_is_recorded_whatever_the_answer(self, office) -> None:
        answer = may_then(office, self.one(office, kind="record_reveal", actor="P110", post=""))
        assert answer.lawful is False
        assert "事实照实记录" in answer.reason

    def test_what_cannot_be_told_here_is_not_guessed(self, office) -> None:
        unknown_version = may_then(office, self.one(office, hall_version="another"))
        unknown_kind = may_then(office, self.one(office, kind="from_the_future"))
        event = may_then(office, line(kind="sign_in", hall_version=""))
        assert [one.lawful for one in (unknown_version, unknown_kind, event)] == [None, None, None]

    def test_by_the_version_the_command_names(self, office) -> None:
        document = json.loads(json.dumps(office.parts.vault.keep.hall_document(office.hall.version)))
        for post in document["posts"]:
            if post["id"] == "A1":
                post["a"], post["b"] = "P106", "P203"
        before = office.hall.version
        office.parts.vault.keep.put_hall_document("later", document)
        office.reload_hall()
        then = self.one(office, kind="accept_case", hall_version=before)
        assert may_then(office, then).lawful is True
        assert may_then(office, replace(then, hall_version="later")).lawful is False


class TestExport:
    @pytest.fixture
    def key(self) -> SigningKey:
        return SigningKey(bytes(range(32)))

    @pytest.fixture
    def done(self, office, key, tmp_path) -> tuple[Office, Exported]:
        whole_visit(office)
        as_role(office, "P109")
        office.parts = replace(office.parts, exports=SignedExports(key, lambda: "device-under-test"))
        answer = export(office, TODAY, tmp_path / "审计.csv")
        assert isinstance(answer, Exported), answer
        return office, answer

    def test_it_is_a_table_other_programs_read(self, done) -> None:
        _, answer = done
        data = answer.file.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\r\n") == data.count(b"\n")
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        assert tuple(rows[0]) == HEADS
        assert len(rows) == answer.rows + 1 > 5
        assert {len(row) for row in rows} == {len(HEADS)}

    def test_the_export_is_itself_a_row_with_the_same_digest(self, done) -> None:
        office, answer = done
        row = next(r for r in office.parts.vault.journal.rows((), 5) if r.kind == "record_export")
        body = json.loads(office.parts.vault.journal.envelope(row.id))["body"]
        signed = json.loads(answer.signature.read_text("utf-8"))
        assert body["digest"] == signed["sha256"]
        assert (body["rows"], body["whole"], signed["command"]) == (answer.rows, False, row.id)

    def verified(self, capsys, *more: str) -> tuple[int, dict[str, Any]]:
        code = lines.main(["audit", "verify", *more])
        out = capsys.readouterr().out
        return code, json.loads(out) if out else {}

    def test_the_shipped_command_verifies_it(self, done, key, capsys) -> None:
        _, answer = done
        code, said = self.verified(capsys, str(answer.file))
        assert (code, said["content_unchanged"], said["signature_good"], said["key_expected"]) == (0, True, True, None)
        assert self.verified(capsys, str(answer.file), "--key", key.public)[0] == 0

    def test_one_changed_byte_another_key_or_a_changed_word_is_found(self, done, capsys) -> None:
        _, answer = done
        other = SigningKey(bytes(32)).public
        assert self.verified(capsys, str(answer.file), "--key", other)[0] == 1
        signed = json.loads(answer.signature.read_text("utf-8"))
        answer.signature.write_text(json.dumps({**signed, "by": "P203"}), "utf-8")
        code, said = self.verified(capsys, str(answer.file))
        assert (code, said["signature_good"]) == (1, False)
        answer.signature.write_text(json.dumps({**signed, "public_key": other}), "utf-8")
        assert self.verified(capsys, str(answer.file))[1]["signature_good"] is False
        answer.signature.write_text(json.dumps(signed), "utf-8")
        answer.file.write_bytes(answer.file.read_bytes() + b" ")
        code, said = self.verified(capsys, str(answer.file))
        assert (code, said["content_unchanged"], said["signature_good"]) == (1, False, True)

    def test_without_its_signature_it_cannot_be_verified(self, done, capsys) -> None:
        _, answer = done
        assert answer.signature.name == answer.file.name + ENDING
        answer.signature.write_text("[]", "utf-8")
        assert self.verified(capsys, str(answer.file))[0] == 2
        answer.signature.unlink()
        assert self.verified(capsys, str(answer.file))[0] == 2

    def test_a_cell_is_never_a_formula(self, office) -> None:
        evil = line(actor="=1+1", about="@SUM(A1)", words='+"a",b\r\nc', kind="-2+3", hall_version="")
        data = table(office.read(lambda books: rows_of([evil], books))).decode("utf-8-sig")
        (_, row) = csv.reader(io.StringIO(data, newline=""))
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
        assert '+"a",b\r\nc' in row[-1], "and nothing of it is lost"

    def test_all_pages_of_the_hall_are_in_it(self, office, key, tmp_path) -> None:
        as_role(office, "P109")
        office.parts = replace(office.parts, exports=SignedExports(key, lambda: "d"))
        with_centre(office, PretendCentre(AuditPage(lines=(line(),), cursor="1"), AuditPage(lines=(line(), line()))))
        answer = export(office, TODAY, tmp_path / "a.csv")
        assert (answer.rows, answer.whole) == (3, True)

    def test_a_line_that_falls_in_the_middle_leaves_no_mixture(self, office, key, tmp_path) -> None:
        whole_visit(office)
        as_role(office, "P109")
        own = len(found(office).rows)
        office.parts = replace(office.parts, exports=SignedExports(key, lambda: "d"))
        with_centre(office, PretendCentre(AuditPage(lines=(line(),), cursor="1"), away=1))
        answer = export(office, TODAY, tmp_path / "a.csv")
        assert (answer.rows, answer.whole) == (own, False)

    @pytest.mark.parametrize("person", ["P203", "P101"])
    def test_only_who_may_exports(self, office, key, tmp_path, person) -> None:
        sit(office, person)
        office.parts = replace(office.parts, exports=SignedExports(key, lambda: "d"))
        assert isinstance(export(office, TODAY, tmp_path / "a.csv"), Refusal)
        assert not (tmp_path / "a.csv").exists()
        assert not any(row.kind == "record_export" for row in office.parts.vault.journal.rows((), 9))

    def test_a_folder_that_cannot_be_written_is_said_and_still_recorded(self, office, key, tmp_path) -> None:
        as_role(office, "P109")
        office.parts = replace(office.parts, exports=SignedExports(key, lambda: "d"))
        answer = export(office, TODAY, tmp_path / "nowhere" / "a.csv")
        assert isinstance(answer, Refusal)
        assert "已记在审计里" in answer.sentence
        assert any(row.kind == "record_export" for row in office.parts.vault.journal.rows((), 9))


def test_the_reveal_is_a_row(office) -> None:
    case = whole_visit(office)
    assert isinstance(visit.reveal(office, case.id), Done)
    as_role(office, "P109")
    (row,) = found(office, replace(TODAY, kind="record_reveal")).rows
    assert row.what == "显示证件号"
    assert row.line.about == case.case_no
