"""补打的记号 a kept page printed once more: the same bytes first, then one update that lays the mark over every page."""

from __future__ import annotations

from io import BytesIO

_POINTS_A_MM = 72 / 25.4
_RIGHT, _TOP = 92.0, 8.0


def with_mark(pdf: bytes, mark: bytes, pages: int) -> bytes:
    """`mark` is a one-page PDF; it stands in the upper right corner. Raises ValueError for a file that is no whole PDF."""
    # The PDF library comes in with the first paper that needs it: most desks never print one.
    from pyhanko.pdf_utils.generic import DictionaryObject, NameObject, StreamObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        form = writer.import_page_as_xobject(PdfFileReader(BytesIO(mark)))
        left, top = (210 - _RIGHT) * _POINTS_A_MM, (297 - _TOP - 12) * _POINTS_A_MM
        for page in range(pages):
            # What stands there leaves its own scale behind: it is put between q and Q.
            before, after = (writer.add_object(StreamObject(stream_data=part)) for part in (b"q ", b" Q "))
            drawn = StreamObject(stream_data=b"q 1 0 0 1 %.2f %.2f cm /CopyMark Do Q" % (left, top))
            named = DictionaryObject({NameObject("/CopyMark"): form})  # type: ignore[no-untyped-call]
            resources = DictionaryObject({NameObject("/XObject"): named})  # type: ignore[no-untyped-call]
            writer.add_stream_to_page(page, before, prepend=True)  # type: ignore[no-untyped-call]
            writer.add_stream_to_page(page, after)  # type: ignore[no-untyped-call]
            writer.add_stream_to_page(page, writer.add_object(drawn), resources=resources)  # type: ignore[no-untyped-call]
        out = BytesIO()
        writer.write(out)  # type: ignore[no-untyped-call]
        return out.getvalue()
    except PdfError:
        raise ValueError("存着的这份文书读不出来，没有补打。把原件找出来复印，并告诉管理员。") from None
