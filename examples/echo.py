"""A bot that repeats what it is asked: "@echo-bot are you there?" It uses the package websockets.

pip install websockets && PICHAT_URL=ws://127.0.0.1:8080/ws BOT_TOKEN=pichat_… python3 echo.py '#general'
"""

import asyncio
import json
import os
import re
import sys

from websockets.asyncio.client import connect

URL, TOKEN = os.environ.get("PICHAT_URL", "ws://127.0.0.1:8080/ws"), os.environ["BOT_TOKEN"]


async def talk(socket, positions):
    """Runs one connection from CONNECTED to its end; positions has the last seq of each chat."""
    me = json.loads(await socket.recv())["user"]
    for channel in sys.argv[1:]:
        await socket.send(json.dumps({"type": "JOIN_CHAT", "chatId": channel}))
    await socket.send(json.dumps({"type": "SYNC", "chats": positions}))
    print(me["username"], "is here", flush=True)
    async for text in socket:
        frame = json.loads(text)
        if frame["type"] == "ERROR":
            print(frame["code"], frame["error"], file=sys.stderr)
        elif frame["type"] == "LAGGED":
            await socket.send(json.dumps({"type": "SYNC", "chats": {frame["chatId"]: frame["fromSeq"] - 1}}))
        elif frame["type"] == "SYNCED":
            for chat in frame["chats"] + frame["newChats"]:
                for message in chat.get("messages", []):
                    await answer(socket, me, message)
                positions[chat.get("chatId") or chat["id"]] = chat["seq"]
                if chat.get("more"):
                    await socket.send(json.dumps({"type": "SYNC", "chats": {chat["chatId"]: chat["seq"]}}))
        elif "seq" in frame and not frame.get("duplicate"):
            positions[frame["chatId"]] = max(frame["seq"], positions.get(frame["chatId"], 0))
            if frame["type"] == "NEW_MESSAGE":
                await answer(socket, me, frame["message"])


async def answer(socket, me, message):
    """Answers a message that addresses the bot. The id is derived from the question's, so none is answered twice."""
    asked = re.match(rf"@{re.escape(me['username'])}\s+(.*)", message["content"], re.I | re.S)
    if asked and message["sender"]["id"] != me["id"]:
        said = {"id": "answer-" + message["id"], "content": "You said: " + asked[1], "replyTo": message["id"]}
        await socket.send(json.dumps({"type": "SEND_MESSAGE", "chatId": message["chatId"], "message": said}))


async def main():
    positions = {}
    async for socket in connect(URL, additional_headers={"Authorization": f"Bearer {TOKEN}"}):
        try:
            await talk(socket, positions)
        except Exception as error:  # websockets waits longer after each failed attempt
            print(error, file=sys.stderr)


asyncio.run(main())
