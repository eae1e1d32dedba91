"""PiChat for Python: one connection, every message once and in order.

`Client` is a user's connection, `Bot` a client with handlers. The log is `logging.getLogger("pichat")`; it never
contains message text or secrets. `pichat.protocol` has the types of the protocol.
"""

from . import protocol
from .avatar import set_avatar
from .backoff import Backoff
from .bot import Bot
from .chat import Chat
from .client import Client
from .credentials import FileSession, Login, SessionStore
from .errors import (
    AuthenticationError,
    Closed,
    CommandError,
    ConnectionFailed,
    ConnectionLost,
    PichatError,
    StopRequested,
    StoreError,
    TimedOut,
)
from .incoming import Incoming
from .outbox import FileOutbox, OutboxStore
from .positions import CallbackPositions, FilePositions, Positions
from .streams import Stream
from .transfers import Progress, Source
from .verify import Divergence, Verdict, verify_chat, watch_divergence
from .version import __version__

__all__ = [
    "AuthenticationError",
    "Backoff",
    "Bot",
    "CallbackPositions",
    "Chat",
    "Client",
    "Closed",
    "CommandError",
    "ConnectionFailed",
    "ConnectionLost",
    "Divergence",
    "FileOutbox",
    "FilePositions",
    "FileSession",
    "Incoming",
    "Login",
    "OutboxStore",
    "PichatError",
    "Positions",
    "Progress",
    "SessionStore",
    "Source",
    "StopRequested",
    "StoreError",
    "Stream",
    "TimedOut",
    "Verdict",
    "__version__",
    "protocol",
    "set_avatar",
    "verify_chat",
    "watch_divergence",
]
