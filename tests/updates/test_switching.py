"""Taking a version and going back, with the real launcher and a real store; what does not come up is given up by itself."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from clerk_app.outside.one_process import only_one
from clerk_app.outside.update_place import UpdatePlace
from clerk_app.ports import Verdict
from clerk_app.ports.updates import Offered, UpdateTrouble
from clerk_app.store import engine as engines
from clerk_app.store.reading import StoreReading
from clerk_app.sync.catching_up import STORE
from tests.desk import cut_office
from tests.updates.programs import BASE, STRANGER, package
from tests.updates.site import STORE_KEY, UP, Site, later_format, offer_of, upgraded
from tests.visits import whole_visit

FALLS = "exit 3\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("site")).build()


@pytest.fixture
def site(built: Site, tmp_path: Path) -> Site:
    return built.copied(tmp_path / "site")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever format the test's programs go over to, it is today's again afterwards."""
    monkeypatch.setattr(engines, "MIGRATIONS", engines.MIGRATIONS)


def test_without_a_pointer_the_installed_program_runs_and_gets_its_words(site: Site) -> None:
    assert site.start("--centre", "x") == [BASE]
    assert site.ran.read_text("utf-8") == f"{BASE} --data-dir {site.data} --centre x\n"


def test_what_is_ready_is_taken_after_a_copy_and_the_next_start_runs_it(site: Site) -> None:
    rows = site.rows()
    site.ready(script=UP)
    assert site.start() == [BASE], "nothing was taken yet"
    assert site.switch().take() == "0.2.0"
    (copy,) = (site.data / "program" / "before" / "0.2.0").glob("*.clerk-backup")
    assert copy.stat().st_size > 10_000
    assert site.start() == ["0.2.0"]
    assert site.pointer()["healthy"] is True
    assert site.start() == ["0.2.0"]
    assert site.rows() == rows
    state = site.place("0.2.0").state()
    assert (state.previous, state.returned, state.since is not None) == (BASE, None, True)
    assert (state.waiting, state.ready) == (None, False), "or it would be taken again at every start"


def test_what_falls_twice_is_given_up_by_itself_and_never_taken_again(site: Site) -> None:
    site.ready(script=FALLS)
    site.switch().take()
    assert site.start() == ["0.2.0", "0.2.0", BASE]
    assert site.start() == [BASE]
    state = site.place().state()
    assert state.returned is not None
    assert (state.returned.version, state.returned.why, state.previous) == ("0.2.0", "not_up", "")
    place, file = site.place(), package(site.folder / "again")
    place.hear(Offered(offer=offer_of(file, "0.2.0"), newest="0.2.0"))
    assert place.state().waiting is None
    place.hear(Offered(offer=offer_of(file, "0.3.0"), newest="0.3.0"))
    assert place.state().waiting is not None, "the next one is another matter"


def test_a_power_cut_at_every_start_counts_and_a_closed_window_too(site: Site) -> None:
    site.ready(script="")  # it ends well, and never said that its page stood
    site.switch().take()
    assert [site.start() for _ in range(3)] == [["0.2.0"], ["0.2.0"], [BASE]]


def test_looking_is_no_trial(site: Site) -> None:
    site.ready(script="")
    site.switch().take()
    for _ in range(3):
        assert site.start("--doctor") == ["0.2.0"]
    assert site.pointer()["tries"] == 0


def test_a_desk_at_work_is_neither_counted_nor_taken_from_under(site: Site) -> None:
    site.ready(script="")
    site.switch().take()
    with only_one(site.data):
        for _ in range(4):
            assert site.start() == ["0.2.0"]
        with pytest.raises(UpdateTrouble, match="开着"):
            site.switch("0.2.0").go_back()
    assert site.pointer()["tries"] == 0


def test_a_failed_version_that_had_changed_the_store_leaves_it_as_it_was_before(
    site: Site, later: None, tmp_path: Path
) -> None:
    rows, schema = site.rows(), engines.versions_known()
    site.ready(script=FALLS, schema=schema + 1)
    site.switch().take()
    older = engines.MIGRATIONS
    later_format(tmp_path)
    upgraded(site)
    assert site.start() == ["0.2.0", "0.2.0", BASE]
    engines.MIGRATIONS = older
    assert site.rows() == rows, "the old program opens it"
    assert len(list(site.data.glob("counter.tried-*.db"))) == 1, "and nothing was thrown away"


