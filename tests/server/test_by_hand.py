"""At the centre by hand: what a new hall document would change, which hall it is of, who agrees, and the very first administrator."""

from __future__ import annotations

import copy
import io
import json
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import delete, select

from clerk_app.office.duty.hall_changes import hall_changes
from clerk_app.server import accounts as book
from clerk_app.server.__main__ import main
from clerk_app.server.database import Database
from clerk_app.server.loading import read_document
from clerk_app.server.tables import accounts, audit_events, hall_head
from resources import path
from tests.server.desk import DAY

DATABASES = ("sqlite",)
Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    return read_document(path("halls", "training.yaml").read_text("utf-8"), DAY)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, url: str) -> Run:
    monkeypatch.setenv("CLERK_DATABASE_URL", url)

    def command(*words: str, typed: str = "") -> tuple[int, Any, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = main(words)
        told = capfd.readouterr()
        return code, json.loads(told.out) if told.out else None, told.err

    return command


@pytest.fixture
def file_of(tmp_path: Path) -> Callable[[dict[str, Any]], str]:
    def written(document: dict[str, Any]) -> str:
        file = tmp_path / "hall.yaml"
        file.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), "utf-8")
        return str(file)

    return written


def changed(whole: dict[str, Any]) -> dict[str, Any]:
    fresh = copy.deepcopy(whole)
    fresh["windows"][0]["name"] = "新的名字"
    fresh["high_risk"] = {"load_hall": "two", "set_password": "two", "revoke_device": "two"}
    return fresh


def version(url: str) -> str:
    with closing(Database(url)) as database, database.reading() as connection:
        found: str = connection.execute(select(hall_head.c.hall_version)).scalar_one()
        return found


class TestWhatChanges:
    def test_nothing(self, whole: dict[str, Any]) -> None:
        assert hall_changes(whole, copy.deepcopy(whole)) == ()

    def test_a_sentence_for_each(self, whole: dict[str, Any]) -> None:
        fresh = changed(whole)
        number, gone = fresh["windows"][0]["number"], fresh["people"].pop()["id"]
        fresh["seals"].append({**fresh["seals"][0], "id": "S-NEW"})
        fresh["calendar"]["overrides"].append(
            {"date": "2027-02-08", "workday": False, "name": "春节", "source": "通知"}
        )
        fresh["short_leave_minutes"] += 5
        said = hall_changes(whole, fresh)
        for sentence in (
            f"窗口 {number} 改了：名称。", f"去掉人员 {gone}。", "新增印章 S-NEW。", "新写了两人办的步骤。",
            "日历改了 1 天：2027-02-08 到 2027-02-08。", "短假分钟数改了。",
        ):  # fmt: skip
            assert sentence in said, said
        assert len(said) == 6
        names = {person["name"] for person in whole["people"]}
        assert not any(name in sentence for sentence in said for name in names), "people by number"

    def test_the_order_of_what_is_served_is_a_change(self, whole: dict[str, Any]) -> None:
        fresh = copy.deepcopy(whole)
        fresh["items"].reverse()
        assert hall_changes(whole, fresh) == ("事项的先后次序变了。",)


class TestLoading:
    def test_diff_says_it_and_loads_nothing(self, run: Run, url: str, whole: dict[str, Any], file_of: Any) -> None:
        before = version(url)
        code, told, _ = run("load-hall", file_of(changed(whole)), "--diff")
        assert (code, len(told["changes"])) == (0, 2)
        assert version(url) == before

    def test_it_asks_first_and_only_yes_is_yes(self, run: Run, url: str, whole: dict[str, Any], file_of: Any) -> None:
        before, file = version(url), file_of(changed(whole))
        for typed in ("", "\n", "不\n", "n\n"):
            code, told, said = run("load-hall", file, typed=typed)
            assert (code, told) == (1, None)
            assert "改了：名称。" in said
            assert "没有装" in said
            assert version(url) == before
        assert run("load-hall", file, typed="是\n")[1]["changes"] == 2
        assert version(url) != before

    def test_another_halls_document_is_refused(self, run: Run, url: str, whole: dict[str, Any], file_of: Any) -> None:
        other = copy.deepcopy(whole)
        other["hall"]["id"] = "JZ02"
        before = version(url)
        code, _, said = run("load-hall", file_of(other), "--yes")
        assert code == 1
        assert "是大厅 JZ02 的，中心装着的是 JZ01，什么也没装" in said
        assert version(url) == before

    def test_two_persons_where_the_hall_says_so(self, run: Run, url: str, whole: dict[str, Any], file_of: Any) -> None:
        assert run("load-hall", file_of(changed(whole)), "--yes")[0] == 0
        before, back = version(url), file_of(whole)
        both = ("--by", "P110", "--second", "P101")
        for words, typed, part in (
            ((), "", "要两个人"),
            (both, "lian-xi-110\nwrong\n", "密码不对"),
            (("--by", "P110", "--second", "P110"), "lian-xi-110\nlian-xi-110\n", "同一个人"),
            (("--by", "P203", "--second", "P101"), "lian-xi-203\nlian-xi-101\n", "值班长"),
        ):
            code, _, said = run("load-hall", back, "--yes", *words, typed=typed)
            assert (code, part in said) == (1, True), said
            assert version(url) == before
        assert "要两个人" in run("set-password", "P203", typed="Ding-shi-2026\n")[2]
        assert "要两个人" in run("revoke-device", "x")[2]
        typed = "Ding-shi-2026\nlian-xi-110\nlian-xi-101\n"
        assert run("set-password", "P203", *both, typed=typed)[1] == {"person": "P203"}
        assert run("load-hall", back, "--yes", *both, typed="lian-xi-110\nlian-xi-101\n")[0] == 0

    def test_whom_the_hall_tells_is_two_persons_word(
        self, run: Run, url: str, whole: dict[str, Any], file_of: Any
    ) -> None:
        city = {"id": "city", "name": "市平台", "way": "folder", "kinds": ["status"], "since": "2026-12-01"}
        before, file = version(url), file_of({**whole, "outside": {"partners": [city]}})
        assert "改对外的平台在本大厅要两个人" in run("load-hall", file, "--yes")[2]
        assert version(url) == before
        both = ("--by", "P110", "--second", "P101")
        assert run("load-hall", file, "--yes", *both, typed="lian-xi-110\nlian-xi-101\n")[0] == 0


class TestFirstAdministrator:
    def test_once_only_with_a_password_told_once(self, run: Run, url: str) -> None:
        assert "已经有账号了" in run("first-admin")[2]
        with closing(Database(url)) as database, database.writing() as connection:
            connection.execute(delete(accounts))
        code, _, said = run("first-admin", "P203")
        assert code == 1
        assert "P110" in said, "who in the document may be it"
        code, told, said = run("first-admin")
        assert (code, told["person"], "只出这一次" in said) == (0, "P110", True)
        with closing(Database(url)) as database, database.reading() as connection:
            row = connection.execute(select(accounts)).one()
            assert book.fits(row.verifier, told["password"])
            assert row.password_at is None, "an initial one: it leads to changing it"
            event = connection.execute(select(audit_events)).one()
            assert (event.kind, event.person) == ("first_admin", "P110")
            assert told["password"] not in repr(event)
        code, told, said = run("first-admin")
        assert (code, told) == (1, None)
        assert "已经有账号了，没有再开" in said
