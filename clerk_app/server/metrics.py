"""度量 GET /metrics in Prometheus text: how much, how many, how long; never a name, a number of a person or of a case.

Everything is read from the database at the moment of asking, so that several processes of the centre say the same. Asked
from this very machine, or by whoever has the token of `CLERK_METRICS_TOKEN`; a proxy's word is nobody's.
"""

from __future__ import annotations

import hmac
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Connection, func, select, text

from clerk_app.outside.program_here import running_version
from clerk_app.server.centre import CentreOffice
from clerk_app.server.machines import around, list_machines
from clerk_app.server.outward.desk import counted
from clerk_app.server.problems import ProblemError
from clerk_app.server.routes import Office
from clerk_app.server.tables import devices, envelopes, hall_head, notices
from clerk_app.store.tables import tickets
from clerk_app.sync import protocol
from clerk_app.sync.verdicts import undecided

TOKEN_VARIABLE = "CLERK_METRICS_TOKEN"  # noqa: S105 (a name)
KIND = "text/plain; version=0.0.4; charset=utf-8"
metrics_router = APIRouter()
e, n, q = envelopes, notices, tickets
_own = frozenset({"127.0.0.1", "::1"})
_passed_on = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


def check_asker(request: Request) -> None:
    """With a token set, whoever bears it; without one this machine alone, and nobody through a proxy."""
    token = os.environ.get(TOKEN_VARIABLE, "")
    said = request.headers.get("authorization", "").removeprefix("Bearer ")
    near = request.client is not None and request.client.host in _own
    near = near and not any(name in request.headers for name in _passed_on)
    good = hmac.compare_digest(said.encode(), token.encode()) if token else near
    if not good:
        raise ProblemError(403, "metrics-not-yours", "度量只给中心本机或持凭条的人看，没有给。请管理员核对。")


@metrics_router.get(protocol.METRICS, include_in_schema=False)
def get_metrics(office: Office, request: Request) -> Response:
    """度量."""
    check_asker(request)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(CentreCollector(office))
    return Response(generate_latest(registry), media_type=KIND)


class CentreCollector(Collector):
    """采集 one look at the whole centre."""

    def __init__(self, office: CentreOffice) -> None:
        self._office = office

    def describe(self) -> Iterable[Metric]:
        """Nothing is asked for before somebody wants to know."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Each family once, its halls as labels."""
        now = self._office.now()
        begun = time.perf_counter()
        with self._office.database.asking() as connection:
            connection.execute(text("SELECT 1"))
        latency = GaugeMetricFamily("clerk_database_seconds", "数据库答一句要多久")
        latency.add_metric((), round(time.perf_counter() - begun, 4))
        yield latency
        yield self._build()
        with self._office.database.reading() as connection:
            halls = connection.execute(select(hall_head.c.hall).order_by(hall_head.c.hall)).scalars().all()
            yield self._versions(connection)
            yield _commands(connection, halls, now)
            yield _waiting_commands(connection, halls)
            yield _queue(connection, halls, now)
            yield self._machines(connection, halls)
            yield from _notices(connection, halls, now)
            yield from _outside(connection, halls, now)

    @staticmethod
    def _build() -> Metric:
        family = GaugeMetricFamily("clerk_build_info", "程序的版本和协议", labels=("version", "protocol"))
        family.add_metric((running_version(), str(protocol.CLIENT)), 1)
        return family

    @staticmethod
    def _versions(connection: Connection) -> Metric:
        family = GaugeMetricFamily("clerk_hall_info", "现行的大厅资料", labels=("hall", "hall_version"))
        for row in connection.execute(select(hall_head.c.hall, hall_head.c.hall_version)):
            family.add_metric((row.hall, row.hall_version[:12]), 1)
        return family

    def _machines(self, connection: Connection, halls: Iterable[str]) -> Metric:
        family = GaugeMetricFamily("clerk_devices", "大厅的电脑", labels=("hall", "state"))
        for hall in halls:
            seen = list_machines(connection, hall, around(self._office, connection, hall))
            count = Counter(one.state for one in seen)
            for state in ("enrolled", "silent", "old", "revoked"):
                family.add_metric((hall, state), count.get(state, 0))
        return family


def _commands(connection: Connection, halls: Iterable[str], now: datetime) -> Metric:
    """Of this day only: the index by day is there, and a book kept for ever is not counted at every look."""
    family = GaugeMetricFamily(
        "clerk_commands_today", "今天的命令，按种类、答复和原因", labels=("hall", "kind", "state", "reason")
    )
    for hall in halls:
        query = select(e.c.kind, e.c.state, e.c.type, func.count()).where(e.c.hall == hall, e.c.day == now.date())
        for kind, state, reason, count in connection.execute(query.group_by(e.c.kind, e.c.state, e.c.type)):
            family.add_metric((hall, kind, state, reason), count)
    return family


def _waiting_commands(connection: Connection, halls: Iterable[str]) -> Metric:
    """By device: that is how they are indexed."""
    family = GaugeMetricFamily("clerk_commands_waiting", "收下了还没定的命令", labels=("hall",))
    mine = (e.c.hall == devices.c.hall) & (e.c.device == devices.c.id) & e.c.state.in_(sorted(undecided))
    query = select(func.count()).select_from(devices.join(e, mine))
    for hall in halls:
        family.add_metric((hall,), connection.execute(query.where(devices.c.hall == hall)).scalar_one())
    return family


def _queue(connection: Connection, halls: Iterable[str], now: datetime) -> Metric:
    family = GaugeMetricFamily("clerk_tickets_waiting", "等着叫的号", labels=("hall", "letter"))
    for hall in halls:
        where = (q.c.hall == hall, q.c.day == now.date(), q.c.state == "waiting")
        for letter, count in connection.execute(select(q.c.letter, func.count()).where(*where).group_by(q.c.letter)):
            family.add_metric((hall, letter), count)
    return family


def _notices(connection: Connection, halls: Iterable[str], now: datetime) -> Iterator[Metric]:
    waiting = GaugeMetricFamily("clerk_notices_waiting", "短信网关还没取走的通知", labels=("hall",))
    oldest = GaugeMetricFamily("clerk_notices_oldest_seconds", "最早一条等了多久", labels=("hall",))
    query = select(func.count(), func.min(n.c.made_at))
    for hall in halls:
        count, first = connection.execute(query.where(n.c.hall == hall, n.c.taken_by == "")).one()
        waiting.add_metric((hall,), count)
        oldest.add_metric((hall,), max(0.0, (now - first).total_seconds()) if first else 0.0)
    yield waiting
    yield oldest


def _outside(connection: Connection, halls: Iterable[str], now: datetime) -> Iterator[Metric]:
    rows = GaugeMetricFamily("clerk_outside_rows", "对外还没送到的，按平台和怎样", labels=("hall", "partner", "state"))
    oldest = GaugeMetricFamily(
        "clerk_outside_oldest_seconds", "对外最早一条等了多久", labels=("hall", "partner", "state")
    )
    for hall in halls:
        for (partner, state), (count, first) in sorted(counted(connection, hall).items()):
            rows.add_metric((hall, partner, state), count)
            oldest.add_metric((hall, partner, state), max(0.0, (now - first).total_seconds()))
    yield rows
    yield oldest