def test_one_key_back_keeps_the_store_where_its_format_is_the_same(site: Site) -> None:
    site.ready(script=UP)
    site.switch().take()
    site.start()
    office = cut_office(site.data, STORE_KEY)
    whole_visit(office)
    office.parts.vault.close()
    rows = site.rows()
    said = site.switch("0.2.0").go_back()
    assert f"退回了上一版 {BASE}" in said
    assert "数据没有动" in said
    assert site.start() == [BASE]
    assert site.rows() == rows
    state = site.place().state()
    assert state.returned is not None
    assert (state.returned.why, state.previous, state.refused) == ("asked", "", ("0.2.0",))
    with pytest.raises(UpdateTrouble, match="没有换过版本"):
        site.switch().go_back()


def test_one_key_back_over_a_format_gives_up_nothing_that_was_made(site: Site, later: None, tmp_path: Path) -> None:
    schema, older = engines.versions_known(), engines.MIGRATIONS
    rows = site.rows()
    site.ready(script=UP, schema=schema + 1)
    site.switch().take()
    site.start()
    later_format(tmp_path)
    upgraded(site)
    office = cut_office(site.data, STORE_KEY)
    whole_visit(office)
    office.parts.vault.close()
    with pytest.raises(UpdateTrouble, match="条没送到中心"):
        site.switch("0.2.0").go_back()
    assert "没送到中心" in site.switch("0.2.0").way_back()
    assert site.start() == ["0.2.0"]
    assert site.rows() > rows
    everything_sent(site)
    assert site.switch("0.2.0").way_back() == ""
    assert "改名 counter.replaced-" in site.switch("0.2.0").go_back()
    engines.MIGRATIONS = older
    assert site.start() == [BASE]
    assert site.rows() == rows
    with StoreReading(site.data / "counter.db", STORE_KEY) as store:
        assert store.meta(STORE) == "old_copy", "a journal of its own begins before anything is done"


def test_back_over_a_format_before_anything_was_made_goes_on_as_if_nothing_had_been(
    site: Site, later: None, tmp_path: Path
) -> None:
    schema, older = engines.versions_known(), engines.MIGRATIONS
    rows = site.rows()
    site.ready(script=UP, schema=schema + 1)
    site.switch().take()
    site.start()
    later_format(tmp_path)
    upgraded(site)
    site.switch("0.2.0").go_back()
    engines.MIGRATIONS = older
    with StoreReading(site.data / "counter.db", STORE_KEY) as store:
        assert store.meta(STORE) != "old_copy"
    assert site.rows() == rows


def everything_sent(site: Site) -> None:
    office = cut_office(site.data, STORE_KEY, fill=False)
    journal, spool = office.parts.vault.journal, office.parts.vault.spool
    journal.settle([Verdict(id=row.id, state="applied") for row in journal.rows((), 1000)], time.time())
    for job in spool.waiting():
        spool.withdraw(job.id, "")
    office.parts.vault.close()


def test_who_installs_another_by_hand_has_the_last_word(site: Site) -> None:
    site.ready(script=UP)
    site.switch().take()
    assert site.start() == ["0.2.0"]
    said = json.loads((site.base / "version.json").read_text("utf-8"))
    (site.base / "version.json").write_text(json.dumps({**said, "version": "0.3.0"}), encoding="utf-8")
    assert site.start() == [BASE]


@pytest.mark.parametrize("pointer", ["", "{", "[]", '{"version": "0.2.0", "program": "../../x", "base": "0.1.0"}'])
def test_a_pointer_nobody_can_read_is_the_installed_program(site: Site, pointer: str) -> None:
    (site.data / "program").mkdir()
    (site.data / "program" / "current").write_text(pointer, encoding="utf-8")
    assert site.start() == [BASE]


def test_the_folder_of_the_version_is_gone_the_one_before_runs(site: Site) -> None:
    site.ready(script=UP)
    site.switch().take()
    site.start()
    site.ready("0.3.0", UP, running="0.2.0")
    site.switch("0.2.0").take()
    (site.data / "program" / "versions" / "0.3.0" / "counter-clerk").unlink()
    assert site.start() == ["0.2.0"]


