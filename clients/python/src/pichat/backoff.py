"""What to do after a connection ended, and how long to wait before."""

from __future__ import annotations

import random
from dataclasses import dataclass

RESTART_SECONDS = 5.0
CROWDED_SECONDS = 10.0
NOT_UNDERSTOOD = 4400
CREDENTIALS_INVALID = 4401
NOT_ALLOWED = 4403
TOO_MANY = 4429
RESTARTING = 1012


@dataclass(frozen=True)
class Backoff:
    """How long to wait between attempts, in seconds.

    The wait is random below a bound that begins at `base` and doubles with each failure up to `limit` (full jitter), so
    that clients do not reconnect in step.
    """

    base: float = 0.5
    limit: float = 30.0

    def wait(self, failures: int) -> float:
        """Returns a random wait after that many failures in a row."""
        return random.random() * min(self.limit, self.base * 2.0 ** min(failures, 30))

    def after(self, close_code: int, failures: int) -> float:
        """Returns the wait after a connection that ended with a close code of the protocol."""
        if close_code == RESTARTING:
            return random.random() * min(RESTART_SECONDS, self.limit)
        if close_code == TOO_MANY:
            return min(CROWDED_SECONDS, self.limit) + Backoff(CROWDED_SECONDS, self.limit).wait(failures)
        return self.wait(failures)
