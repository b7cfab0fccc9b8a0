"""What every `ports.BlobCentre` does. A test class inherits this and gives the fixture `centre`."""

from __future__ import annotations

import hashlib
import os

import pytest

from clerk_app.ports import BlobCentre, CentreProblem


def problem(call) -> tuple[str, int]:
    with pytest.raises(CentreProblem) as caught:
        call()
    return caught.value.type, caught.value.status


class BlobContract:
    """Every test makes bytes nobody has seen."""

    @pytest.fixture
    def data(self) -> bytes:
        return os.urandom(3000)

    @pytest.fixture
    def digest(self, data: bytes) -> str:
        return hashlib.sha256(data).hexdigest()

    def test_piece_by_piece_it_becomes_whole(self, centre: BlobCentre, data: bytes, digest: str) -> None:
        assert centre.size(digest) is None
        url = centre.begin(digest, len(data))
        assert centre.offset(url) == 0
        assert centre.send(url, 0, data[:1000]) == centre.offset(url) == 1000
        assert centre.size(digest) is None
        assert centre.send(url, 1000, data[1000:]) == centre.offset(url) == 3000
        assert centre.size(digest) == 3000
        assert centre.fetch(digest) == data

    def test_another_place_is_refused(self, centre: BlobCentre, data: bytes, digest: str) -> None:
        url = centre.begin(digest, len(data))
        centre.send(url, 0, data[:1000])
        assert problem(lambda: centre.send(url, 0, data[:1000])) == ("offset-wrong", 409)
        assert problem(lambda: centre.send(url, 1001, data[1001:])) == ("offset-wrong", 409)
        assert centre.offset(url) == 1000

    def test_other_bytes_end_the_upload(self, centre: BlobCentre, data: bytes, digest: str) -> None:
        url = centre.begin(digest, len(data))
        assert problem(lambda: centre.send(url, 0, bytes(3000))) == ("digest-wrong", 460)
        assert problem(lambda: centre.offset(url))[1] == 404
        assert centre.size(digest) is None

    def test_an_unknown_upload_is_said(self, centre: BlobCentre, data: bytes) -> None:
        assert problem(lambda: centre.offset("/v1/uploads/none")) == ("upload-unknown", 404)
        assert problem(lambda: centre.send("/v1/uploads/none", 0, data)) == ("upload-unknown", 404)

    def test_two_uploads_of_one_file_are_one_blob(self, centre: BlobCentre, data: bytes, digest: str) -> None:
        first = centre.begin(digest, len(data))
        centre.send(first, 0, data[:500])
        second = centre.begin(digest, len(data))
        assert second != first
        assert [centre.send(second, 0, data), centre.send(first, 500, data[500:])] == [3000, 3000]
        assert centre.fetch(digest) == data

    def test_a_beginning_whose_answer_was_lost_is_found_again(
        self, centre: BlobCentre, data: bytes, digest: str
    ) -> None:
        url = centre.begin(digest, len(data))
        assert centre.begin(digest, len(data)) == url
        assert centre.send(url, 0, data) == 3000

    def test_what_is_not_there_is_not_fetched(self, centre: BlobCentre, digest: str) -> None:
        assert problem(lambda: centre.fetch(digest)) == ("blob-unknown", 404)
        assert problem(lambda: centre.piece(digest, 0, 10)) == ("blob-unknown", 404)

    def test_any_part_of_it_can_be_had(self, centre: BlobCentre, data: bytes, digest: str) -> None:
        centre.send(centre.begin(digest, len(data)), 0, data)
        assert centre.piece(digest, 0, 3000) == data
        assert centre.piece(digest, 700, 1500) == data[700:2200]
        assert centre.piece(digest, 2900, 1500) == data[2900:], "shorter at the end"
        assert problem(lambda: centre.piece(digest, 3000, 1)) == ("range-beyond", 416)