def test_what_was_unpacked_is_looked_at_once_more_before_it_is_taken(site: Site) -> None:
    site.ready()
    (site.data / "program" / "versions" / "0.2.0" / "counter-clerk").write_text("#!/bin/sh\n", encoding="utf-8")
    with pytest.raises(UpdateTrouble, match="换过"):
        site.switch().take()
    state = site.place().state()
    assert "换过" in state.trouble
    assert not state.ready, "it is fetched anew"
    with pytest.raises(UpdateTrouble, match="没有等着的"):
        site.switch().take()
    assert state.resting, "a desk that could not take it does not close and open all night"
    assert site.start() == [BASE]


def fed(place: UpdatePlace, file: Path, version: str = "0.2.0") -> str:
    """The sentence, when all of it is here."""
    place.hear(Offered(offer=offer_of(file, version), newest=version))
    place.keep(0, file.read_bytes())
    with pytest.raises(UpdateTrouble) as trouble:
        place.make_ready()
    return str(trouble.value)


def test_what_is_no_good_is_said_thrown_away_and_not_fetched_again(site: Site) -> None:
    place = site.place()
    forged = package(site.folder / "a", key=STRANGER)
    assert "不是发行的人签的" in fed(place, forged)
    state = place.state()
    assert (state.waiting, state.trouble[:6]) == (None, "更新包不是发")
    place.hear(Offered(offer=offer_of(forged, "0.2.0"), newest="0.2.0"))
    assert place.state().waiting is None
    assert "这台是" in fed(place, package(site.folder / "b", platform="win_amd64"))
    assert "格式比这台的旧" in fed(place, package(site.folder / "c", schema=1))
    assert "glibc" in fed(place, package(site.folder / "d", glibc="99.9"))
    assert "不是说好的那一版" in fed(place, package(site.folder / "e"), "0.4.0")
    assert not (site.data / "program" / "versions").exists()
    assert site.start() == [BASE]


def test_older_ones_are_not_even_fetched(site: Site) -> None:
    place = site.place("0.3.0")
    place.hear(Offered(offer=offer_of(package(site.folder), "0.2.0"), newest="0.2.0"))
    assert place.state().waiting is None


def test_pieces_are_taken_in_order_and_a_later_start_goes_on(site: Site) -> None:
    file = package(site.folder)
    data, offer = file.read_bytes(), offer_of(file, "0.2.0")
    site.place().hear(Offered(offer=offer, newest="0.2.0"))
    site.place().keep(0, data[:700])
    site.place().keep(0, data[:700])
    site.place().keep(900, data[900:])
    assert site.place().state().received == 700
    site.place().keep(700, data[700:])
    assert site.place().make_ready().version == "0.2.0"
    state = site.place().state()
    assert (state.ready, state.trouble) == (True, "")
    site.place().hear(Offered(newest="0.2.0"))
    assert site.place().state().waiting is None, "a paused one is not taken"
    site.place().hear(Offered(offer=offer, newest="0.2.0"))
    assert site.place().state().ready, "let out again it need not be fetched again"


def test_a_full_disk_in_the_middle_keeps_what_runs(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    file = package(site.folder)
    place = site.place()
    place.hear(Offered(offer=offer_of(file, "0.2.0"), newest="0.2.0"))
    place.keep(0, file.read_bytes())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as then:
        then.setattr("clerk_app.outside.update_place.unpack", full)
        with pytest.raises(UpdateTrouble, match="磁盘放不下"):
            place.make_ready()
    assert "磁盘放不下" in place.state().trouble
    assert list((site.data / "program" / "versions").iterdir()) == []
    assert place.make_ready().version == "0.2.0", "with room it goes on, nothing is fetched twice"
    with monkeypatch.context() as then:
        then.setattr("clerk_app.backing_up.making.copy_out", full)
        with pytest.raises(UpdateTrouble, match="没有换到"):
            site.switch().take()
    assert site.start() == [BASE]


def test_old_versions_and_copies_go_when_a_newer_one_is_taken(site: Site) -> None:
    running = BASE
    for version in ("0.2.0", "0.3.0", "0.4.0"):
        site.ready(version, UP, running=running)
        site.switch(running).take()
        assert site.start()[-1] == version
        running = version
    root = site.data / "program"
    assert sorted(one.name for one in (root / "versions").iterdir() if one.is_dir()) == ["0.3.0", "0.4.0"]
    assert [one.name for one in (root / "before").iterdir()] == ["0.4.0"]
    site.switch("0.4.0").go_back()
    assert site.start() == ["0.3.0"]
    assert site.place("0.3.0").state().previous == "", "one step back, not two"
