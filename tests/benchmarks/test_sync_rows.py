"""The benchmarks of the line, each in a small form over real parts: what they measure happens, and nothing is timed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.benchmarks import month_offline, push_memory, reconnect, sync_push
from tests.benchmarks.backlog import backlog
from tests.benchmarks.real_centre import RealCentre, real_centre
from tests.benchmarks.registry import Row, benchmarks
from tests.server.postgres import postgres_url

__all__ = ["postgres_url"]

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def centre(postgres_url: str) -> Iterator[RealCentre]:
    """One of its own, with fsync on; `postgres_url` says whether there are programs for it."""
    with real_centre(processes=2) as centre:
        yield centre


def names(rows: list[Row]) -> list[str]:
    assert all(row.value > 0 and row.floor > 0 for row in rows), rows
    return [row.name for row in rows]


def test_they_are_on_the_list() -> None:
    assert {"sync-push", "month-offline", "reconnect", "push-memory"} <= set(benchmarks)


def test_a_queue_is_acknowledged_and_present(centre: RealCentre) -> None:
    assert names(sync_push.measure(centre, 110, "pushing")) == ["sync-push", "sync-push-tail"]
    ((mean,),) = centre.postgres.sql("SELECT avg(length(envelope)) FROM envelopes")
    assert sync_push.LEAST_BYTES <= mean <= sync_push.MOST_BYTES


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_a_desk_catches_up_under_the_clerks_eyes(centre: RealCentre, qapp: object) -> None:
    (row,) = month_offline.measure(centre, 40, 0.2)
    assert row.name == "month-offline"
    assert row.value >= 0


def test_a_hall_that_comes_back_loses_nothing(centre: RealCentre) -> None:
    assert names(reconnect.measure(centre, 12, 4)) == ["reconnect"]


def test_a_client_in_a_process_of_its_own_sends_its_queue(centre: RealCentre) -> None:
    assert names(push_memory.measure(centre, 20, 40)) == ["push-memory"]


def test_the_past_is_whole_visits(centre: RealCentre) -> None:
    window = centre.window("past").open().sign_in()
    try:
        made = backlog(window.office, 30)
        kinds = {row.kind for row in window.office.parts.vault.journal.rows((), made)}
    finally:
        window.close()
    assert made >= 30
    assert {"take_ticket", "receive_case", "save_form", "accept_case", "record_paper", "rate_visit"} <= kinds
