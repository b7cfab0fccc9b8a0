"""小票的图 finished bytes → PNG, for the preview and the training hall's printer window."""

from __future__ import annotations

import io

from printers.draw import draw


def png(data: bytes) -> bytes:
    """What the paper looks like."""
    out = io.BytesIO()
    draw(data).save(out, format="PNG")
    return out.getvalue()
