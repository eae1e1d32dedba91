"""The options of a client."""

from __future__ import annotations

import ssl as ssl_module
from typing import TypedDict

from .backoff import Backoff
from .credentials import Login, SessionStore
from .outbox import OutboxStore


class Options(TypedDict, total=False):
    """How a client connects, and what it keeps."""

    # For people, instead of a token.
    login: Login
    # Keeps the tokens of a log-in across restarts of the program.
    session: SessionStore
    # Keeps unsent messages across restarts of the program.
    outbox: OutboxStore
    # The number of messages kept in memory per chat; 1,000 by default.
    keep_messages: int
    # The seconds that the first connect may take; None: no limit.
    connect_timeout: float | None
    # The seconds of silence after which the server has to show that it lives; 20 by default.
    heartbeat: float
    # The wait between attempts; 0.5 to 30 s by default.
    backoff: Backoff
    # The context of TLS for `wss`; by default the certificates of the system are trusted.
    ssl: ssl_module.SSLContext
