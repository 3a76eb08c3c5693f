#!/usr/bin/env bash
# Lets an assistant of the protocol's own TypeScript library ask a service with the example
# plans, over HTTP with a key and on the standard streams of the program given.
#
#   check.sh PROGRAM
set -euo pipefail

program=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
server=
finish() {
  if [[ -n $server ]]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap finish EXIT

cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$here/ask.mjs" "$work/"
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)

"$program" serve --demo --addr 127.0.0.1:0 --database "$work/tracker.db" >"$work/out" 2>"$work/err" &
server=$!
for _ in $(seq 600); do
  grep -q 'export KEY=' "$work/out" && break
  kill -0 "$server" || { cat "$work/err" >&2; exit 1; }
  sleep 0.1
done
base=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$work/out" | head -1)
key=$("$program" key create --database "$work/tracker.db" --name assistant --role analyst 2>/dev/null)

cd "$work"
node ask.mjs "$base" "$key" "$program" "$work/tracker.db"
if grep -E 'panic|level=ERROR' "$work/err"; then
  exit 1
fi
