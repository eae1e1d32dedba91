"""What a client authenticates with: an API token, or the session of a person."""

from __future__ import annotations

import asyncio
import base64
import inspect
import json
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from .errors import AuthenticationError, CommandError, PichatError, StoreError
from .files import damaged, read_json, write_json
from .room import Object

Token = str | Callable[[], str | Awaitable[str]]
Ask = Callable[[Mapping[str, Any]], Awaitable[Object]]

LEAD_SECONDS = 60.0
MAX_REFUSALS = 3
TRANSIENT = ("UNAVAILABLE", "INTERNAL", "RATE_LIMITED")


@dataclass(frozen=True)
class Login:
    """A person's username or e-mail address and password. `device` names the session in GET_SESSIONS."""

    password: str = field(repr=False)
    username: str | None = None
    email: str | None = None
    device: str | None = None

    @property
    def command(self) -> dict[str, str]:
        """The command that logs in."""
        fields = {"username": self.username, "email": self.email, "password": self.password, "deviceId": self.device}
        return {"type": "LOG_IN", **{name: value for name, value in fields.items() if value is not None}}


class SessionStore(Protocol):
    """Keeps the tokens of a session across restarts: `{accessToken, refreshToken}`."""

    def load(self) -> Mapping[str, str] | None:
        """Returns the session; None if there is none."""
        ...

    def save(self, session: Mapping[str, str] | None) -> None:
        """Keeps the session, or forgets it."""
        ...


class FileSession:
    """Keeps a session in a file that only its owner can read."""

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)

    def load(self) -> Mapping[str, str] | None:
        """Reads the file; raises StoreError if it is damaged."""
        found: Any = read_json(self._path)
        session: dict[str, str] = {} if found is None else found
        if not isinstance(found, dict | None) or not all(type(token) is str for token in session.values()):
            raise damaged(self._path)
        return session or None

    def save(self, session: Mapping[str, str] | None) -> None:
        """Replaces or removes the file."""
        if session is not None:
            write_json(self._path, session)
            return
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"{self._path} cannot be removed: {error.strerror or type(error).__name__}") from error


class Credentials:
    """Chooses what to authenticate with next: the session, then the password."""

    def __init__(
        self,
        token: Token | None,
        login: Login | None,
        session: SessionStore | None,
        report: Callable[[PichatError], None],
    ) -> None:
        if token is not None and not callable(token):
            check_token(token)
        self._token = token
        self._login = login
        self._store = session
        self._report = report
        self._session: dict[str, str] = {}
        self._lifetime: float | None = None
        self._received_at = 0.0
        self._refusals = 0

    def load(self) -> None:
        """Takes the session of an earlier run; raises StoreError if it cannot be read."""
        self._session = dict((self._store.load() if self._store else None) or {})

    @property
    def is_token(self) -> bool:
        """True if a token authenticates the handshake, false if a session is used."""
        return self._token is not None

    async def bearer(self) -> str | None:
        """Returns the token of the next handshake; None if a command has to authenticate."""
        if self._token is None:
            return None
        if isinstance(self._token, str):
            return self._token
        try:
            fetched = self._token()
            return check_token(await fetched if inspect.isawaitable(fetched) else fetched)
        except (OSError, asyncio.TimeoutError) as error:
            # Worth another attempt, like a server that is not there, but not to be mistaken for it.
            raise OSError(f"the token could not be fetched: {str(error) or type(error).__name__}") from error

    async def authenticate(self, ask: Ask) -> None:
        """Authenticates an open connection by the session or the password.

        Raises AuthenticationError if the server refused all there is.
        """
        refusal: CommandError | None = None
        while command := self._next():
            try:
                await ask(command)
                return
            except CommandError as error:
                if error.code in TRANSIENT:
                    raise
                refusal = error
            if command["type"] == "LOG_IN" or refusal.code == "FORBIDDEN":
                break
            self._forget("refreshToken" if command["type"] == "REFRESH_TOKEN" else "accessToken")
        if refusal:
            raise AuthenticationError(refusal.sentence, refusal.code)
        raise AuthenticationError("no credentials: pass token, login or session")

    def _next(self) -> Mapping[str, str] | None:
        # A refresh token first: how long a kept access token still lives is unknown.
        if "refreshToken" in self._session:
            return {"type": "REFRESH_TOKEN", "refreshToken": self._session["refreshToken"]}
        if "accessToken" in self._session:
            return {"type": "AUTHENTICATE", "token": self._session["accessToken"]}
        return self._login.command if self._login else None

    def _forget(self, name: str) -> None:
        self._session.pop(name, None)
        if name == "refreshToken":
            # It ended with its family.
            self._session.pop("accessToken", None)
        self._save()

    def _save(self) -> None:
        try:
            if self._store:
                self._store.save(self._session or None)
        except Exception as error:
            # The connection is authenticated nevertheless; only the next start needs what could not be kept.
            self._report(StoreError(f"the session is not kept: {error}"))

    def online(self) -> None:
        """A connection was authenticated."""
        self._refusals = 0

    def accepted(self, frame: Object) -> None:
        """Takes the tokens that the server granted."""
        if "accessToken" not in frame:
            return
        self._session = {name: frame[name] for name in ("accessToken", "refreshToken") if name in frame}
        self._lifetime = lifetime_of(frame["accessToken"])
        self._received_at = time.monotonic()
        self._save()

    def refused(self, reason: str, code: Any = None, close_code: int | None = None) -> None:
        """The server no longer accepts the credentials; raises AuthenticationError if there are no others."""
        self._refusals += 1
        is_final = isinstance(self._token, str) or code == "FORBIDDEN"
        if is_final or self._refusals > MAX_REFUSALS:
            raise AuthenticationError(reason, code, close_code)

    def renew_in(self) -> float | None:
        """Returns the seconds until the access token should be renewed; None if it cannot be."""
        if self._lifetime is None or "refreshToken" not in self._session:
            return None
        left = self._received_at + self._lifetime - time.monotonic()
        lead = min(LEAD_SECONDS, self._lifetime / 3)
        return max(0.0, left - lead * (1 + random.random() / 4))

    async def renew(self, ask: Ask) -> None:
        """Renews an authenticated connection, if it can be renewed."""
        if "refreshToken" in self._session:
            await ask({"type": "REFRESH_TOKEN", "refreshToken": self._session["refreshToken"]})
        elif self._token is not None and not isinstance(self._token, str):
            await ask({"type": "AUTHENTICATE", "token": await self.bearer()})


def check_token(token: object) -> str:
    """Returns a token that can be sent in a header; raises PichatError, which does not show it, for any other."""
    if not isinstance(token, str):
        raise PichatError(f"the token is a {type(token).__name__}; it should be a text")
    if not token:
        raise PichatError("the token is empty")
    if token != token.strip():
        raise PichatError("the token begins or ends with white space, such as a line break; strip() removes it")
    if not all("!" <= letter <= "~" for letter in token):
        raise PichatError("the token contains a space, a control character or a letter outside ASCII; tokens have none")
    return token


def lifetime_of(token: str) -> float | None:
    """Returns the seconds that a JWT lives, by the clock of its issuer; None for other tokens."""
    try:
        claims = token.split(".")[1]
        times = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        return float(times["exp"] - times["iat"])
    except (IndexError, KeyError, ValueError, TypeError):
        return None
