"""练习印章钥匙: a file for each keeper, made once, its card readable without a PIN."""

from __future__ import annotations

from pathlib import Path

import pytest

from clerk_app.duty.training import training_pin
from clerk_app.hall import read_hall
from clerk_app.outside.clock import CentreClock
from clerk_app.outside.seal_keys import TrainingSeal, TrainingSealKeys
from clerk_app.ports.seal import SealKeyTrouble
from clerk_app.training import training_seals
from tests.desk import training_document
from tests.sealing.conftest import NOW, PINS, Sealed

FIRST = {"A": TrainingSeal("甲章", {"P1": "1111"})}


def made(folder: Path, seals: dict[str, TrainingSeal]) -> TrainingSealKeys:
    return TrainingSealKeys(folder, seals, lambda: NOW)


def test_each_keeper_opens_the_same_key_by_his_own_pin_alone(sealed: Sealed) -> None:
    opened = [sealed.keys.open("S-SJJ", keeper, pin) for keeper, pin in PINS.items()]
    assert len({key.card.serial for key in opened if key is not None}) == 1
    assert len({key.chain for key in opened if key is not None}) == 1
    (first, own), (second, other) = PINS.items()
    assert sealed.keys.open("S-SJJ", first, other) is None
    assert sealed.keys.open("S-SJJ", second, own) is None
    assert sealed.keys.open("S-SJJ", "P999", own) is None
    assert sealed.keys.open("S-SJJ", "../S-SJJ-P203", own) is None


def test_keys_made_once_serve_the_next_start_and_a_new_seal_gets_its_own_root(tmp_path: Path) -> None:
    first, again = made(tmp_path, FIRST), made(tmp_path, {**FIRST, "B": TrainingSeal("乙章", {"P2": "2222"})})
    before, one = first.roots(), first.open("A", "P1", "1111")
    other = again.open("A", "P1", "1111")
    assert one is not None
    assert other is not None
    assert one.card == other.card
    assert again.open("B", "P2", "2222") is not None
    assert again.roots().startswith(before)
    assert again.roots().count(b"BEGIN CERTIFICATE") == 2
    assert sorted(file.name for file in tmp_path.iterdir()) == ["A-P1.p12", "A.pem", "B-P2.p12", "B.pem", "roots.pem"]


@pytest.mark.parametrize("gone", ["A-P1.p12", "A-P2.p12", "A.pem"])
def test_a_stop_in_the_middle_leaves_no_two_keys_of_one_seal(tmp_path: Path, gone: str) -> None:
    """Whatever of it is missing, the whole seal is made anew, and the roots of old papers stay."""
    seals = {"A": TrainingSeal("甲章", {"P1": "1111", "P2": "2222"})}
    before = made(tmp_path, seals).roots()
    (tmp_path / gone).unlink()
    keys = made(tmp_path, seals)
    opened = [keys.open("A", "P1", "1111"), keys.open("A", "P2", "2222")]
    assert {key.card for key in opened if key is not None} == {keys.card("A")}
    assert keys.roots().startswith(before)


@pytest.mark.parametrize("left", [0, 40, 700])
def test_a_torn_file_is_no_wrong_pin(tmp_path: Path, left: int) -> None:
    keys = made(tmp_path, FIRST)
    keys.roots()
    file = tmp_path / "A-P1.p12"
    file.write_bytes(file.read_bytes()[:left])
    with pytest.raises(SealKeyTrouble, match="文件坏了"):
        keys.open("A", "P1", "1111")
    assert keys.card("A") is not None
    (tmp_path / "A.pem").write_bytes(b"torn")
    assert keys.card("A") is None


def test_the_key_of_another_seal_is_not_taken_for_this_one(tmp_path: Path) -> None:
    keys = made(tmp_path, {**FIRST, "B": TrainingSeal("乙章", {"P1": "1111"})})
    keys.roots()
    (tmp_path / "A-P1.p12").write_bytes((tmp_path / "B-P1.p12").read_bytes())
    with pytest.raises(SealKeyTrouble, match="文件坏了"):
        keys.open("A", "P1", "1111")


@pytest.mark.skipif("os.name == 'nt'", reason="Windows keeps rights elsewhere")
def test_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    made(tmp_path, FIRST).roots()
    assert {file.stat().st_mode & 0o077 for file in tmp_path.iterdir()} == {0}


def test_the_training_halls_own_keepers_and_nobody_else(tmp_path: Path) -> None:
    """A chief who decides and does not keep the seal authorises; the seal itself is opened by who keeps it."""
    hall = read_hall(training_document(), "v1")
    clock = CentreClock()
    clock.set(NOW)
    keys = training_seals(tmp_path, hall, clock)
    seals = [seal for seal in hall.roster.seals.values() if seal.electronic and seal.kind in {"approval", "register"}]
    assert len(seals) > 5
    for seal in seals[:3]:
        for keeper in (seal.custodian, seal.backup):
            key = keys.open(seal.id, keeper, training_pin(keeper))
            assert key is not None
            assert key.card == keys.card(seal.id)
    others = {item.decider for item in hall.items.values() if item.decider and item.seal == seals[0].id}
    for person in {*others, "P203"} - {seals[0].custodian, seals[0].backup}:
        assert keys.open(seals[0].id, person, training_pin(person)) is None
    assert keys.card("S-GAJ") is None, "its seal is of metal"
