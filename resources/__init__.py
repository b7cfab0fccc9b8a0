"""资源 everything that is a file and not code: halls, fonts, icons, styles, templates, translations."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def path(*parts: str) -> Path:
    """The place of one resource, from a source tree and from a frozen application alike."""
    return Path(str(files(__name__).joinpath(*parts)))
