"""体检单 `main.py --doctor [--json]`: a finding a line, or one JSON document; exit 1 when something must be mended."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from clerk_app.office.doctor.round import look_over
from clerk_app.office.doctor.told import exit_code, json_of, lines_of, summary_of
from clerk_app.ports.doctor import Check


def tell(checks: Sequence[Check], *, as_json: bool) -> int:
    """Look, print, answer the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A Chinese Windows console speaks GBK, which has no ✓.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
    findings = look_over(checks)
    lines = [json_of(findings)] if as_json else [*lines_of(findings), "", summary_of(findings)]
    print("\n".join(lines))  # noqa: T201
    return exit_code(findings)
