"""The primary's machine is lost in the middle of work: nothing acknowledged is lost, nothing is there twice, pullers go on.

And a wait for the standby that is cut short is never an acknowledgement.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from clerk_app.ports import Centre, CentreAway, CentreProblem
from clerk_app.server.database import _full_url
from tests.faults.account import account, pull_everything, their_books
from tests.faults.clerk import Clerk
from tests.faults.patroni import Cluster, Node
from tests.faults.side_by_side import beside, turn, working
from tests.faults.site import Site, centres_over, open_site
from tests.faults.waiting import until
from tests.faults.windows import Window
from tests.server.postgres import PACKAGE

pytestmark = pytest.mark.process


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://u:p%40s@h1:5432,h2:6543/centre?target_session_attrs=read-write",
        "postgresql://u:p%40s@/centre?host=h1:5432&host=h2:6543&target_session_attrs=read-write",
    ],
)
def test_several_hosts_may_be_written_as_libpq_or_as_the_framework_has_them(text: str) -> None:
    url = _full_url(text)
    assert url.get_dialect()().create_connect_args(url)[1] == {
        "host": "h1,h2", "port": "5432,6543", "user": "u", "password": "p@s", "dbname": "centre",
        "target_session_attrs": "read-write",
    }  # fmt: skip
    assert _full_url("postgres://u@h1:5432/centre").host == "h1"


@pytest.fixture
def cluster(need_program: Callable[[str, str], str]) -> Iterator[Cluster]:
    for name, package in (("initdb", PACKAGE), ("patroni", "patroni"), ("etcd", "etcd-server")):
        need_program(name, package)
    with closing(Cluster()) as cluster:
        try:
            yield cluster.start()
        except BaseException:
            print(cluster.log())
            raise


class Puller:
    """A device that only reads, with a cursor it keeps; told that the cursor is gone, it begins again."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self.cursor, self.begun, self.rows = "", 1, dict[str, dict]()

    def pull(self) -> bool:
        """True when there is no more for now; a cut line is tried again."""
        try:
            page = self._centre.changes(self.cursor, 20)
        except CentreAway:
            return False
        except CentreProblem as problem:
            if problem.status != 410:
                raise
            self.cursor, self.begun, self.rows = "", self.begun + 1, {}
            return False
        self.rows.update({c.subject: dict(c.row) for c in page.changes})
        self.cursor = page.cursor
        return not page.more

    def until_told(self, stop: threading.Event) -> Callable[[], None]:
        return lambda: until(lambda: self.pull() and stop.is_set(), 170, every=0.05)


def at(node: Node, database: str) -> str:
    return f"postgresql://postgres@127.0.0.1:{node.port}/{database}"


def applied_by(windows: list[Window]) -> int:
    return sum(window.tally().get("applied", 0) for window in windows)


