"""大字: who asked for it with his number takes every paper of the visit home in double size; what the hall keeps is as ever."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clerk_app.office.counter.paper_copies import print_again
from clerk_app.queueing.model import LARGE
from clerk_app.receipts.kept_slip import slip_from, slip_text
from clerk_app.receipts.large_print import sized_for_reader
from clerk_app.receipts.paper import Delivery
from clerk_app.receipts.slip import Slip, Text
from printers.layout import TRAINING, Line, lay_out
from tests.desk import cut_office
from tests.receipts.fees.cashier import Counter
from tests.receipts.fees.test_slips import set_of_two
from tests.receipts.test_slips import receipt
from tests.visits import accept, done, now, receive, serve


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


def ask_for_large(office, ticket):
    row = replace(now(office, ticket), aids=(LARGE,))
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_ticket(row)


def made(office, doc_type):
    return [slip for slip in office.parts.maker.made if slip.doc_type == doc_type]


def test_the_receipts_of_the_visit_are_large_and_their_copies_too(office):
    ticket = serve(office)
    ask_for_large(office, ticket)
    accept(office, receive(office, ticket))
    assert [slip.large for slip in made(office, "受理回执")] == [True]
    spool = office.parts.vault.spool
    job = spool.newest_of(made(office, "受理回执")[0].doc_no, ("受理回执",))
    while (taken := spool.take_next(job.printer)) is not None:
        spool.settle(taken.id, Delivery("done"))
    done(print_again(office, job.id, 2, "弄湿了"))
    assert [slip.large for slip in made(office, "受理回执")] == [True, True]


def test_without_the_wish_nothing_is_large(office):
    accept(office, receive(office, serve(office)))
    assert [slip.large for slip in made(office, "受理回执")] == [False]


@pytest.mark.parametrize(("doc_type", "large"), [("受理回执", True), ("送审单", False), ("抄告单", False)])
def test_what_stays_in_the_hall_is_not_large(office, doc_type, large):
    ticket = serve(office)
    ask_for_large(office, ticket)
    case = receive(office, ticket)
    slip = Slip(doc_type, "1", (), subject=f"case:{case.id}")
    assert office.read(lambda books: sized_for_reader(slip, books)).large is large


def test_a_bill_is_large_when_one_of_its_matters_came_with_such_a_ticket(office):
    ticket = serve(office)
    counter = Counter()
    bill = set_of_two(counter)
    slip = Slip("缴款通知", bill.no, (), subject=f"bill:{bill.id}")
    assert not sized_for_reader(slip, counter.books).large
    counter.books.put_ticket(replace(ticket, aids=(LARGE,)))
    row = counter.books.external_matter(bill.matters[1].partition(":")[2])
    counter.books.put_external_matter(replace(row, ticket=ticket.id))
    assert sized_for_reader(slip, counter.books).large


@pytest.mark.parametrize("subject", ["case:none", "bill:none", "external:none", "ticket:none", ""])
def test_what_nobody_knows_is_printed_as_ever(subject):
    assert not sized_for_reader(Slip("受理回执", "1", (), subject=subject), Counter().books).large


@pytest.mark.parametrize("width", [32, 42, 48])
def test_every_word_is_double_and_fits(width):
    slip = replace(receipt(), large=True)
    rows = [row for row in lay_out(slip, width) if isinstance(row, Line)]
    words = [row for row in rows if row.text.strip("─") and row.text != TRAINING]
    assert min(row.size for row in words) == 2
    assert all(row.width <= width for row in rows)


def test_a_long_sentence_is_not_made_small_again():
    long = Slip("t", "1", (Text("补的内容只限上面写的，窗口不再要别的，到期没补齐这件先留着。"),), large=True)
    assert {row.size for row in lay_out(long, 32)} == {2}


def test_a_value_stands_beside_its_label_or_under_it():
    rows = [row.text for row in lay_out(replace(receipt(), large=True), 48) if isinstance(row, Line)]
    assert "查询码：7K3M-Q9X2" in rows
    at = rows.index("承诺办结：")
    assert rows[at + 1 : at + 3] == ["  2026年12月4日", "  （星期五）前"]


def test_it_is_kept_with_the_content():
    assert slip_from(slip_text(replace(receipt(), large=True))).large
    assert not slip_from(slip_text(receipt())).large
    assert "large" not in slip_text(receipt())
