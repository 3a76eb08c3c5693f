#!/usr/bin/env bash
# Generates clients of the contract with oapi-codegen, ogen and
# openapi-typescript, compiles each, and lets the first talk to a service
# started from the program given.
#
#   check.sh PROGRAM
set -euo pipefail

program=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
contract=$here/../../../api/openapi/openapi.json
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

generate() { go -C "$here" tool "$@"; }

cp "$here/go.mod" "$here/go.sum" "$work/"
mkdir -p "$work/oapi" "$work/ogen" "$work/live" "$work/typescript"
generate oapi-codegen -generate types,client -package oapi -o "$work/oapi/client.gen.go" "$contract"
generate ogen --loglevel error --package ogen --clean --target "$work/ogen" "$contract"
go -C "$work" build ./oapi ./ogen
echo "oapi-codegen and ogen: clients compile"

cp "$here/testdata/live_test.go" "$work/live/"
TRACKER_BINARY=$program go -C "$work" test -count=1 -v ./live

cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$here/testdata/use.ts" "$work/typescript/"
cd "$work/typescript"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
npx --no-install openapi-typescript "$contract" --output api.d.ts
npx --no-install tsc --noEmit --strict --target es2022 --module esnext --moduleResolution bundler use.ts api.d.ts
echo "openapi-typescript: client compiles"
