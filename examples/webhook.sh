#!/usr/bin/env bash
# Sends a message to a chat from a script, a cron job or a webhook:
#
#   API_TOKEN=… ./webhook.sh '#general' deploy-42 'Version 42 is out.'
#
# The second argument is the message's id. It makes the call safe to repeat: the message is stored once.
set -euo pipefail
usage='usage: webhook.sh CHAT MESSAGE_ID TEXT'
chat=${1:?$usage} id=${2:?$usage} text=${3:?$usage}
: "${API_TOKEN:?must be an access token of the server}"
url=${PICHAT_URL:-http://127.0.0.1:8080/command}
deadline=$((SECONDS + ${PATIENCE_SECONDS:-120}))

# A JSON string. A shell's text contains no U+0000.
quoted() {
    local text=$1 code character
    text=${text//\\/\\\\} text=${text//\"/\\\"}
    for code in {1..31}; do
        printf -v character "\\x$(printf %x "$code")"
        text=${text//"$character"/$(printf '\\u%04x' "$code")}
    done
    printf '"%s"' "$text"
}

command="{
  \"type\": \"SEND_MESSAGE\", \"chatId\": $(quoted "$chat"),
  \"message\": {\"id\": $(quoted "$id"), \"content\": $(quoted "$text")}
}"

while true; do
    # Without an answer the status is 000.
    answer=$(curl -sS -w '\n%{http_code}' "$url" -H "Authorization: Bearer $API_TOKEN" -d "$command") || true
    status=${answer##*$'\n'} answer=${answer%$'\n'*}
    case $status in
        200)
            printf '%s\n' "$answer"
            exit
            ;;
        000 | 429 | 502 | 503)
            if ((SECONDS >= deadline)); then break; fi
            milliseconds=$(sed -nE 's/.*"retryAfterMs":([0-9]+).*/\1/p' <<<"$answer")
            sleep "$(printf '%d.%03d' $((${milliseconds:-1000} / 1000)) $((${milliseconds:-1000} % 1000)))"
            ;;
        *) break ;;
    esac
done
sentence=$(sed -nE 's/.*"error":"(([^"\\]|\\.)*)".*/\1/p' <<<"$answer")
printf '%s\n' "${sentence:-no answer from $url (status $status)}" >&2
exit 1
