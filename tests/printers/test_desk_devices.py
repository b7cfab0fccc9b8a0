"""The desk's printers by name: what a line learned of its device stands in the store, and a person's answers open it anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clerk_app.ports import Keep
from clerk_app.receipts.paper import TEST_PAGE, Delivery, PrinterStatus
from clerk_app.settings import PrinterAt, Settings
from printers.desk import desk_lanes
from printers.desk_devices import DeskDevices, KeptLink, ProfileShelf
from printers.pdf_link import PdfLink
from printers.profiles import Profile
from printers.show import show
from printers.virtual import VirtualPrinter
from tests.desk import cut_office

AT = PrinterAt(name="前台", url="tcp://127.0.0.1:9", columns=42)


class MemoryKeep(Keep):  # type: ignore[misc]
    """Only the small values."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def meta(self, key):
        return self.values.get(key)

    def put_meta(self, key, value):
        self.values[key] = value


class LearningLink:
    """Finds out at the first job that its device confirms nothing."""

    def __init__(self, url: str, profile: Profile) -> None:
        self.url, self.profile = url, profile

    def send(self, payload: bytes, token: str) -> Delivery:
        self.profile = replace(self.profile, completion="none")
        return Delivery("unknown")

    def learn(self) -> Profile:
        return self.profile

    def status(self) -> PrinterStatus:
        return PrinterStatus(ready=True, known=True, said="")


def test_what_was_learned_is_kept_and_known_at_the_next_start():
    keep, opened = MemoryKeep(), []

    def open_link(url, profile):
        opened.append(profile)
        return LearningLink(url, profile)

    link = KeptLink(AT, ProfileShelf(keep, [AT]), open_link)
    assert (opened[0].columns, opened[0].completion) == (42, "")
    link.send(b"", "abcd")
    link.send(b"", "abcd")
    assert len(opened) == 1
    KeptLink(AT, ProfileShelf(keep, [AT]), open_link)
    assert opened[1].completion == "none"


def test_answers_of_a_person_open_the_line_anew():
    shelf, opened = ProfileShelf(MemoryKeep(), [AT]), []
    link = KeptLink(AT, shelf, lambda url, profile: opened.append(profile) or LearningLink(url, profile))
    shelf.put("前台", replace(shelf.profile("前台"), columns=32))
    link.send(b"", "abcd")
    assert [profile.columns for profile in opened] == [42, 32]


def test_a_profile_that_cannot_be_read_is_as_none():
    keep = MemoryKeep()
    ProfileShelf(keep, [AT]).put("前台", Profile())
    (key,) = keep.values
    keep.values[key] = "{broken"
    assert ProfileShelf(keep, [AT]).profile("前台") == Profile(columns=42)


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


def test_each_printer_has_its_lane_its_paper_and_its_test_page(office):
    with VirtualPrinter() as printer:
        named = (replace(AT, url=printer.url), PrinterAt(name="系统", url="system:A4-2", columns=32))
        settings = replace(office.parts.settings, printer=printer.url, printers=named)
        system = []
        vault = office.parts.vault
        devices = DeskDevices(settings, vault.spool, vault.keep, lambda name: system.append(name) or object())  # type: ignore[arg-type, return-value]
        assert system == ["A4-2"]
        assert [lane.printer for lane in desk_lanes(devices, vault.spool)] == ["前台", "系统"]
        assert isinstance(devices._links["系统"], PdfLink)
        slip = devices.test_page("前台", "江州")
        assert slip.doc_type == TEST_PAGE
        assert ("1234567890" * 5)[:42] in show(devices.maker("前台").make(slip))
        with pytest.raises(ValueError, match="还没有答"):
            devices.keep_answers("前台", {"ruler": "fits"})
        assert len(devices.questions()) == 3
        assert all(make.columns in (32, 42, 48) for make in devices.makes())


def test_a_desk_without_a_printer_has_a_lane_on_which_everything_waits(office):
    vault = office.parts.vault
    devices = DeskDevices(Settings(data_dir=None, centre="", window=2), vault.spool, vault.keep, lambda name: None)  # type: ignore[arg-type, return-value]
    (lane,) = desk_lanes(devices, vault.spool)
    assert lane.printer == ""
    assert not lane.status().ready


def test_an_address_that_is_none_is_said_at_the_start(office):
    vault = office.parts.vault
    settings = replace(office.parts.settings, printers=(replace(AT, url="ftp://x"),))
    with pytest.raises(ValueError, match="看不懂"):
        DeskDevices(settings, vault.spool, vault.keep, lambda name: None)  # type: ignore[arg-type, return-value]
