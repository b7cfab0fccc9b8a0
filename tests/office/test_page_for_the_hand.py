"""盖实体章的那页 without the electronic seal's slices: the same words, other bytes."""

from __future__ import annotations

from dataclasses import replace

from clerk_app.canonical import sha256
from clerk_app.office.counter.prepared import Prepared, decided_paper, for_the_hand
from printers.pages import QtPageMaker
from tests.desk import cut_office
from tests.seal_fakes import with_seals
from tests.sealing.cases import decided, item_of


def test_what_is_stamped_by_hand_bears_no_slices_of_the_electronic_seal(qapp, tmp_path) -> None:
    office = cut_office(tmp_path)
    with_seals(office, pages=QtPageMaker())
    item = item_of(office.hall)
    case = decided(item)
    paper = replace(decided_paper(office, case, item), paragraphs=("事" * 2400,))
    page = office.parts.pages.decision(paper)
    one = Prepared(
        case=case, item=item, outcome="grant", opinion="同意。", letter=None, block="", serial=0, document_no="1",
        paper=paper, page=page, digest=sha256(page.pdf), seal=item.seal,
    )  # fmt: skip
    bare = for_the_hand(office, one)
    assert (paper.seam is not None, page.pages > 1, bare.paper.seam) == (True, True, None)
    assert (bare.page.pages, bare.digest != one.digest) == (page.pages, True)
    assert for_the_hand(office, bare) is bare
    office.parts.vault.close()
