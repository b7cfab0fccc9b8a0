"""判印的程序 programs that are not ours, each asked about one sealed file; every answer is their own words."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

NeedProgram = Callable[[str, str], str]
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+) (\d+) (\d+) (\d+)")


def judged(*command: str | Path) -> tuple[int, str]:
    """How it ends, and what it says on both streams."""
    ended = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=60, check=False
    )
    return ended.returncode, ended.stdout


def said(*command: str | Path) -> str:
    """Only the words: some of these programs end with 1 over a root they do not know."""
    return judged(*command)[1]


def pdfsig(need: NeedProgram, file: Path, root: Path) -> str:
    """With the root in a store of certificates of its own."""
    store = file.with_suffix(".nss")
    store.mkdir()
    certutil = need("certutil", "libnss3-tools")
    assert said(certutil, "-N", "-d", f"sql:{store}", "--empty-password") == ""
    assert said(certutil, "-A", "-d", f"sql:{store}", "-n", "root", "-t", "CT,C,C", "-i", root) == ""
    return said(need("pdfsig", "poppler-utils"), "-nssdir", f"sql:{store}", file)


def openssl(need: NeedProgram, file: Path, root: Path) -> tuple[int, str]:
    """The CMS and what it signs, cut out of the file by its own byte range."""
    pdf = file.read_bytes()
    (found,) = _RANGE.findall(pdf)
    start, first, resume, rest = (int(number) for number in found)
    assert (start, resume + rest) == (0, len(pdf))
    cms, content = file.with_suffix(".cms"), file.with_suffix(".bin")
    cms.write_bytes(bytes.fromhex(pdf[first + 1 : resume - 1].decode("ascii")))
    content.write_bytes(pdf[:first] + pdf[resume:])
    return judged(
        need("openssl", "openssl"), "cms", "-verify", "-cades", "-inform", "DER", "-in", cms, "-content", content,
        "-binary", "-CAfile", root, "-purpose", "any", "-out", "/dev/null",
    )  # fmt: skip


def qpdf(need: NeedProgram, file: Path) -> tuple[int, str]:
    return judged(need("qpdf", "qpdf"), "--check", file)


def mutool(need: NeedProgram, file: Path) -> str:
    return said(need("mutool", "mupdf-tools"), "sign", "-v", file)


def pdfdetach(need: NeedProgram, file: Path) -> tuple[str, bytes]:
    """The one file inside: its list line, and its bytes."""
    program, out = need("pdfdetach", "poppler-utils"), file.with_suffix(".inside")
    listed = said(program, "-list", file)
    assert said(program, "-save", "1", "-o", out, file) == ""
    return listed, out.read_bytes()
