"""The patterns that choose which messages a handler gets."""

from __future__ import annotations

import re
from collections.abc import Callable

from .protocol import Message

Pattern = str | re.Pattern[str] | Callable[[Message], bool]

CAPTURE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
NAME_LETTERS = "A-Za-z0-9_.-"


def match(pattern: Pattern, message: Message, me: str) -> dict[str, str] | None:
    """Returns what the pattern captured from a message; None if it does not match. `me` is the bot's username."""
    if isinstance(pattern, str):
        found = compiled(pattern, me).fullmatch(message["content"].strip())
        return None if found is None else found.groupdict()
    if isinstance(pattern, re.Pattern):
        found = pattern.search(message["content"])
        return None if found is None else {name: text for name, text in found.groupdict().items() if text is not None}
    return {} if pattern(message) else None


def compiled(pattern: str, me: str) -> re.Pattern[str]:
    """Turns `"@me roll {dice}"` into a regular expression for a whole message, ignoring case.

    `@me` is a mention of the bot. `{name}` captures a word, and at the end of the pattern the rest of the message.
    """
    words = pattern.split()
    parts = [_word(word, me, is_last=place == len(words) - 1) for place, word in enumerate(words)]
    return re.compile(r"\s+".join(parts), re.IGNORECASE | re.DOTALL)


def _word(word: str, me: str, is_last: bool) -> str:
    if word == "@me":
        return rf"@{re.escape(me)}(?![{NAME_LETTERS}]*[A-Za-z0-9_])[:,]?"
    pieces = CAPTURE.split(word)
    # Texts and names alternate.
    result = re.escape(pieces[0])
    for name, text in zip(pieces[1::2], pieces[2::2], strict=True):
        captured = ".+" if is_last and text == "" else r"\S+"
        result += f"(?P<{name}>{captured}){re.escape(text)}"
    return result
