"""A two-way line nobody answers on: in doubt until a person held its test page, then as honest as a line without a way back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from printers.profiles import Profile
from printers.virtual import Faults, VirtualPrinter
from tests.printers.test_link import MISSED_ANSWERS, SLIP, link_to

SEEN = {"ruler": "fits", "letters": "right", "code": "both"}
"""Its test page was in somebody's hand."""


@pytest.fixture
def printer():
    with VirtualPrinter() as virtual:
        yield virtual


def test_a_silent_printer_whose_test_page_came_out_is_sent(printer):
    printer.faults = Faults(silent=True)
    link = link_to(printer, MISSED_ANSWERS)
    assert link.send(SLIP, "aaaa").state == "unknown"
    seen = replace(link.profile, answers=SEEN)
    assert (seen.completion, seen.status) == ("", "")
    link = link_to(printer, MISSED_ANSWERS, profile=seen)
    assert (link.status().ready, link.status().known) == (True, False)
    assert [link.send(SLIP, token).state for token in ("bbbb", "cccc")] == ["sent", "sent"]
    assert (link.profile.completion, link.profile.status) == ("none", "none")
    assert printer.wait_until(lambda p: p.jobs == [SLIP] * 3)


def test_answers_about_a_page_do_not_stop_the_probe(printer):
    """They may be given before anything was ever asked of the device."""
    link = link_to(printer, profile=Profile(answers=SEEN))
    assert link.send(SLIP, "aaaa").state == "done"
    assert link.confirm == "process_id"


def test_a_silent_printer_that_finds_its_voice_is_asked_anew(printer):
    link = link_to(printer, profile=Profile(completion="none", status="none", answers=SEEN))
    assert link.send(SLIP, "aaaa").state == "done"
    assert (link.profile.completion, link.profile.status) == ("process_id", "full")
    printer.faults = Faults(silent=True)
    assert link_to(printer, MISSED_ANSWERS, profile=link.profile).send(SLIP, "bbbb").state == "not_sent"


@pytest.mark.parametrize(
    ("faults", "state"),
    [
        (Faults(silent=True, rst_after=300), "unknown"),
        (Faults(silent=True, power_off_after=300), "unknown"),
        (Faults(refuse=True), "not_sent"),
    ],
)
def test_what_breaks_off_at_a_silent_printer_is_not_sent(printer, faults, state):
    printer.faults = faults
    silent = Profile(completion="none", status="none", answers=SEEN)
    assert link_to(printer, MISSED_ANSWERS, profile=silent).send(SLIP, "aaaa").state == state


def test_silence_teaches_nothing_while_nobody_saw_a_page(printer):
    printer.faults = Faults(silent=True)
    assert link_to(printer, MISSED_ANSWERS).learn() == Profile()
