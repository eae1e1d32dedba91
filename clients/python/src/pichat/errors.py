"""Everything this package raises; all of it is a PichatError."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .protocol import Code


class PichatError(Exception):
    """The base class of every error of this package."""


class StoreError(PichatError):
    """A file that keeps unsent messages, a session or positions is damaged, or cannot be read or written."""


class CommandError(PichatError):
    """The server refused a command; decide by `code`, show `sentence` to people.

    `field` is the path of the invalid field, for example `message.content`; `retry_after_ms` is how long to wait.
    """

    def __init__(self, frame: Mapping[str, Any]) -> None:
        super().__init__(f"{frame['code']}: {frame['error']}")
        self.code: Code = frame["code"]
        self.sentence: str = frame["error"]
        self.command: str | None = frame.get("command")
        self.field: str | None = frame.get("field")
        self.retry_after_ms: int | None = frame.get("retryAfterMs")


class ConnectionLost(PichatError):  # noqa: N818
    """The connection ended before the reply arrived; the command may have taken effect."""


class ConnectionFailed(PichatError):  # noqa: N818
    """An attempt to connect failed or the connection ended; the client tries again."""

    def __init__(self, message: str, close_code: int | None = None) -> None:
        super().__init__(message)
        self.close_code = close_code


class Closed(PichatError):  # noqa: N818
    """The client was closed or will not reconnect; `close_code` is set if the server ended the connection."""

    def __init__(self, message: str, close_code: int | None = None) -> None:
        super().__init__(message)
        self.close_code = close_code


class AuthenticationError(Closed):
    """No valid credentials are left. The message is the server's sentence."""

    def __init__(self, message: str, code: Code | None = None, close_code: int | None = None) -> None:
        super().__init__(message, close_code)
        self.code = code


class TimedOut(PichatError):  # noqa: N818
    """The time that the caller allowed has passed."""


class StopRequested(PichatError):  # noqa: N818
    """Somebody in the chat asked to stop the stream."""
