"""One application for all tests of a process: each of its routes takes its time when it is made and at its first request."""

from __future__ import annotations

from fastapi import FastAPI

from clerk_app.server.app import build_app
from clerk_app.server.centre import CentreOffice
from clerk_app.server.watching import watcher_of

_built: list[FastAPI] = []


def app_over(office: CentreOffice) -> FastAPI:
    """It, with what is a test's own put into it; for tests with one centre at a time."""
    if not _built:
        _built.append(build_app(office))
    _built[0].state.office, _built[0].state.watcher = office, watcher_of(office.database)
    return _built[0]