def test_the_primarys_machine_is_lost_and_nothing_acknowledged_with_it(cluster: Cluster, tmp_path: Path) -> None:
    first = cluster.leader()
    assert first is not None
    with psycopg.connect(at(first, "postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE centre")
    database = cluster.url("centre")
    with centres_over(database, tmp_path, 2) as (_, proxy):
        windows = [Window(tmp_path / f"w{n}", proxy.url, n).open().sign_in() for n in (2, 3, 4)]
        puller = Puller(windows[2].office.parts.centre)
        stop, told = threading.Event(), list[str]()
        workers = [working(window, n, stop, told) for n, window in enumerate(windows[:2])]
        with beside(*workers, puller.until_told(stop)):
            try:
                until(lambda: applied_by(windows) > 60, 60)
                first.kill()
                killed, there = time.monotonic(), applied_by(windows)
                until(lambda: cluster.leader() not in (None, first), 90)
                until(lambda: applied_by(windows) > there + 30, 90)
                print(f"writes again after {time.monotonic() - killed:.1f} s")
                first.start()
                until(cluster.synchronous, 90, every=0.2)
                until(lambda there=applied_by(windows): applied_by(windows) > there + 20, 60)
            finally:
                stop.set()
        for _ in range(2):
            for window in windows:
                window.drain()
        sheet = account(windows, database, told)
        assert sheet.good, sheet
        assert sheet.applied > 110
        until(puller.pull)
        assert puller.rows == their_books(database).rows == pull_everything(windows[0].office.parts.centre)[0]
        assert puller.begun <= 2
        for window in windows:
            window.close()
    assert cluster.leader() is not first, "the one that was lost has rejoined as a standby"
    with psycopg.connect(at(first, "centre")) as connection:
        assert connection.execute("SELECT pg_is_in_recovery()").fetchone() == (True,)


@pytest.fixture(scope="module")
def one_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def site(need_program: Callable[[str, str], str], request: pytest.FixtureRequest) -> Iterator[Site]:
    need_program("initdb", PACKAGE)
    site: Site = request.getfixturevalue("one_site")
    yield site
    site.reset()


_asleep = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND datname = 'centre'"


@contextmanager
def standby_silent(site: Site) -> Iterator[None]:
    """Every commit waits for a standby that never answers."""
    _settle(site, "ghost")
    try:
        yield
    finally:
        _settle(site, "")


def _settle(site: Site, name: str) -> None:
    site.postgres.sql(f"ALTER SYSTEM SET synchronous_standby_names = '{name}'")
    site.postgres.sql("SELECT pg_reload_conf()")
    until(lambda: site.postgres.sql("SHOW synchronous_standby_names")[0][0] == name)


def cancel_waits(site: Site, done: threading.Event) -> int:
    """Cut short every wait for the standby until the work is done; how many there were."""
    cut = 0
    while not done.is_set():
        cut += sum(site.postgres.sql(f"SELECT pg_cancel_backend({pid})")[0][0] for (pid,) in site.postgres.sql(_asleep))
    return cut


def turned_under_cancelled_waits(site: Site, window: Window) -> int:
    done = threading.Event()

    def once() -> None:
        try:
            turn(window)
        finally:
            done.set()

    with beside(once):
        return cancel_waits(site, done)


def test_a_cancelled_wait_for_the_standby_is_never_an_acknowledgement(site: Site) -> None:
    window = site.window(2)
    window.drain()
    clerk = Clerk(window.office, random.Random(1))
    clerk.work(6)
    settled = window.tally()["applied"]
    with standby_silent(site):
        assert turned_under_cancelled_waits(site, window) > 0
        assert window.tally()["applied"] == settled, "kept by the primary alone is not kept"
        assert turned_under_cancelled_waits(site, window) > 0, "sent again, it waits again"
        assert window.tally()["applied"] == settled
    sheet = site.account(clerk.told)
    assert sheet.good, sheet
    assert sheet.visible == 0


def test_a_judgement_whose_commit_did_not_wait_is_no_verdict_and_no_duplicate(site: Site) -> None:
    """The envelopes are kept for sure; only the judging COMMIT is cut short, and its rows stand on the primary alone."""
    window = site.window(2)
    window.drain()
    clerk = Clerk(window.office, random.Random(2))
    clerk.work(6)
    settled = window.tally()["applied"]
    done, locked = threading.Event(), psycopg.connect(site.database)
    with locked, beside(lambda: (turn(window), done.set())):
        locked.execute("SELECT * FROM hall_head FOR UPDATE")
        until(lambda: site.postgres.sql("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"))
        _settle(site, "ghost")
        locked.rollback()
        assert cancel_waits(site, done) == 1
    assert window.tally()["applied"] == settled
    books = their_books(site.database)
    assert {books.envelopes[c].state for c in clerk.told} == {"applied"}, "the primary has it"
    assert turned_under_cancelled_waits(site, window) > 0, (
        "a duplicate is answered by a transaction that wrote and waited"
    )
    assert window.tally()["applied"] == settled
    _settle(site, "")
    sheet = site.account(clerk.told)
    assert sheet.good, sheet
    assert sheet.visible == 0
