#!/usr/bin/env bash
# Sends a message from a script, a cron job or a webhook:
#
#   API_TOKEN=… ./webhook.sh '#general' deploy-42 'Version 42 is out.'
#
# The id (the second argument) makes it safe to repeat: the message is stored once.
set -euo pipefail
chat=$1 id=$2 text=$3
url=${PICHAT_URL:-http://127.0.0.1:8080/command}

# Quotes a string for JSON.
quoted() { printf '%s' "$1" | sed -z 's/\\/\\\\/g; s/"/\\"/g; s/\n/\\n/g; s/\t/\\t/g; s/\r/\\r/g; s/.*/"&"/'; }

# After 429 and 503 the same command can be retried; --retry waits between attempts.
curl -sS --fail-with-body --retry 5 "$url" -H "Authorization: Bearer $API_TOKEN" -d "{
  \"type\": \"SEND_MESSAGE\", \"chatId\": $(quoted "$chat"),
  \"message\": {\"id\": $(quoted "$id"), \"content\": $(quoted "$text")}
}"
