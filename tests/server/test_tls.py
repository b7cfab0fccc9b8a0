"""The line to a real centre: TLS with a certificate this desk trusts and a name that fits; anything else is a cut line."""

from __future__ import annotations

import json
import logging
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk_app.bootstrap import Handed, open_office
from clerk_app.outside.centre import HttpCentre
from clerk_app.outside.line import HttpLine
from clerk_app.outside.secrets import ForgetfulBox
from clerk_app.ports import CannotOpen, CentreAway
from clerk_app.starting import read_settings
from tests.desk import PlainMaker
from tests.server.certificates import Authority, Pair
from tests.server.desk import Desk
from tests.server.test_process import Run, run, serving

__all__ = ["run"]

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, loaded_file: Path) -> Path:
    folder = tmp_path_factory.mktemp("tls")
    shutil.copy2(loaded_file, folder / "centre.db")
    return folder


@pytest.fixture(scope="module")
def ours(folder: Path) -> Authority:
    return Authority(folder, "ours")


def tls(pair: Pair) -> list[str]:
    return ["--tls-cert", str(pair.certificate), "--tls-key", str(pair.key)]


@pytest.fixture(scope="module")
def secure(folder: Path, ours: Authority) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """One centre speaking https, two processes behind its door."""
    with serving(f"sqlite:///{folder / 'centre.db'}", "--workers", "2", *tls(ours.centre("127.0.0.1"))) as (
        process,
        base,
    ):
        yield process, base
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def centre_at(base: str, verify: bool | str) -> HttpCentre:
    desk = Desk(None)
    return HttpCentre(HttpLine(base, lambda: desk.device, desk.key.sign, verify))


def test_a_trusted_certificate_and_the_right_name(secure: tuple[object, str], ours: Authority) -> None:
    _, base = secure
    assert base.startswith("https://127.0.0.1:")
    desk = Desk(None)
    centre = HttpCentre(HttpLine(base, lambda: desk.device, desk.key.sign, str(ours.file)))
    desk.device = centre.enrol("码", 2, desk.key.public)
    assert len(centre.hello().hall_version) == 64
    centre.close()


def assert_cut(centre: HttpCentre, caplog: pytest.LogCaptureFixture, word: str) -> None:
    caplog.set_level(logging.WARNING, "clerk_app.outside.line")
    for _ in range(3):
        with pytest.raises(CentreAway):
            centre.enrol("码", 2, "key")
    centre.close()
    lines = [record.getMessage() for record in caplog.records if record.name == "clerk_app.outside.line"]
    assert len(lines) == 1, "said once, not at every try"
    assert word in lines[0]
    assert "127.0.0.1" in lines[0]


def test_a_certificate_nobody_here_trusts(
    secure: tuple[object, str], folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = Authority(folder, "other")
    assert_cut(centre_at(secure[1], str(other.file)), caplog, "SSLError")


def test_the_public_authorities_do_not_know_it(secure: tuple[object, str], caplog: pytest.LogCaptureFixture) -> None:
    assert_cut(centre_at(secure[1], verify=True), caplog, "SSLError")


def test_a_proxys_own_authority_in_the_environment_changes_nothing(
    secure: tuple[object, str], ours: Authority, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(ours.file))
    assert_cut(centre_at(secure[1], verify=True), caplog, "SSLError")


def test_a_certificate_for_another_name(folder: Path, ours: Authority, caplog: pytest.LogCaptureFixture) -> None:
    pair = ours.centre("centre.example")
    with serving(f"sqlite:///{folder / 'centre.db'}", *tls(pair)) as (_, base):
        assert_cut(centre_at(base, str(ours.file)), caplog, "SSLError")


def test_plain_http_where_tls_was_expected(folder: Path, ours: Authority, caplog: pytest.LogCaptureFixture) -> None:
    with serving(f"sqlite:///{folder / 'centre.db'}") as (_, base):
        assert base.startswith("http://")
        assert_cut(centre_at(base.replace("http://", "https://"), str(ours.file)), caplog, "SSLError")


def test_plain_http_towards_a_tls_door(secure: tuple[object, str], caplog: pytest.LogCaptureFixture) -> None:
    assert_cut(centre_at(secure[1].replace("https://", "http://"), verify=True), caplog, "ConnectionError")


def test_a_key_that_does_not_belong_to_the_certificate(folder: Path, ours: Authority, run: Run) -> None:
    one, other = ours.centre("127.0.0.1"), ours.centre("127.0.0.2")
    url = f"sqlite:///{folder / 'centre.db'}"
    wrong = [Pair(one.certificate, other.key), Pair(one.certificate, folder / "none.key"), Pair(one.key, one.key)]
    for pair in wrong:
        done = run(url, "serve", "--port", "0", *tls(pair))
        assert (done.code, done.out) == (2, "")
        assert "--tls-cert" in done.said
    assert run(url, "serve", "--port", "0", "--tls-cert", str(one.certificate)).code == 2


def desk_toml(folder: Path, centre: str, ca: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    lines = ["window = 2", f"centre = {json.dumps(centre)}", *([f"ca = {json.dumps(ca)}"] if ca else [])]
    (folder / "desk.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_a_desk_trusts_the_certificate_file_beside_its_settings(
    secure: tuple[object, str], ours: Authority, tmp_path: Path
) -> None:
    folder = desk_toml(tmp_path / "desk", secure[1], "hall-ca.pem")
    with pytest.raises(CannotOpen, match="hall-ca"):
        read_settings(folder, "")
    shutil.copy2(ours.file, folder / "hall-ca.pem")
    settings = read_settings(folder, "")
    assert settings.ca == folder / "hall-ca.pem"
    with open_office(settings, Handed(maker=PlainMaker()), ForgetfulBox(), "码") as office:
        assert office.hall.id == "JZ01"
        assert office.parts.vault.keep.meta("device")


@pytest.mark.parametrize(
    "centre",
    ["http://centre.example", "http://10.0.0.5:8450", "ftp://x", "centre.example", "https://", "", "http://[::1"],
)
def test_a_real_desk_takes_no_plain_http_centre(tmp_path: Path, centre: str) -> None:
    with pytest.raises(CannotOpen, match="https"):
        read_settings(desk_toml(tmp_path / "desk", centre), "")
    with pytest.raises(CannotOpen, match="https"):
        read_settings(desk_toml(tmp_path / "desk", "https://centre.example"), centre or "http://x")


@pytest.mark.parametrize(
    "centre", ["https://centre.example", "http://127.0.0.1:8450", "http://localhost:1", "http://[::1]:5"]
)
def test_tls_or_this_very_machine(tmp_path: Path, centre: str) -> None:
    assert read_settings(desk_toml(tmp_path / "desk", centre), "").centre == centre
