"""A desk of its own (not the training hall) without a keyring: enrolled once, then opened by a sign-in password."""

from __future__ import annotations

import pytest

from clerk_app.command import Refusal
from clerk_app.office.signing_in import sign_in
from clerk_app.ports import CannotOpen, NeedsPassword, SecretBoxAway
from clerk_app.starting import Start, opening
from printers.desk import desk_lane, slip_maker
from tests.visit.conftest import CODE, training_hall

pytestmark = pytest.mark.process


@pytest.fixture
def desk(tmp_path, monkeypatch):
    def away(self, *_):
        raise SecretBoxAway("none")

    monkeypatch.setattr("clerk_app.outside.secrets.KeyringBox.get", away)
    monkeypatch.setattr("clerk_app.outside.secrets.KeyringBox.put", away)
    monkeypatch.setenv("CLERK_ENROLMENT_CODE", CODE)
    with training_hall(f"sqlite:///{tmp_path / 'centre.db'}") as centre:
        folder = tmp_path / "desk"
        folder.mkdir()
        (folder / "desk.toml").write_text(f'window = 2\ncentre = "{centre.url}"\nprinter = ""\n', encoding="utf-8")
        yield folder


def start(folder, password=""):
    return opening(Start(folder, "", training=False, password=password), slip_maker, "")


def test_the_first_sign_in_makes_the_key_that_opens_the_next_start(desk):
    with start(desk) as (office, line):
        assert line is None
        assert office.parts.settings.training is False
        assert not isinstance(sign_in(office, "P203", "lian-xi-203"), Refusal)
        rows = office.parts.vault.journal.check().rows
        assert rows == 1
        assert not desk_lane(office.parts.vault.spool, "").status().ready
    with pytest.raises(NeedsPassword, match="数据用登录密码打开"), start(desk):
        pass
    with pytest.raises(NeedsPassword, match="数据没有动"), start(desk, "wrong"):
        pass
    with start(desk, "lian-xi-203") as (office, _):
        assert office.parts.vault.journal.check().rows == rows
        assert office.hall.name == "江州市政务服务中心"


def test_another_windows_clerk_is_not_let_in_at_a_real_desk(desk):
    with start(desk) as (office, _):
        refused = sign_in(office, "P105", "lian-xi-105")
        assert isinstance(refused, Refusal)
        assert refused.type == "no-seat"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "还没有"),
        ('window = 2\ncentre = "http://127.0.0.1:9"\n', "连不上"),
        ('centre = "http://127.0.0.1:9"\n', "有一行不对"),
        ("window = two\n", "有一行不对"),
    ],
)
def test_why_a_desk_does_not_open_is_one_sentence(desk, text, words):
    (desk / "desk.toml").unlink()
    if text is not None:
        (desk / "desk.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CannotOpen) as caught, start(desk):
        pass
    assert words in str(caught.value)
    assert "没有打开" in str(caught.value)
