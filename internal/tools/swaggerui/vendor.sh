#!/usr/bin/env bash
# Copies Swagger UI, as pinned in package.json beside this script, to
# api/openapi/swagger. With --check nothing is written, and a file that differs
# from the pinned one fails the run.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$here/../../../api/openapi/swagger
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$work/"
npm --prefix "$work" ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
source=$work/node_modules/swagger-ui-dist

compressed=(swagger-ui-bundle.js swagger-ui.css)
plain=(favicon-32x32.png LICENSE NOTICE swagger-ui-bundle.js.LICENSE.txt)

if [[ ${1:-} == --check ]]; then
  for f in "${compressed[@]}"; do
    gzip -dc "$target/$f.gz" | cmp - "$source/$f"
  done
  for f in "${plain[@]}"; do
    cmp "$target/$f" "$source/$f"
  done
  echo "api/openapi/swagger is swagger-ui-dist $(node -p "require('$source/package.json').version")"
  exit
fi

for f in "${compressed[@]}"; do
  gzip -9nc "$source/$f" >"$target/$f.gz"
done
for f in "${plain[@]}"; do
  install -m 644 "$source/$f" "$target/$f"
done
