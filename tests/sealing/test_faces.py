"""印面: what is laid across a seal depends on training and the issuer alone; its face is the hall's, on the page and in the seam."""

from __future__ import annotations

import pytest

from clerk_app.duty.model import Seal
from clerk_app.sealing.faces import face_of, mark_of, seam_of

LAWFUL = "1f" * 32
SEAL = Seal(
    id="S-JYJ", name="江州市教育局行政审批专用章", department="JYJ", kind="approval", custodian="PA01", backup="PA02",
    electronic=True, diameter=40.0, star=False, number="(2)", code="1429900012345",
)  # fmt: skip


@pytest.mark.parametrize(
    ("training", "issuer", "lawful", "mark"),
    [
        (False, LAWFUL, {LAWFUL}, ""),
        (False, LAWFUL.upper(), {LAWFUL}, ""),
        (False, "2e" * 32, {LAWFUL}, "非法定电子印章"),
        (False, "", {LAWFUL}, "非法定电子印章"),
        (False, "", {""}, "非法定电子印章"),
        (False, LAWFUL, set(), "非法定电子印章"),
        (True, LAWFUL, {LAWFUL}, "演练"),
        (True, "", set(), "演练"),
    ],
)
def test_only_an_issuer_on_the_list_leaves_a_seal_unmarked(
    training: bool, issuer: str, lawful: set[str], mark: str
) -> None:
    assert mark_of(training, issuer, lawful) == mark


def test_a_face_is_as_the_hall_describes_it_and_so_is_the_seam() -> None:
    face = face_of(SEAL, "演练")
    assert (face.name, face.diameter, face.star, face.number, face.code, face.mark) == (
        "江州市教育局行政审批专用章", 40.0, False, "(2)", "1429900012345", "演练",
    )  # fmt: skip
    seam = seam_of(face, duplex=True)
    assert (seam.face, seam.duplex, seam.inset, seam.group) == (face, True, 3.0, 20)
