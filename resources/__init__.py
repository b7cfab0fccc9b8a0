"""资源 everything that is a file and not code: halls, fonts, icons, styles, templates, translations."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def path(*parts: str) -> Path:
    """The place of one resource, from a source tree and from a frozen application alike: both keep them as files."""
    return _HERE.joinpath(*parts)
