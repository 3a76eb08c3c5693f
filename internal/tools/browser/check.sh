#!/usr/bin/env bash
# Opens the pages of a service in Debian's Chromium: what people do on them, accessibility,
# and how they look, held against the pictures in golden/. Installs Chromium where it is
# missing.
#
#   check.sh PROGRAM [--update]     --update takes the pictures anew
set -euo pipefail

program=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! command -v chromium >/dev/null || ! fc-list 2>/dev/null | grep -q 'Noto Sans CJK'; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig
fi

cp "$here"/package.json "$here"/package-lock.json "$here"/.npmrc "$here"/*.mjs "$work/"
ln -s "$here/golden" "$work/golden"
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
export TRACKER_PROGRAM=$program TRACKER_GOLDEN=$here/golden TRACKER_SOURCE=$here/../../..
export TRACKER_SEEN=${TRACKER_SEEN:-$work/seen} TRACKER_UPDATE=
[[ ${2:-} == --update ]] && TRACKER_UPDATE=yes
mkdir -p "$TRACKER_SEEN"
cd "$work"
node --test --test-reporter=spec --test-concurrency=1 ./*.test.mjs
