"""Opening the office: the key in the keyring, met once, and never a new key over old data."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from clerk_app import bootstrap
from clerk_app.bootstrap import Handed, open_office
from clerk_app.canonical import canonical, sm3
from clerk_app.outside.secrets import ForgetfulBox
from clerk_app.ports import CannotOpen, CentreAway, CentreProblem, Hello, SecretBoxAway
from clerk_app.settings import Settings
from clerk_app.store.engine import StoreUnreadable
from tests.desk import CutCentre, PlainMaker, StandingClock, training_document


class MeetingCentre(CutCentre):
    """Takes one machine in and gives it the hall."""

    def __init__(self) -> None:
        self.met: list[tuple[str, int, str]] = []
        self.document = training_document()
        self.closed = False

    def enrol(self, code: str, window: int, public_key: str) -> str:
        self.met.append((code, window, public_key))
        return "device-1"

    def hello(self, said=None) -> Hello:
        version = sm3(canonical(self.document))
        return Hello(time=StandingClock().moment, epoch="e", last_seq=0, head="", hall_version=version)

    def hall_document(self, version: str):
        return self.document

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def centre(monkeypatch):
    centre = MeetingCentre()
    monkeypatch.setattr(bootstrap, "HttpCentre", lambda *_: centre)
    return centre


@pytest.fixture
def opened(tmp_path, centre):
    with ExitStack() as stack:

        def call(box, *, training=True, code="码"):
            settings = Settings(data_dir=tmp_path / "desk", centre="http://127.0.0.1:1", window=2, training=training)
            return stack.enter_context(open_office(settings, Handed(maker=PlainMaker()), box, code, StandingClock()))

        call.close = stack.close
        yield call


@pytest.mark.parametrize("training", [True, False])
def test_met_once_and_opened_again_without_the_centre(opened, centre, monkeypatch, training):
    box = ForgetfulBox()
    office = opened(box, training=training)
    assert office.hall.id == "JZ01"
    assert office.parts.vault.keep.meta("training") == ("1" if training else "0")
    opened.close()
    assert centre.closed
    monkeypatch.setattr(bootstrap, "HttpCentre", lambda *_: type("Cut", (CutCentre,), {"close": lambda _: None})())
    again = opened(box, training=training)
    assert again.parts.vault.keep.meta("device") == "device-1"
    assert len(centre.met) == 1
    assert centre.met[0][:2] == ("码", 2)


def test_data_without_its_key_is_left_alone_and_no_new_key_is_made(opened, tmp_path):
    opened(ForgetfulBox())
    opened.close()
    before = (tmp_path / "desk" / "counter.db").read_bytes()
    empty = ForgetfulBox()
    for _ in range(2):
        with pytest.raises(CannotOpen, match="没有它的钥匙"):
            opened(empty)
    assert empty.get("store-key") is None
    assert (tmp_path / "desk" / "counter.db").read_bytes() == before


def test_another_key_opens_nothing(opened):
    opened(ForgetfulBox())
    opened.close()
    other = ForgetfulBox()
    other.put("store-key", bytes(32))
    with pytest.raises(StoreUnreadable):
        opened(other)


class NoBox:
    def get(self, name: str) -> bytes | None:
        raise SecretBoxAway("no keyring")

    put = get


def test_no_keyring_no_data(opened, tmp_path):
    with pytest.raises(SecretBoxAway):
        opened(NoBox())
    assert not (tmp_path / "desk" / "counter.db").exists()


@pytest.mark.parametrize("fault", [CentreAway("cut"), CentreProblem("code-wrong", "入列码不对。", 403)])
def test_a_first_meeting_that_fails_can_be_tried_again(opened, centre, monkeypatch, fault):
    box = ForgetfulBox()

    def fail(*_):
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(MeetingCentre, "enrol", fail)
        with pytest.raises(type(fault)):
            opened(box)
    assert centre.closed
    with monkeypatch.context() as patch:
        patch.setattr(MeetingCentre, "hall_document", fail)
        with pytest.raises(type(fault)):
            opened(box)
    assert opened(box).hall.name
    assert len(centre.met) == 1, "enrolled at the first good answer, whatever came after it"


def test_practice_and_real_cases_never_meet_in_one_file(opened):
    box = ForgetfulBox()
    opened(box, training=True)
    opened.close()
    with pytest.raises(CannotOpen, match="练习和真办的不能混"):
        opened(box, training=False)
