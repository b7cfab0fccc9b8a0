"""两人办的步骤: two wherever the hall says nothing and something begins; stopping needs one; a wrong word is found when the file is checked."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml

from clerk_app.duty.high_risk import HighRisk, Step, step_words
from clerk_app.hall import read_hall
from clerk_app.outside.hall_file import document_findings, read_hall_document
from resources import path


@pytest.mark.parametrize(("step", "two"), [("device_code", True), ("device_swap", True), ("device_loss", False)])
def test_what_begins_something_wants_two(step: Step, two: bool) -> None:
    assert HighRisk().wants_two(step) is two
    assert HighRisk(people={step: "one"}).wants_two(step) is False
    assert HighRisk(people={step: "two"}).wants_two(step) is True
    assert HighRisk(people={step: "nobody"}).wants_two(step) is True, "what is not understood is asked for"


def test_the_hall_file_says_it() -> None:
    document, _ = read_hall_document(path("halls", "training.yaml").read_text("utf-8"))
    assert document is not None
    assert not read_hall(document, "v").high_risk.people
    said = copy.deepcopy(document)
    said["high_risk"] = dict.fromkeys(step_words, "two")
    assert document_findings(said) == []
    assert all(read_hall(said, "v").high_risk.wants_two(step) for step in step_words)


@pytest.mark.parametrize("wrong", [{"device_loss": "three"}, {"fly": "two"}, ["device_loss"]])
def test_a_wrong_word_is_found(wrong: Any) -> None:
    whole = yaml.safe_load(path("halls", "training.yaml").read_text("utf-8"))
    whole["high_risk"] = wrong
    document, findings = read_hall_document(yaml.safe_dump(whole, allow_unicode=True))
    assert document is None
    assert len(findings) == 1
