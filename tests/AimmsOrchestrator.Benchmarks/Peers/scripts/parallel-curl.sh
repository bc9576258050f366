#!/usr/bin/env bash
# The same with GNU parallel and curl, 16 runs at a time.
set -euo pipefail
export tasks=$SERVICE_URL/api/v2/tasks
execute() {
  set -euo pipefail
  task=$(curl -sSf "$tasks/sleep" -H 'Content-Type: application/json' -d "{\"seconds\": $1}" |
    sed -E 's|.*"id": *"([^"]+)".*|\1|')
  until curl -sSf "$tasks/$task" | grep -qE '"state": *"(completed|failed)"'; do
    sleep 5
  done
  curl -sSf "$tasks/$task/response"
  echo
}
export -f execute
tail -n +2 runs.csv | parallel -j 16 execute > responses.jsonl
