#!/usr/bin/env bash
# Runs the programs of docs/examples against the example plan, with a reporter's key and through
# a proxy that makes trouble, and looks at what they left.
#
#   check.sh PROGRAM
set -euo pipefail

program=$(realpath "$1")
examples=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../docs/examples" && pwd)
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
started=()
finish() {
  local process
  for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
  wait
  rm -rf "$work"
}
trap finish EXIT

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# address waits for a program to print where it listens.
address() {
  local found
  for _ in $(seq 1200); do
    found=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$1" | head -1 || true)
    [[ -n $found ]] && echo "$found" && return
    sleep 0.1
  done
  cat "$1" >&2
  fail "nothing listens"
}

key() { "$program" key create --database "$work/tracker.db" --name "$1" --role "${@:2}" 2>/dev/null; }

# read_json EXPRESSION prints what a Python expression makes of the JSON document d.
read_json() { python3 -c "import json, sys; d = json.load(sys.stdin, parse_float=str); print($1)"; }

curl_json() { curl --silent --show-error --fail --header "Authorization: Bearer $analyst" "$base$1"; }

"$program" serve --demo --addr 127.0.0.1:0 --database "$work/tracker.db" >"$work/out" 2>"$work/log" &
started+=($!)
base=$(address "$work/out")
analyst=$(key reading analyst)
TRACKER_KEY=$(key posting reporter --jurisdiction 青州市 --agency 市工信局)
export TRACKER_KEY

# through starts a proxy that makes trouble anew.
through() {
  python3 "$here/flaky.py" "$base" >"$work/proxy.$1" &
  started+=($!)
  TRACKER_URL=$(address "$work/proxy.$1")
  export TRACKER_URL
}

indicator=qingzhou-2023-14-1
heading=indicator,period,value,unit,basis,source_id
for kind in py sh; do
  runs=$([[ $kind == py ]] && echo python3 || echo sh)
  run() { # FILE WANTED-CODE
    local code=0
    "$runs" "$examples/post_monthly.$kind" "$1" >"$work/said" 2>"$work/complained" || code=$?
    [[ $code == "$2" ]] || { cat "$work/said" "$work/complained" >&2; fail "post_monthly.$kind $1 ends with $code, want $2"; }
  }
  value=$([[ $kind == py ]] && echo 199 || echo 200)
  printf '%s\n%s,2023-09,%s,个,total,%s-9\n%s,2023-10,%s,个,total,%s-10\n' \
    "$heading" "$indicator" "$value" "$kind" "$indicator" "$((value + 1))" "$kind" >"$work/$kind.csv"
  before=$(curl_json "/api/v1/indicators/$indicator/measurements?limit=500" | read_json 'len(d["items"])')
  through "$kind"
  run "$work/$kind.csv" 0
  run "$work/$kind.csv" 0 # once more changes nothing
  after=$(curl_json "/api/v1/indicators/$indicator/measurements?limit=500" | read_json 'len(d["items"]), d["items"][-1]["value"], d["items"][-1]["source_id"]')
  [[ $after == "$((before + 2)) $((value + 1)) $kind-10" ]] || fail "post_monthly.$kind left $after after $before"

  printf '%s\n%s,2023-11,210,个,total,%s-11\n%s,2023-12,1,吨,total,%s-12\n' "$heading" "$indicator" "$kind" "$indicator" "$kind" >"$work/partly.csv"
  run "$work/partly.csv" 1
  grep -q unit_mismatch "$work/complained" || fail "post_monthly.$kind does not say which row was refused"
  printf 'indicator,period,value\n%s,2023-11,211\n' "$indicator" >"$work/bare.csv"
  run "$work/bare.csv" 2
  TRACKER_KEY=none run "$work/$kind.csv" 2

done

for kind in py sh; do
  runs=$([[ $kind == py ]] && echo python3 || echo sh)
  through "$kind.read"
  "$runs" "$examples/read_progress.$kind" qingzhou-2023 2023-09-30 >"$work/$kind.table"
  if TRACKER_URL=$base "$runs" "$examples/read_progress.$kind" none >/dev/null 2>&1; then
    fail "read_progress.$kind takes a plan that is not there"
  fi
done
cmp "$work/py.table" "$work/sh.table" || { diff "$work/py.table" "$work/sh.table" | head -20; fail "the two tables are not the same"; }
count=$(curl_json '/api/v1/progress?plan=qingzhou-2023&limit=500' | read_json 'len(d["items"])')
[[ $(wc -l <"$work/py.table") == $((count + 1)) ]] || fail "the table has $(wc -l <"$work/py.table") lines for $count indicators"
grep "^$indicator," "$work/py.table" | tee "$work/row"
grep -q ',2023-09-30,on_track,90.50,74.79,15.71,200,221,个$' "$work/row" || fail "the table has other figures"
echo "docs/examples: 4 programs post and read as they say"

# The commands of the guide, which are the same in both languages: each does what it says.
guide=$examples/../guide
blocks() { awk '/^```sh$/ { on = 1; next } /^```$/ { on = 0 } on' "$1"; }
for reader in officials systems analysts operators; do
  blocks "$guide/$reader.zh.md" >"$work/zh"
  blocks "$guide/$reader.en.md" >"$work/en"
  cmp "$work/zh" "$work/en" || fail "the commands of the guide for $reader differ by language"
done
KEY=$(key guide reporter --jurisdiction 青州市 --agency 市园林绿化中心)
export KEY
mkdir "$work/guide"
ran=0
for reader in systems analysts; do
  while IFS= read -r line; do
    [[ $line == export* ]] && continue
    line=${line//http:\/\/127.0.0.1:8080/$base}
    (cd "$work/guide" && bash -euo pipefail -c "${line//curl /curl --silent --show-error --fail-with-body }") >"$work/said" 2>&1 ||
      { cat "$work/said"; fail "the guide for $reader: $line"; }
    ran=$((ran + 1))
  done < <(blocks "$guide/$reader.zh.md")
done
PATH=$(dirname "$program"):$PATH
while IFS= read -r line; do
  [[ $line == "tracker serve"* ]] && continue # is what runs above
  (cd "$work/guide" && bash -euo pipefail -c "$line") >"$work/said" 2>&1 || { cat "$work/said"; fail "the guide for operators: $line"; }
  ran=$((ran + 1))
done < <(blocks "$guide/operators.zh.md")
echo "docs/guide: $ran commands do what they say"
