"""A bot that repeats what it is asked: "@echo-bot are you there?" Uses the package pichat-client.

pip install ../clients/python && PICHAT_URL=ws://127.0.0.1:8080/ws BOT_TOKEN=pichat_… python3 echo.py '#general'
"""

import os
import sys

from pichat import Bot, Incoming

url = os.environ.get("PICHAT_URL", "ws://127.0.0.1:8080/ws")
bot = Bot(url, os.environ.get("BOT_TOKEN", ""), channels=sys.argv[1:])


@bot.on_message("@me {text}")
async def echo(question: Incoming, text: str) -> None:
    # Sent once, even if the question is handled again after a crash.
    await question.reply(f"You said: {text}")


@bot.on_ready
def greet() -> None:
    print(bot.me["username"], "is here", flush=True)


bot.run()
