"""One page, one face, one grant, one sealed file for all tests of this folder: they are made once and only read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from clerk_app.outside.keys import PasswordLocksmith
from clerk_app.outside.seal_keys import TrainingSeal, TrainingSealKeys
from clerk_app.outside.stamping import PdfStamper
from clerk_app.ports.seal import StampOrder
from clerk_app.sealing.grants import SignedGrant
from clerk_app.sealing.paper import MadePage
from printers.pages import QtPageMaker
from tests.sealing.forging import grant_on
from tests.sealing.papers import FACE, PAPER

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
PINS = {"P203": "135790", "P204": "246801"}
STAMPER = PdfStamper(PasswordLocksmith().genuine)


@dataclass(frozen=True)
class Sealed:
    """What a desk has after sealing."""

    page: MadePage
    face: bytes
    pdf: bytes
    roots: bytes
    keys: TrainingSealKeys
    grant: SignedGrant

    @property
    def order(self) -> StampOrder:
        """As it was given."""
        return StampOrder(page=self.page, face=self.face, grant=self.grant, at=NOW, reason="准予登记")


@pytest.fixture(scope="session")
def sealed(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    folder: Path = tmp_path_factory.mktemp("keys")
    keys = TrainingSealKeys(folder / "seals", {"S-SJJ": TrainingSeal(FACE.name, PINS)}, lambda: NOW)
    maker = QtPageMaker()
    page, face = maker.decision(PAPER), maker.face(FACE)
    made = Sealed(page, face, b"", keys.roots(), keys, grant_on(page.pdf, NOW))
    key = keys.open("S-SJJ", "P203", "135790")
    assert key is not None
    return Sealed(page, face, STAMPER.stamp(made.order, key), made.roots, keys, made.grant)
