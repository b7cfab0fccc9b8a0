"""The token on a slip: the same at every window, of no use for guessing another, and kept outside as a digest only."""

from __future__ import annotations

import math
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from clerk_app.outside.ids import new_id
from clerk_app.queueing.citizen_token import case_token, is_token, ticket_token, token_digest

IDS = st.uuids().map(str)


def test_a_token_never_changes():
    """It stands on paper that is out there: another way to make it would make old slips lead nowhere."""
    assert ticket_token("01934567-89ab-7cde-8f01-23456789abcd") == "kmxtuhlxbjwhmmavht7oimjlfq"
    assert case_token("01934567-89ab-7cde-8f01-23456789abcd") == "fs7afdg6j2vi5ez7t7o65zoggq"


@given(IDS)
def test_a_token_has_its_form_and_holds_nothing_of_the_id(key):
    for token in (ticket_token(key), case_token(key)):
        assert is_token(token)
        assert not any(part in token for part in key.split("-"))
    assert ticket_token(key) != case_token(key), "a ticket's slip does not open the case of the same id"
    assert len(token_digest(ticket_token(key))) == 64
    assert ticket_token(key) not in token_digest(ticket_token(key))


def test_ids_of_one_moment_have_tokens_that_do_not_resemble_each_other():
    tokens = [ticket_token(new_id()) for _ in range(2000)]
    assert len(set(tokens)) == len(tokens)
    for place in range(25):
        counts = Counter(token[place] for token in tokens)
        entropy = -sum(n / len(tokens) * math.log2(n / len(tokens)) for n in counts.values())
        assert entropy > 4.9, "of 5 bits a letter"


def test_what_is_no_token():
    for text in ("", "a" * 25, "a" * 27, "A" * 26, "a" * 25 + "1", "a" * 25 + "\n", "a" * 26 + "\n", "ａ" * 26):
        assert not is_token(text)
