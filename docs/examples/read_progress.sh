#!/bin/sh
# Reads the progress of a plan's indicators into a table (CSV, UTF-8). Needs curl and awk.
#
#   export TRACKER_URL=https://tracker.example.org TRACKER_KEY=trk_...
#   sh read_progress.sh qingzhou-2023 2023-09-30 > progress.csv
#
# Without a date the progress is that of today. TRACKER_KEY may be left out where reading
# needs none. Exit code: 0 when the table is whole, 1 when it is not, 2 for wrong use.
set -u
LC_ALL=C
export LC_ALL

if [ $# -lt 1 ] || [ $# -gt 2 ] || [ -z "${TRACKER_URL:-}" ]; then
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
umask 077
: >"$work/config"
[ -z "${TRACKER_KEY:-}" ] || printf 'header = "Authorization: Bearer %s"\n' "$TRACKER_KEY" >"$work/config"

# get writes the page at a cursor to $work/page.
get() {
  attempt=1
  while :; do
    status=$(curl --silent --show-error --config "$work/config" --max-time 60 --get \
      --data-urlencode "plan=$plan" ${on:+--data-urlencode "on=$on"} ${cursor:+--data-urlencode "cursor=$cursor"} --data limit=200 \
      --dump-header "$work/headers" --output "$work/page" --write-out '%{http_code}' \
      "${TRACKER_URL%/}/api/v1/progress") && broken=no || broken=yes
    [ "$broken $status" = 'no 200' ] && return 0
    passing=$broken
    case $status in 429 | 502 | 503 | 504) passing=yes ;; esac
    if [ "$passing" = no ] || [ $attempt -ge 8 ]; then
      echo "refused: $status $(cat "$work/page" 2>/dev/null)" >&2
      return 1
    fi
    asked=$(sed -n 's/^[Rr]etry-[Aa]fter: *\([0-9][0-9]*\).*/\1/p' "$work/headers" 2>/dev/null)
    wait=$((1 << (attempt - 1)))
    [ "${asked:-0}" -gt $wait ] && wait=$asked
    sleep $((wait + $(od -An -N1 -tu1 /dev/urandom) % 2))
    attempt=$((attempt + 1))
  done
}

# flatten prints every text, number and null of a JSON document as path, tab, value; the path
# of the first row's name is .items.0.name. Texts keep their escapes but for \" and \\.
flatten() {
  awk '
    function path(  p, d) { for (d = 1; d <= depth; d++) p = p "." at[d]; return p }
    function value(v) { if (v != "") print path() "\t" v }
    { text = text $0 " " }
    END {
      n = length(text)
      for (i = 1; i <= n; i++) {
        c = substr(text, i, 1)
        if (c == "{" || c == "[") { depth++; list[depth] = c == "["; at[depth] = list[depth] ? 0 : ""; name = !list[depth] }
        else if (c == "}" || c == "]") depth--
        else if (c == ",") { if (list[depth]) at[depth]++; else name = 1 }
        else if (c == ":") name = 0
        else if (c == "\"") {
          s = ""
          for (i++; (c = substr(text, i, 1)) != "\""; i++) {
            if (c == "\\") { i++; e = substr(text, i, 1); c = e == "\"" || e == "\\" || e == "/" ? e : "\\" e }
            s = s c
          }
          if (name && !list[depth]) at[depth] = s; else print path() "\t\"" s
        } else if (c != " ") {
          s = c
          while (index(",]} ", c = substr(text, i + 1, 1)) == 0) { s = s c; i++ }
          value(s)
        }
      }
    }' "$1"
}

# table prints the rows of a flattened page.
table() {
  awk -F '\t' '
    function text(v) {
      if (v == "null") return ""
      if (substr(v, 1, 1) != "\"") return v
      v = substr(v, 2)
      if (v ~ /^[=+@-]/) v = "\047" v # a spreadsheet would take it for a formula
      if (v ~ /[",]/) { gsub(/"/, "\"\"", v); v = "\"" v "\"" }
      return v
    }
    function out(  i) {
      if (row == "") return
      for (i = 1; i <= columns; i++) printf "%s%s", text(cell[row, column[i]]), i < columns ? "," : "\n"
    }
    BEGIN { columns = split("indicator name on status percent pace gap actual.value target.value target.unit", column, " "); row = "" }
    $1 ~ /^\.items\./ {
      split($1, part, ".")
      if (part[3] != row) { out(); row = part[3] }
      cell[row, substr($1, length(".items." row ".") + 1)] = $2
    }
    END { out() }' "$1"
}

plan=$1 on=${2:-} cursor=
echo indicator,name,on,status,percent,pace,gap,actual,target,unit
while :; do
  get || exit 1
  flatten "$work/page" >"$work/flat"
  table "$work/flat"
  cursor=$(sed -n 's/^\.next_cursor	"//p' "$work/flat")
  [ -n "$cursor" ] || exit 0
done
