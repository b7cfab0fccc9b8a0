"""A coming catalogue is tried for real: a training hall of its own opens over it, and the new item is taken in at its window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.office.office import Session
from clerk_app.office.oversight.catalogue_desk import ask, catalogue_desk
from clerk_app.office.oversight.catalogue_trial import lay_trial
from clerk_app.office.signing_in import sign_in
from clerk_app.settings import training_beside
from clerk_app.starting import Start, opening
from tests.cases.new_item import CODE, PAPER, new_item
from tests.desk import PlainMaker, cut_office
from tests.office.test_audit import as_role
from tests.recovery.drawer import VARIABLE


@pytest.mark.process
def test_the_new_item_is_there_before_its_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "trial").mkdir()
    # Where another test of this process brought a drawer of its own, the keyring finds it.
    monkeypatch.setenv(VARIABLE, str(tmp_path / "drawer.json"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "trial"))
    office = cut_office(tmp_path)
    as_role(office, "P110")
    ask(office, (new_item(windows=[3]),), PAPER, date(2026, 12, 1))
    folder = lay_trial(office, catalogue_desk(office).rows[0].change)
    office.parts.vault.close()
    assert not isinstance(folder, Refusal)
    assert training_beside(folder)[-3:] == ["--demo", "--data-dir", str(folder)]
    with opening(Start(folder, "", training=True), lambda _: PlainMaker(), "") as (tried, line):
        assert line is not None
        line.wait()
        assert isinstance(sign_in(tried, "P204", "lian-xi-204"), Session)
        assert CODE in {item.code for item in tried.hall.items_at(tried.window)}
        assert tried.parts.settings.training
        assert "试办" in tried.hall.name
