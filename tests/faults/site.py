"""The whole scene: one PostgreSQL, server processes over it, a fault proxy in front, windows behind the proxy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from clerk_app.ports import Centre
from tests.faults.account import Account, account
from tests.faults.centres import CentreProcess, prepare
from tests.faults.postgres import Postgres
from tests.faults.proxy import FaultProxy
from tests.faults.windows import Window

_keep = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"


@dataclass
class Site:
    """What a test of faults works in; `reset` makes the database as it was loaded, the processes go on."""

    folder: Path
    postgres: Postgres
    database: str
    centres: list[CentreProcess]
    proxy: FaultProxy
    windows: list[Window] = field(default_factory=list)

    def window(self, number: int = 2, *, person: str = "") -> Window:
        """A new machine, enrolled and signed in through the proxy, with its first numbers in hand."""
        folder = self.folder / f"window-{number}-{len(list(self.folder.iterdir()))}"
        self.windows.append(Window(folder, self.proxy.url, number).open().sign_in(person))
        self.windows[-1].keeper.round()
        return self.windows[-1]

    def account(self, told: Iterable[str] = ()) -> Account:
        """Heal, drain, and lay the books side by side."""
        self.proxy.heal()
        for _ in range(2):  # what the last one sent must reach the first one too
            for window in self.windows:
                window.drain()
        return account(self.windows, self.database, told)

    def centre(self) -> Centre:
        return self.windows[0].office.parts.centre

    def sql(self, statement: str) -> list[tuple]:
        return self.postgres.sql(statement, "centre")

    def remember(self) -> None:
        self.sql("CREATE SCHEMA kept")
        for (name,) in self.sql(_keep):
            self.sql(f"CREATE TABLE kept.{name} AS TABLE public.{name}")

    def reset(self) -> None:
        """No window may be in the middle of anything."""
        for window in self.windows:
            window.close()
        self.windows.clear()
        self.proxy.heal()
        self.proxy.seen.clear()
        names = [name for (name,) in self.sql(_keep)]
        back = "".join(f"INSERT INTO public.{name} TABLE kept.{name};" for name in names)
        gone = "".join(f"DELETE FROM public.{name};" for name in names)
        self.sql(f"BEGIN; SET LOCAL session_replication_role = replica; {gone} {back} COMMIT;")


@contextmanager
def centres_over(database: str, folder: Path, processes: int) -> Iterator[tuple[list[CentreProcess], FaultProxy]]:
    """A loaded centre over an empty database, and the line to it."""
    prepare(database)
    centres = [CentreProcess(database, folder / f"centre-{n}.log") for n in range(processes)]
    try:
        for centre in centres:
            centre.launch()
        for centre in centres:
            centre.ready()
        proxy = FaultProxy(*(centre.url for centre in centres))
        try:
            yield centres, proxy
        finally:
            proxy.close()
    finally:
        for centre in centres:
            centre.kill()


@contextmanager
def open_site(folder: Path, processes: int = 1) -> Iterator[Site]:
    postgres = Postgres().start()
    try:
        postgres.sql("CREATE DATABASE centre")
        database = postgres.url("centre")
        with centres_over(database, folder, processes) as (centres, proxy):
            site = Site(folder, postgres, database, centres, proxy)
            site.remember()
            try:
                yield site
            finally:
                for window in site.windows:
                    window.close()
    finally:
        postgres.close()
