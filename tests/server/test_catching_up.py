"""What a device asks besides pushing and pulling: hello with its own place, a new journal, a snapshot, news as it comes, a day's digest."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from clerk_app.outside.ids import new_id
from clerk_app.server import retention, snapshot
from clerk_app.server.__main__ import main
from clerk_app.server.loading import new_epoch
from clerk_app.server.tables import changes, counters, envelopes, hall_head
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.tables import holds, number_blocks
from clerk_app.sync import protocol
from clerk_app.sync.wire import GENESIS, bare_of
from tests.server.asgi import Answer, _call
from tests.server.desk import DAY, HALL, NOW, Desk


def told(desk: Desk, **more) -> dict:
    body = {"incarnation": desk.incarnation, "last_seq": desk.seq, "head": desk.head, "client": protocol.CLIENT, **more}
    answer = desk.send("POST", protocol.HELLO, body)
    assert answer.status == 200, answer.json
    return answer.json


def rows(office, query):
    with office.database.reading() as connection:
        return connection.execute(query).all()


class TestHello:
    def test_it_answers_its_place_its_limits_and_a_token(self, desk: Desk):
        desk.do(desk.present())
        said = told(desk)
        assert (said["incarnation"], said["last_seq"], said["head"]) == (1, 1, desk.head)
        assert said["limits"] == {"commands": 100, "bytes": 1 << 20, "chunk": 1 << 20}
        assert said["holds"] == {"early": 5, "late": 5}
        assert (said["schemas_from_days"], said["update_wanted"]) == (180, False)
        desk.token = said["token"]
        assert desk.changes().status == 200

    def test_the_older_form_is_answered_still(self, desk: Desk):
        plain = desk.greet()
        assert plain.status == 200
        assert plain.json["head"] == GENESIS

    def test_an_old_program_is_told_to_update(self, desk: Desk, monkeypatch):
        monkeypatch.setattr(protocol, "OLDEST_CLIENT", protocol.CLIENT + 1)
        assert told(desk)["update_wanted"] is True
        assert told(desk, client=protocol.CLIENT + 1)["update_wanted"] is False

    @pytest.mark.parametrize(
        "wrong", [{"head": "x"}, {"incarnation": -1}, {"last_seq": 1 << 40}, {"blocks": {"case_no:2026": -3}}]
    )
    def test_another_shape_is_not_read(self, desk: Desk, wrong):
        body = {"incarnation": 1, "last_seq": 0, "head": GENESIS, **wrong}
        assert desk.send("POST", protocol.HELLO, body).status == 400

    def test_numbers_a_device_has_had_are_never_given_again(self, office, desk: Desk, desk_at):
        block = desk.block("case_no:2026")
        with office.database.writing() as connection:
            connection.execute(counters.delete())
        told(desk, blocks={"case_no:2026": block["last"]})
        other = desk_at(3).block("case_no:2026")
        assert other["first"] == block["last"] + 1

    def test_what_is_no_number_of_ours_or_far_away_moves_nothing(self, office, desk: Desk):
        desk.block("case_no:2026")
        before = rows(office, select(counters))
        told(desk, blocks={"case_no:2026": 900_000, "nonsense": 5, "case_no:20261": 7, "case_no:2027": 0})
        assert rows(office, select(counters)) == before


class TestIncarnation:
    def begin(self, desk: Desk, number: int) -> Answer:
        return desk.send("POST", protocol.INCARNATIONS, {"incarnation": number})

    def test_blocks_and_holds_are_given_up_and_everyone_hears_of_it(self, office, desk: Desk):
        took = desk.took()
        assert desk.states(desk.record(took), desk.record(desk.called(took.ticket))) == ["applied", "applied"]
        cursor = desk.changes().json["cursor"]
        assert self.begin(desk, 2).json == {"incarnation": 2}
        assert self.begin(desk, 2).json == {"incarnation": 2}, "the answer was lost: the same again"
        (block,) = rows(office, select(number_blocks))
        assert (block.first, block.returned_from) == (1, 2), "the first is used, the others are nobody's for ever"
        assert [row.device for row in rows(office, select(holds))] == [""]
        news = desk.changes(cursor).json["changes"]
        assert [(c["subject"], c["holder"]) for c in news] == [(f"ticket:{took.ticket}", "")]
        assert desk.block(f"ticket:A:{DAY}")["first"] > block.last

    def test_the_new_journal_begins_at_one_and_the_old_one_is_over(self, desk: Desk):
        first = desk.record(desk.present())
        late = desk.record(desk.present())
        assert desk.states(first) == ["applied"]
        self.begin(desk, 2)
        (verdict,) = desk.verdicts(late)
        assert (verdict["state"], verdict["type"]) == ("quarantined", "chain-broken"), "kept, not applied"
        assert desk.states(first) == ["duplicate"], "what it had is answered as before"
        desk.incarnation, desk.seq, desk.head = 2, 0, GENESIS
        assert desk.do(desk.present())["state"] == "applied"
        said = told(desk)
        assert (said["incarnation"], said["last_seq"], said["head"]) == (2, 1, desk.head)

    @pytest.mark.parametrize("number", [1, 3, 9])
    def test_no_number_is_left_out_or_taken_twice(self, desk: Desk, number):
        desk.do(desk.present())
        answer = self.begin(desk, number)
        assert (answer.status, answer.type) == (409, "incarnation-taken")
        assert told(desk)["incarnation"] == 1

    def test_its_own_envelopes_come_back_page_by_page_and_nobody_elses(self, desk: Desk, desk_at, monkeypatch):
        monkeypatch.setattr("clerk_app.server.incarnations.PAGE", 2)
        sent = [desk.record(desk.present()) for _ in range(5)]
        desk.push(*sent)
        desk_at(3).do(desk_at(3).present())
        found, after = [], 1
        while page := desk.send("GET", f"{protocol.ENVELOPES}?incarnation=1&after={after}").json["envelopes"]:
            found += page
            after = page[-1]["device_seq"]
        assert [one["device_seq"] for one in found] == [2, 3, 4, 5]
        assert [one["envelope"] for one in found] == [one["envelope"] for one in sent[1:]]
        assert {one["state"] for one in found} == {"applied"}


class TestBare:
    def test_the_chain_goes_on_over_a_body_nobody_could_take(self, office, desk: Desk):
        given_up = desk.record(desk.present())
        after = desk.record(desk.present())
        assert desk.states(after) == ["held"], "a gap"
        bare = bare_of(given_up["envelope"].encode())
        sent = {"envelope": bare.frame.decode(), "signature": given_up["signature"], "hash": bare.hash, "day": bare.day}
        (verdict,) = desk.verdicts(sent)
        assert (verdict["state"], verdict["type"]) == ("quarantined", "given-up")
        assert desk.states(after) == ["applied"]
        kept = {row.device_seq: row for row in rows(office, select(envelopes))}
        assert (kept[1].hash, kept[1].day) == (bare.hash, DAY)
        assert b"sign_in" not in kept[1].envelope
        assert told(desk)["head"] == desk.head

    def test_a_hash_is_a_hash(self, desk: Desk):
        given_up = desk.record(desk.present())
        assert desk.push({**given_up, "hash": "A" * 64}).status == 400


class TestSnapshot:
    def all_pages(self, desk: Desk) -> tuple[list, list[str]]:
        found, cursors, page = [], [], ""
        while True:
            answer = desk.send("GET", f"{protocol.SNAPSHOT}?page={page}")
            assert answer.status == 200, answer.json
            found += answer.json["changes"]
            cursors.append(answer.json["cursor"])
            if not (page := answer.json["next"]):
                return found, cursors

    def visits(self, desk: Desk, count: int) -> list[str]:
        tickets = [desk.took() for _ in range(count)]
        sent = [*(desk.record(t) for t in tickets), desk.record(desk.present())]
        assert set(desk.states(*sent)) == {"applied"}
        return [f"ticket:{t.ticket}" for t in tickets]

    def test_it_says_what_the_feed_says(self, desk: Desk, monkeypatch):
        monkeypatch.setattr(snapshot, "PAGE", 3)
        self.visits(desk, 7)
        found, cursors = self.all_pages(desk)
        assert len(cursors) > 2
        assert len(set(cursors)) == 1, "the cursor of its beginning"
        last = {c["subject"]: (c["row"], c["holder"]) for c in desk.changes().json["changes"]}
        assert {c["subject"]: (c["row"], c["holder"] or None) for c in found} == last
        assert len(found) == len(last)
        assert desk.changes(cursors[0]).json["changes"] == []

    def test_what_happens_while_it_is_read_comes_after_its_cursor(self, desk: Desk, monkeypatch):
        monkeypatch.setattr(snapshot, "PAGE", 2)
        tickets = self.visits(desk, 5)
        first = desk.send("GET", f"{protocol.SNAPSHOT}?page=").json
        late = desk.took()
        desk.states(desk.record(late), desk.record(desk.called(late.ticket)))
        news = desk.changes(first["cursor"]).json["changes"]
        assert {c["subject"] for c in news} == {f"ticket:{late.ticket}"}
        assert f"ticket:{late.ticket}" not in tickets

    def test_nobody_holds_is_said(self, office, desk: Desk):
        (subject,) = self.visits(desk, 1)
        desk.send("POST", protocol.INCARNATIONS, {"incarnation": 2})
        found, _ = self.all_pages(desk)
        assert {c["subject"]: c["holder"] for c in found}[subject] == ""

    def test_old_days_stay_at_the_centre(self, desk: Desk, clock):
        self.visits(desk, 3)
        clock.time = NOW + timedelta(days=40)
        found, _ = self.all_pages(desk)
        assert not [c for c in found if c["subject"].startswith("ticket:")]
        assert [c for c in found if c["subject"].startswith("sign_in:")]

    @pytest.mark.parametrize("page", ["x", "bm90aGluZw", "%00"])
    def test_a_page_of_nothing_is_gone(self, desk: Desk, page):
        assert desk.send("GET", f"{protocol.SNAPSHOT}?page={page}").status == 410

    def test_a_page_of_another_epoch_is_gone(self, office, desk: Desk, monkeypatch):
        monkeypatch.setattr(snapshot, "PAGE", 2)
        self.visits(desk, 5)
        page = desk.send("GET", f"{protocol.SNAPSHOT}?page=").json["next"]
        with office.database.writing() as connection:
            new_epoch(connection)
        assert desk.send("GET", f"{protocol.SNAPSHOT}?page={page}").status == 410


class TestHorizon:
    def fill(self, desk: Desk, count: int) -> list[str]:
        cursors = [""]
        for _ in range(count):
            desk.do(desk.took())
            cursors.append(desk.changes(cursors[-1]).json["cursor"])
        return cursors

    def prune_before(self, office, seq: int) -> dict:
        """As if the changes up to here were old: their ids say when they were made."""
        (row,) = rows(office, select(changes).where(changes.c.seq == seq))
        made = datetime.fromtimestamp(int(row.id.replace("-", "")[:12], 16) / 1000, HALL_ZONE)
        return retention.prune(office.database, made, made + timedelta(days=36))

    def test_behind_the_horizon_a_snapshot_is_asked_for(self, office, desk: Desk, monkeypatch):
        monkeypatch.setattr(retention, "PIECE", 2)
        cursors = self.fill(desk, 8)
        gone = self.prune_before(office, 6)
        assert 1 <= gone[HALL] <= 5
        (head,) = rows(office, select(hall_head.c.horizon, hall_head.c.seq))
        assert 0 < head.horizon <= 5
        assert desk.changes().status == 410, "from the beginning there is no way"
        assert desk.changes(cursors[head.horizon - 1]).status == 410
        assert desk.changes(cursors[head.horizon]).status == 200, "a cursor may rest on the horizon"
        left = desk.changes(cursors[head.horizon]).json["changes"]
        assert [c["seq"] for c in left] == list(range(head.horizon + 1, head.seq + 1))

    def test_a_quiet_hall_keeps_its_last_change_and_pruning_again_changes_nothing(self, office, desk: Desk):
        cursors = self.fill(desk, 4)
        later = datetime.now(HALL_ZONE) + timedelta(days=1)
        assert retention.prune(office.database, later) == {HALL: 0}, "the hall keeps them longer than was asked for"
        past = later + timedelta(days=36)
        assert retention.prune(office.database, later, past) == {HALL: 3}
        assert retention.prune(office.database, later, past) == {HALL: 0}
        assert desk.changes(cursors[-1]).status == 200
        desk.do(desk.took())
        assert len(desk.changes(cursors[-1]).json["changes"]) == 1

    def test_the_chore_keeps_35_days_at_least(self, url: str, capsys, monkeypatch):
        monkeypatch.setenv("CLERK_DATABASE_URL", url)
        assert main(["prune-changes", "--keep-days", "34"]) == 2
        assert "至少留 35 天" in capsys.readouterr().err
        assert main(["prune-changes"]) == 0
        assert json.loads(capsys.readouterr().out) == {"pruned": {HALL: 0}}


class TestWaiting:
    """Many questions stay open on one loop; none holds a thread or a connection."""

    MANY = 70

    async def ask(self, app, desk: Desk, path: str) -> Answer:
        return await _call(app, "GET", path, b"", desk.signed("GET", path, b""))

    def test_news_reaches_everyone_who_waits_and_others_are_served_meanwhile(self, app, desk: Desk):
        cursor = desk.changes().json["cursor"]
        path = f"{protocol.CHANGES}?cursor={cursor}&limit=10&wait=20"
        sent = desk.record(desk.took())
        body = json.dumps({"commands": [sent]}).encode()

        async def scene() -> tuple[list[Answer], float, float]:
            waiting = [asyncio.create_task(self.ask(app, desk, path)) for _ in range(self.MANY)]
            while len(app.state.watcher._waiting) < self.MANY:
                await asyncio.sleep(0.01)
            assert app.state.office.database.engine.pool.checkedout() <= 1, "at most the one that looks"
            began = time.monotonic()
            push = await _call(app, "POST", protocol.COMMANDS, body, desk.signed("POST", protocol.COMMANDS, body))
            pushed = time.monotonic()
            assert push.json["verdicts"][0]["state"] == "applied"
            answers = await asyncio.wait_for(asyncio.gather(*waiting), 10)
            return answers, pushed - began, time.monotonic() - pushed

        answers, _, reached = asyncio.run(scene())
        assert [len(a.json["changes"]) for a in answers] == [1] * self.MANY
        assert reached < 5, "within a look or two, not at the end of the wait"

    def test_without_news_it_ends_empty(self, app, desk: Desk):
        cursor = desk.changes().json["cursor"]
        began = time.monotonic()
        answer = desk.send("GET", f"{protocol.CHANGES}?cursor={cursor}&limit=10&wait=1")
        assert (answer.status, answer.json["changes"], answer.json["cursor"]) == (200, [], cursor)
        assert time.monotonic() - began >= 1
        assert not app.state.watcher._waiting

    @pytest.mark.parametrize("wait", ["-1", "26", "soon"])
    def test_nobody_waits_longer(self, desk: Desk, wait):
        assert desk.send("GET", f"{protocol.CHANGES}?cursor=&limit=10&wait={wait}").status == 400


class TestDigests:
    def day(self, desk: Desk, day=DAY) -> dict:
        answer = desk.send("POST", protocol.DIGESTS, {"day": day.isoformat()})
        assert answer.status == 200, answer.json
        return {row["device"]: row for row in answer.json["digests"]}

    def test_each_device_has_its_count_and_its_last_hash(self, desk: Desk, desk_at):
        other = desk_at(3)
        for _ in range(3):
            desk.do(desk.present())
        other.do(other.present())
        yesterday = desk.head
        desk.do(desk.present(at=NOW + timedelta(days=1)))
        found = self.day(desk)
        assert (found[desk.device]["rows"], found[desk.device]["head"], found[desk.device]["undecided"]) == (
            3,
            yesterday,
            0,
        )
        assert (found[other.device]["rows"], found[other.device]["window"]) == (1, 3)
        assert self.day(desk, DAY + timedelta(days=1))[desk.device]["head"] == desk.head
        assert self.day(desk, DAY + timedelta(days=2)) == {}

    def test_the_hall_day_counts_not_the_zone_the_act_was_written_in(self, desk: Desk):
        from datetime import UTC

        desk.do(desk.present(at=datetime(2026, 11, 20, 23, 30, tzinfo=UTC)))
        assert self.day(desk) == {}
        assert self.day(desk, DAY + timedelta(days=1))[desk.device]["rows"] == 1

    def test_what_waits_is_said_and_what_never_joined_the_chain_does_not_count(self, desk: Desk):
        desk.do(desk.present())
        needs = desk.called(new_id(), needs=(new_id(),))
        desk.do(needs)
        row = self.day(desk)[desk.device]
        assert (row["rows"], row["undecided"]) == (2, 1)
        desk.seq, desk.head = 0, GENESIS
        assert desk.do(desk.present())["type"] == "chain-broken"
        assert self.day(desk)[desk.device]["rows"] == 2


def test_the_whole_is_described(office):
    from clerk_app.server.app import build_app

    with closing(office.database):
        paths = build_app(office).openapi()["paths"]
    assert {"get", "post"} <= paths["/v1/hello"].keys()
    for path in ("snapshot", "envelopes", "incarnations", "digests"):
        assert f"/v1/{path}" in paths
    assert "wait" in {p["name"] for p in paths["/v1/changes"]["get"]["parameters"]}
