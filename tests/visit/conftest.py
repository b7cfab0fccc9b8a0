"""A training centre on a real PostgreSQL, as whole processes; the tour and the window run against it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from resources import path
from tests.nursery import centre_process
from tests.server.postgres import postgres_url  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
CODE = "lian-xi-test"


@dataclass(frozen=True)
class TrainingCentre:
    """The running centre and its database."""

    url: str
    database: str


@contextmanager
def training_hall(database: str, *more: str, code: str = CODE) -> Iterator[TrainingCentre]:
    """A training centre of its own over a database, until the block ends."""
    serve = ["serve", "--port", "0", "--enrolment-code", code, "--with-parent"]
    hall = ["--training-hall", str(path("halls", "training.yaml")), "--database-url", database, *more]
    child = centre_process([*serve, *hall])
    try:
        yield TrainingCentre(json.loads(child.stdout.readline())["url"], database)
    finally:
        child.terminate()
        child.communicate(timeout=60)


@pytest.fixture
def training_centre(postgres_url: str) -> Iterator[TrainingCentre]:  # noqa: F811
    with training_hall(postgres_url) as centre:
        yield centre


def play_tour(folder: Path, centre: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """main.py --tour as a process of its own."""
    words = ["--centre", centre] if centre else []
    surroundings = {**os.environ, "CLERK_ENROLMENT_CODE": CODE, **environment}
    if not centre:
        surroundings.pop("CLERK_ENROLMENT_CODE")
    surroundings.pop("DISPLAY", None)
    return subprocess.run(
        [sys.executable, "main.py", "--tour", str(folder), *words],
        cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
