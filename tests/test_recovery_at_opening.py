"""At opening: the store's key is wrapped for the hall's recovery certificate, and the second copy is wired as the desk says."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from clerk_app.canonical import canonical, sm3
from clerk_app.duty.training import TRAINING_HALVES
from clerk_app.outside.password_box import PasswordBox
from clerk_app.outside.recovery import WRAPPED, open_recovery_key, read_certificate, unwrap_store_key
from clerk_app.outside.secrets import ForgetfulBox
from clerk_app.ports import CannotOpen
from clerk_app.ports.copies import Span
from clerk_app.settings import Settings, clear_training
from clerk_app.starting import read_settings
from clerk_app.store.engine import open_engine
from clerk_app.training import training_recovery, training_settings
from tests.recovery.parts import put_recovery, recovery_key, recovery_pair
from tests.test_opening import centre, opened

__all__ = ["centre", "opened"]


@pytest.fixture
def desk(opened, centre, tmp_path, monkeypatch):
    """Opens `tmp_path/desk` with what its desk.toml would say."""
    from clerk_app import bootstrap
    from tests.desk import PlainMaker, StandingClock

    def open_with(box, **more):
        settings = Settings(data_dir=tmp_path / "desk", centre="http://127.0.0.1:1", window=2, training=True, **more)
        return bootstrap.open_office(settings, bootstrap.Handed(maker=PlainMaker()), box, "码", StandingClock())

    return open_with


def wrapped(tmp_path: Path) -> bytes:
    return (tmp_path / "desk" / WRAPPED).read_bytes()


@pytest.mark.parametrize("make", [lambda folder: ForgetfulBox(), PasswordBox])
def test_the_store_key_is_wrapped_whatever_box_keeps_it(desk, tmp_path, make):
    keys = put_recovery(tmp_path / "keys")
    (tmp_path / "desk").mkdir()
    box = make(tmp_path / "desk")
    with desk(box, recovery=keys / "recovery.pem"):
        pass
    key = unwrap_store_key(wrapped(tmp_path), recovery_key())
    assert key == box.get("store-key")
    engine = open_engine(tmp_path / "desk" / "counter.db", key)
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one() == 0
    engine.dispose()


def test_once_is_enough_until_the_certificate_changes(desk, tmp_path):
    keys, box = put_recovery(tmp_path / "keys"), ForgetfulBox()
    with desk(box, recovery=keys / "recovery.pem"):
        first = wrapped(tmp_path)
    with desk(box, recovery=keys / "recovery.pem"):
        assert wrapped(tmp_path) == first
    (keys / "recovery.pem").write_bytes(recovery_pair("新的恢复证书")[0])
    with desk(box, recovery=keys / "recovery.pem"):
        assert unwrap_store_key(wrapped(tmp_path), recovery_key("新的恢复证书")) == box.get("store-key")


def test_the_hall_s_certificate_does_for_every_desk(desk, tmp_path, centre, monkeypatch):
    centre.document["hall"]["recovery_certificate"] = recovery_pair()[0].decode()
    box = ForgetfulBox()
    with desk(box) as office:
        assert office.hall.version == sm3(canonical(centre.document))
        assert unwrap_store_key(wrapped(tmp_path), recovery_key()) == box.get("store-key")


@pytest.mark.parametrize("pem", [None, b"torn", recovery_pair()[1]])
def test_a_certificate_that_cannot_be_read_keeps_nobody_from_working(desk, tmp_path, pem, caplog):
    file = tmp_path / "recovery.pem"
    if pem is not None:
        file.write_bytes(pem)
    with caplog.at_level(logging.WARNING), desk(ForgetfulBox(), recovery=file) as office:
        assert office.hall.id == "JZ01"
    assert not (tmp_path / "desk" / WRAPPED).exists()
    assert "not wrapped" in caplog.text


def test_without_any_certificate_nothing_is_written(desk, tmp_path):
    with desk(ForgetfulBox()) as office:
        assert office.parts.second_copy is None
    assert not (tmp_path / "desk" / WRAPPED).exists()


def test_the_second_copy_is_wired_to_its_own_eyes(desk, tmp_path):
    keys = put_recovery(tmp_path / "keys")
    share = tmp_path / "share"
    share.mkdir()
    with desk(ForgetfulBox(), recovery=keys / "recovery.pem", second_copy=share) as office:
        copy = office.parts.second_copy
        assert copy is not None
        heading = copy.rows.heading()
        assert (heading.hall, heading.head.device, heading.training) == ("JZ01", "device-1", True)
        assert copy.rows.first_outside([], 10) is None
        assert not copy.rows.waits(Span(1, 1, 10))
        copy.place.write(Span(1, 1, 1), heading, ())
        assert [file.span for file in copy.place.files("device-1")] == [Span(1, 1, 1)]


def test_desk_toml_names_the_place_and_the_certificate(tmp_path):
    file = tmp_path / "desk.toml"
    file.write_text('window = 2\ncentre = "https://x"\nsecond_copy = "copies"\nrecovery = "/etc/hall/recovery.pem"\n')
    settings = read_settings(tmp_path, "")
    assert (settings.second_copy, settings.recovery) == (tmp_path / "copies", Path("/etc/hall/recovery.pem"))
    file.write_text('window = 2\ncentre = "https://x"\n')
    settings = read_settings(tmp_path, "")
    assert (settings.second_copy, settings.recovery) == (None, None)
    file.write_text('window = 2\ncentre = "http://x\n')
    with pytest.raises(CannotOpen, match="有一行不对"):
        read_settings(tmp_path, "")


def test_the_training_hall_makes_its_own_once_and_says_its_halves(tmp_path):
    settings = training_settings(tmp_path, "http://127.0.0.1:1", "")
    assert settings.recovery is not None
    assert settings.second_copy is not None
    pem = settings.recovery.read_bytes()
    key = open_recovery_key((settings.recovery.parent / "recovery.p12").read_bytes(), TRAINING_HALVES)
    assert key.certificate == read_certificate(pem)
    assert training_recovery(tmp_path).read_bytes() == pem
    (said,) = settings.recovery.parent.glob("*.txt")
    assert all(half in said.read_text("utf-8") for half in TRAINING_HALVES)
    assert settings.second_copy.is_dir()


def test_practice_begun_anew_keeps_the_certificate_and_drops_the_copies(tmp_path):
    settings = training_settings(tmp_path, "http://127.0.0.1:1", "")
    assert settings.second_copy is not None
    for name in ("d-1-1-2.cms", "d-1-3-4.cms.part", "note.txt"):
        (settings.second_copy / name).write_bytes(b"x")
    (tmp_path / WRAPPED).write_bytes(b"x")
    clear_training(tmp_path)
    assert [file.name for file in settings.second_copy.iterdir()] == ["note.txt"]
    assert not (tmp_path / WRAPPED).exists()
    assert training_recovery(tmp_path).exists()
