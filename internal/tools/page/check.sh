#!/usr/bin/env bash
# Tries the Swagger page in Chromium, over the example plan of the program given.
#
#   check.sh PROGRAM [FOLDER]      FOLDER is for pictures
set -euo pipefail

program=$(realpath "$1")
pictures=${2:+$(realpath "$2")}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
service=
trap '[[ -z $service ]] || kill "$service" 2>/dev/null || true; rm -rf "$work"' EXIT

npm --prefix "$here" ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
"$program" serve --demo --database "$work/tracker.db" --addr 127.0.0.1:0 >"$work/out" 2>"$work/log" &
service=$!
for _ in $(seq 150); do
  address=$(grep -o 'http://127.0.0.1:[0-9]*' "$work/out" "$work/log" -h | head -1 || true)
  key=$(sed -n 's/^ *export KEY=//p' "$work/out")
  [[ -n $address && -n $key ]] && break
  sleep 0.2
done
[[ -n ${address:-} && -n ${key:-} ]] || { cat "$work/log" >&2; exit 1; }
node "$here/check.mjs" "$address" "$key" ${pictures:+"$pictures"}
