#!/usr/bin/env bash
# Lets programs that are not ours read tables of the service: LibreOffice the workbook and
# the CSV, the bulletin as a Word file, DuckDB the Parquet file, and holds what they read against what was written.
# Installs LibreOffice where it is missing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$here/../office/install.sh"

tests() {
  (cd "$here/../../.." && TRACKER_TEST_OFFICE=soffice TRACKER_TEST_TABLES=$work go test -count=1 -v -run "$1" "./internal/${2:-tabular}") >"$work/test.txt" ||
    { grep -v '^ *=== ' "$work/test.txt" | tail -100; exit 1; }
  if grep -- '--- SKIP' "$work/test.txt"; then
    echo "a test of foreign readers was skipped" >&2
    exit 1
  fi
}

# convert TO OUT OPTION… saves a file with LibreOffice.
convert() {
  local to=$1 out=$2
  shift 2
  soffice -env:UserInstallation="file://$work/profile" --headless --convert-to "$to" --outdir "$work/$out" "$@" >"$work/convert.log" 2>&1 ||
    { cat "$work/convert.log" >&2; exit 1; }
}

tests '^TestForeignTablesAreWritten$'
# UTF-8, and cells as they are shown.
convert 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true' shown "$work/rows.xlsx"
convert xlsx saved --infilter='CSV:44,34,76,1' "$work/rows.csv"

mkdir "$work/reader"
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$here/read.js" "$work/reader/"
(cd "$work/reader" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && node read.js "$work/rows.parquet" >"$work/parquet.json")

tests '^TestForeignWriter' docx
tests '^TestForeign(Spreadsheet|Reader)'
echo "$(grep -c -- '--- PASS' "$work/test.txt") cases of foreign readers passed"
