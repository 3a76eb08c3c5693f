#!/usr/bin/env bash
# Makes 200 workbooks with exceljs, saves each again with LibreOffice, and lets the
# service's tests read all of them; the template of an agency goes through LibreOffice
# too. Installs LibreOffice where it is missing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count=200

"$here/../office/install.sh"

mkdir "$work/exceljs" "$work/libreoffice" "$work/maker"
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$here/make.js" "$work/maker/"
(cd "$work/maker" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && node make.js "$work/exceljs" "$count")
soffice -env:UserInstallation="file://$work/profile" --headless --convert-to xlsx --outdir "$work/libreoffice" "$work/exceljs"/*.xlsx >"$work/convert.log" 2>&1 ||
  { cat "$work/convert.log" >&2; exit 1; }
cp "$work/exceljs/manifest.json" "$work/libreoffice/"
for maker in exceljs libreoffice; do
  made=$(find "$work/$maker" -name '*.xlsx' | wc -l)
  ((made == count)) || { echo "$maker made $made workbooks of $count" >&2; exit 1; }
done

cd "$here/../../.."
TRACKER_TEST_WORKBOOKS=$work go test -count=1 -v -run '^TestForeign' ./internal/httpapi >"$work/test.txt" ||
  { grep -vE '^ *(=== |--- PASS)' "$work/test.txt" | tail -100; exit 1; }
if grep -- '--- SKIP' "$work/test.txt"; then
  echo "a test of foreign workbooks was skipped" >&2
  exit 1
fi
grep -E '^ *foreign_test' "$work/test.txt" || true
echo "$(grep -c -- '--- PASS' "$work/test.txt") cases of foreign workbooks passed"
