"""收上来的表 the fields of one posted form (multipart/form-data, RFC 7578), taken apart in memory: nothing of it touches a disk."""

from __future__ import annotations

import re

FILE, CODE = "file", "code"
LARGEST_FILE = 10 << 20
LARGEST_FORM = LARGEST_FILE + (1 << 14)

_boundary = re.compile(r"multipart/form-data\s*;\s*boundary=\"?([0-9A-Za-z'()+_,\-./:=?]{1,70})\"?\s*", re.IGNORECASE)
_name = re.compile(rb'content-disposition:\s*form-data\s*;\s*name="(file|code)"', re.IGNORECASE)
_LONGEST_HEAD = 4096


def read_form(content_type: str, body: bytes) -> dict[str, bytes]:
    """The fields of ours, each once. Raises ValueError for what no browser would have sent."""
    found = _boundary.fullmatch(content_type)
    if found is None:
        raise ValueError("content type")
    mark = b"\r\n--" + found[1].encode("ascii")
    first, *pieces = (b"\r\n" + body).split(mark)
    if first or not pieces or not pieces.pop().startswith(b"--"):
        raise ValueError("not whole")
    fields: dict[str, bytes] = {}
    for piece in pieces:
        head, gap, content = piece.partition(b"\r\n\r\n")
        name = _name.search(head[:_LONGEST_HEAD])
        if not gap or name is None:
            continue
        key = name[1].decode("ascii").lower()
        if key in fields:
            raise ValueError("twice")
        fields[key] = content
    return fields
