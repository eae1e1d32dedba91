"""Ids that a client chooses, so that whatever it sends twice is stored once."""

from __future__ import annotations

import secrets
import time

MAX_ID_CHARS = 128


def new_id() -> str:
    """Makes a UUIDv7, which sorts by time."""
    value = time.time_ns() // 1_000_000 << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def reply_id(message_id: str, count: int) -> str:
    """Derives the id of a reply from the message it answers, so that answering twice stores one message."""
    prefix = "answer-" if count == 1 else f"answer{count}-"
    # An id near the limit gives up its beginning, which differs least between ids.
    return prefix + message_id[-(MAX_ID_CHARS - len(prefix)) :]
