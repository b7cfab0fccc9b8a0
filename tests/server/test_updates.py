"""更新 at the centre: packages taken or refused, let out by two persons, offered window by window, fetched by ranges."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from clerk_app.ports.updates import UpdateTrouble
from clerk_app.server import updates
from clerk_app.server.centre import CentreOffice
from clerk_app.server.problems import ProblemError
from clerk_app.server.updates import Wish
from clerk_app.sync import protocol
from tests.server.asgi import call
from tests.server.conftest import Clock
from tests.server.desk import Desk
from tests.updates.programs import KEY, SAID, STRANGER, package

KEYS = (KEY.public,)
ADMIN, CHIEF, CLERK = ("P110", "lian-xi-110"), ("P101", "lian-xi-101"), ("P203", "lian-xi-203")
HALL = "JZ01"


def offered(desk: Desk, version: str = "0.1.0", platform: str = SAID.platform) -> dict[str, Any]:
    answer = desk.send("GET", f"{protocol.UPDATES}?version={version}&platform={platform}")
    assert answer.status == 200, answer.json
    found: dict[str, Any] = answer.json
    return found


def let_out(office: CentreOffice, first: frozenset[int], rest_after: int | None = None) -> None:
    day = None if rest_after is None else (office.now() + timedelta(days=rest_after)).date()
    updates.plan(office, HALL, "P110", Wish("0.2.0", first, day))
    updates.confirm(office, HALL, "P101", "0.2.0")


@pytest.fixture
def added(office: CentreOffice, tmp_path: Path) -> Path:
    file = package(tmp_path)
    updates.add(office.database, "", file, KEYS)
    return file


class TestTaking:
    def test_a_false_one_is_refused_with_its_sentence(self, office: CentreOffice, tmp_path: Path) -> None:
        with pytest.raises(UpdateTrouble, match="不是发行的人签的"):
            updates.add(office.database, "", package(tmp_path, key=STRANGER), KEYS)

    def test_the_same_again_another_of_the_same_version_and_an_older_one_are_refused(
        self, office: CentreOffice, added: Path, tmp_path: Path
    ) -> None:
        for file, type_ in (
            (added, "update-there"),
            (package(tmp_path / "other", script="exit 0"), "update-there"),
            (package(tmp_path, "0.1.9"), "update-older"),
            (package(tmp_path, "0.3.0", client=protocol.OLDEST_CLIENT - 1), "update-unfit"),
            (package(tmp_path / "far", "0.3.0", oldest=protocol.CLIENT + 1), "update-unfit"),
        ):
            with pytest.raises(ProblemError) as problem:
                updates.add(office.database, "", file, KEYS)
            assert problem.value.type == type_
        listed = updates.listed(office.database, HALL)
        assert [one["version"] for one in listed["packages"]] == ["0.2.0"]

    def test_another_platform_has_its_own(self, office: CentreOffice, added: Path, tmp_path: Path) -> None:
        updates.add(office.database, "", package(tmp_path / "win", platform="win_amd64"), KEYS)
        assert len(updates.listed(office.database, HALL)["packages"]) == 2


class TestLettingOut:
    def test_nothing_is_offered_before_another_person_confirmed(
        self, office: CentreOffice, desk: Desk, added: Path
    ) -> None:
        assert offered(desk) == {"offer": None, "newest": ""}
        updates.plan(office, HALL, "P110", Wish("0.2.0", frozenset({2}), None))
        assert offered(desk) == {"offer": None, "newest": ""}
        with pytest.raises(ProblemError, match="same-person"):
            updates.confirm(office, HALL, "P110", "0.2.0")
        updates.confirm(office, HALL, "P101", "0.2.0")
        said = offered(desk)
        assert (said["newest"], said["offer"]["version"], said["offer"]["notes"]) == ("0.2.0", "0.2.0", "叫号更快。")
        assert offered(desk, "0.2.0")["offer"] is None
        assert offered(desk, platform="win_amd64") == {"offer": None, "newest": ""}

    def test_chosen_windows_first_the_rest_from_their_day(
        self, office: CentreOffice, clock: Clock, desk_at: Callable[[int], Desk], added: Path
    ) -> None:
        let_out(office, frozenset({2}), rest_after=2)
        first, other = desk_at(2), desk_at(3)
        assert [bool(offered(desk)["offer"]) for desk in (first, other)] == [True, False]
        assert offered(other)["newest"] == "0.2.0", "it knows that it is behind"
        clock.time += timedelta(days=2)
        assert [bool(offered(desk)["offer"]) for desk in (first, other)] == [True, True]

    def test_one_person_stops_it_and_two_let_it_out_again(self, office: CentreOffice, desk: Desk, added: Path) -> None:
        let_out(office, frozenset({2}))
        updates.pause(office, HALL, "P101", "0.2.0")
        assert offered(desk) == {"offer": None, "newest": ""}
        with pytest.raises(ProblemError, match="nothing-asked"):
            updates.confirm(office, HALL, "P101", "0.2.0")
        let_out(office, frozenset({2}))
        assert offered(desk)["offer"] is not None
        plans = updates.listed(office.database, HALL)["plans"]
        assert [(one["asked_by"], one["confirmed_by"], one["paused_by"]) for one in plans] == [
            ("P110", "P101", "P101"),
            ("P110", "P101", ""),
        ]

    def test_a_new_plan_counts_only_when_it_is_confirmed(self, office: CentreOffice, desk: Desk, added: Path) -> None:
        let_out(office, frozenset({2}))
        updates.plan(office, HALL, "P110", Wish("0.2.0", frozenset({3}), None))
        assert offered(desk)["offer"] is not None
        updates.confirm(office, HALL, "P101", "0.2.0")
        assert offered(desk)["offer"] is None

    @pytest.mark.parametrize(
        ("wish", "type_"),
        [
            (Wish("0.3.0", frozenset({2}), None), "update-unknown"),
            (Wish("0.2.0", frozenset({99}), None), "window-unknown"),
            (Wish("0.2.0", frozenset(), None), "plan-empty"),
        ],
    )
    def test_what_nobody_could_mean_is_refused(self, office: CentreOffice, added: Path, wish: Wish, type_: str) -> None:
        with pytest.raises(ProblemError, match=type_):
            updates.plan(office, HALL, "P110", wish)

    def test_it_takes_somebody_who_answers_for_the_hall(self, office: CentreOffice) -> None:
        assert updates.answerable(office, HALL, *ADMIN) == "P110"
        assert updates.answerable(office, HALL, *CHIEF) == "P101"
        with pytest.raises(ProblemError, match="not-answerable"):
            updates.answerable(office, HALL, *CLERK)
        with pytest.raises(ProblemError, match="password-wrong"):
            updates.answerable(office, HALL, "P110", "wrong")


class TestFetching:
    def test_by_ranges_and_only_packages(self, office: CentreOffice, desk: Desk, added: Path) -> None:
        data = added.read_bytes()
        path = f"{protocol.UPDATES}/{hashlib.sha256(data).hexdigest()}"
        whole = call(desk.app, "GET", path, b"", desk.signed("GET", path, b""))
        assert (whole.status, whole.content) == (200, data)
        part = call(desk.app, "GET", path, b"", {**desk.signed("GET", path, b""), "Range": "bytes=100-299"})
        assert (part.status, part.content) == (206, data[100:300])
        assert part.headers["content-range"] == f"bytes 100-299/{len(data)}"
        for wrong in (f"{protocol.UPDATES}/{'0' * 64}", f"{protocol.UPDATES}/x"):
            answer = desk.send("GET", wrong)
            assert (answer.status, answer.type) == (404, "update-unknown")

    def test_a_stranger_gets_nothing(self, desk: Desk, added: Path) -> None:
        assert call(desk.app, "GET", protocol.UPDATES, b"", {}).status == 401


def test_by_the_command_line_from_the_key_to_the_plan(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import sys

    from clerk_app import __main__ as lines
    from clerk_app.server.__main__ import main as centre
    from tests.updates.programs import program

    def run(main: Callable[[list[str]], int], *words: str, typed: str = "") -> tuple[int, Any, str]:
        monkeypatch.setenv("CLERK_DATABASE_URL", url)
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = main(list(words))
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out else None, said.err

    run(lines.main, "release-key", "make", "--out", str(tmp_path))
    private = tmp_path / "release_key.private"
    assert private.stat().st_mode & 0o777 == 0o600
    (tmp_path / "notes").write_text("叫号更快。\n", encoding="utf-8")
    folder = program(tmp_path / "built", "0.2.0")
    words = ("--key", str(private), "--notes", str(tmp_path / "notes"), "--out", str(tmp_path))
    code, packed, _ = run(lines.main, "update-package", str(folder), *words)
    assert (code, packed["version"]) == (0, "0.2.0")
    code, _, said = run(centre, "add-update", packed["file"])
    assert (code, "不是发行的人签的" in said) == (1, True)
    keys = ("--release-keys", str(tmp_path / "release_key.pub"))
    assert run(centre, "add-update", packed["file"], *keys)[1]["platform"] == SAID.platform
    for person, command, more in ((ADMIN, "plan-update", ("--first", "2", "3")), (CHIEF, "confirm-update", ())):
        code, told, said = run(centre, command, "0.2.0", "--person", person[0], *more, typed=person[1] + "\n")
        assert code == 0, said
    assert told["plans"][0]["first"] == [2, 3]
    code, _, said = run(centre, "pause-update", "0.2.0", "--person", CLERK[0], typed=CLERK[1] + "\n")
    assert (code, "要值班长" in said) == (1, True)
    assert run(centre, "pause-update", "0.2.0", "--person", CHIEF[0], typed=CHIEF[1])[0] == 0
    assert run(centre, "list-updates")[1]["plans"][0]["paused_by"] == "P101"
