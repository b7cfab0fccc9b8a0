"""One page, one face, one sealed file for all tests of this folder: they are made once and only read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from clerk_app.outside.signing import TrainingSeal, TrainingSealKeys
from clerk_app.sealing.paper import MadePage
from printers.pages import QtPageMaker
from tests.sealing.papers import FACE, PAPER

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Sealed:
    """What a desk has after sealing."""

    page: MadePage
    face: bytes
    pdf: bytes
    roots: bytes
    keys: TrainingSealKeys


@pytest.fixture(scope="session")
def sealed(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    folder: Path = tmp_path_factory.mktemp("keys")
    keys = TrainingSealKeys(folder / "seals", {"S-SJJ": TrainingSeal(FACE.name, ("135790", "246801"))}, lambda: NOW)
    maker = QtPageMaker()
    page, face = maker.decision(PAPER), maker.face(FACE)
    key = keys.open("S-SJJ", "135790")
    assert key is not None
    return Sealed(page, face, key.seal(page, face, "准予登记"), keys.roots(), keys)
