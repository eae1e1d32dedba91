"""A bot that repeats what it is asked: "@echo-bot are you there?" Uses the package websockets.

pip install websockets && PICHAT_URL=ws://127.0.0.1:8080/ws BOT_TOKEN=pichat_… python3 echo.py '#general'

The bot keeps its place on the server: it marks messages as read once they are answered. After a lost connection or a
restart it goes on with the first unread message, so whatever was asked meanwhile is answered, once.
"""

import asyncio
import json
import os
import re
import sys

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

URL = os.environ.get("PICHAT_URL", "ws://127.0.0.1:8080/ws")


class Refused(Exception):
    """The server refused a command."""


class Bot:
    def __init__(self, socket):
        self.socket, self.me = socket, None
        self.replies, self.count = {}, 0
        self.chats = asyncio.Queue()  # chats that may have unread messages; None: any chat

    async def run(self):
        self.me = json.loads(await self.socket.recv())["user"]
        reading, working = asyncio.ensure_future(self.read()), asyncio.ensure_future(self.work())
        try:
            done, _ = await asyncio.wait({reading, working}, return_when=asyncio.FIRST_COMPLETED)
            done.pop().result()
        finally:
            reading.cancel()
            working.cancel()

    async def read(self):
        while True:
            frame = json.loads(await self.socket.recv())
            if frame.get("requestId") in self.replies:
                self.replies.pop(frame["requestId"]).set_result(frame)
            elif frame["type"] in ("NEW_MESSAGE", "NEW_CHAT", "LAGGED"):
                self.chats.put_nowait(frame.get("chatId"))

    async def ask(self, kind, **fields):
        """Sends a command and returns its reply; waits for as long as the server asks."""
        while True:
            self.count += 1
            reply = self.replies[self.count] = asyncio.get_running_loop().create_future()
            await self.socket.send(json.dumps({"type": kind, "requestId": self.count, **fields}))
            frame = await reply
            if frame["type"] != "ERROR":
                return frame
            if frame["code"] not in ("RATE_LIMITED", "UNAVAILABLE"):
                raise Refused(f"{kind}: {frame['error']}")
            await asyncio.sleep(frame.get("retryAfterMs", 1000) / 1000)

    async def queue_all_chats(self):
        page = {"nextCursor": None}
        while "nextCursor" in page:
            page = await self.ask("GET_CHATS", limit=200, cursor=page["nextCursor"])
            for chat in page["chats"]:
                self.chats.put_nowait(chat["id"])

    async def work(self):
        for channel in sys.argv[1:]:
            await self.ask("JOIN_CHAT", chatId=channel)
        print(self.me["username"], "is here", flush=True)
        self.chats.put_nowait(None)
        while True:
            chat_id = await self.chats.get()
            if chat_id is None:
                await self.queue_all_chats()
                continue
            try:
                await self.catch_up(chat_id)
            except Refused as error:  # removed from the chat, for instance
                print(error, file=sys.stderr)

    async def catch_up(self, chat_id):
        """Answers the unread messages of a chat, and marks them as read."""
        chat = (await self.ask("GET_CHAT", chatId=chat_id))["chat"]
        seq, more = chat["readSeq"], chat["unreadCount"] > 0
        while more:
            page = await self.ask("GET_CHAT_HISTORY", chatId=chat_id, after=seq, limit=200)
            for message in page["messages"]:
                await self.answer(message)
                seq = message["seq"]
            await self.ask("MARK_READ", chatId=chat_id, seq=seq)
            more = page["hasMore"]

    async def answer(self, message):
        asked = re.match(rf"@{re.escape(self.me['username'])}\s+(.*)", message["content"], re.I | re.S)
        if asked and message["sender"]["id"] != self.me["id"]:
            # The id is made from the question's (128 characters at most), so the answer is stored once.
            answer = {"id": "answer-" + message["id"][-121:], "content": "You said: " + asked[1], "replyTo": message["id"]}
            try:
                await self.ask("SEND_MESSAGE", chatId=message["chatId"], message=answer)
            except Refused as error:
                print(error, file=sys.stderr)


async def main():
    headers = {"Authorization": f"Bearer {os.environ.get('BOT_TOKEN', '')}"}
    async for socket in connect(URL, additional_headers=headers):  # waits ever longer between attempts
        try:
            await Bot(socket).run()
        except ConnectionClosed as error:
            print(error, file=sys.stderr)
            await asyncio.sleep(1)


try:
    asyncio.run(main())
except KeyboardInterrupt:
    pass
except InvalidStatus as error:
    try:
        sys.exit(json.loads(error.response.body)["error"])
    except (KeyError, ValueError, TypeError):
        sys.exit(str(error))
except Refused as error:
    sys.exit(str(error))
