#!/usr/bin/env bash
# Generates api/client/contract from the contract.
#
#   generate.sh            writes it
#   generate.sh --check    fails when it is stale
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$here/../../../api/client/contract/contract.gen.go
made=$(mktemp --suffix=.go)
trap 'rm -f "$made"' EXIT

go -C "$here" tool oapi-codegen -config generate/config.yaml -o "$made" ../../../api/openapi/openapi.json
if [[ ${1:-} != --check ]]; then
  cat "$made" >"$target"
elif ! diff -u "$target" "$made" | head -40; then
  echo "api/client/contract is stale; run make generate" >&2
  exit 1
fi
