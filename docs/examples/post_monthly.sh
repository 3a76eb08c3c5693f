#!/bin/sh
# Posts the rows of a CSV file to the Indicator Tracker, so that each counts once. Needs curl.
#
#   export TRACKER_URL=https://tracker.example.org TRACKER_KEY=trk_...
#   sh post_monthly.sh october.csv
#
# The file has a heading row: indicator,period,value,unit,basis,source_id,note (or the
# Chinese headings of the service's template). Every row needs a source_id, the sender's
# own key: posting the file again then changes nothing.
#
# Exit code: 0 when every row stands, 1 when some do not, 2 for wrong use or a refused file,
# 3 when nobody can say what became of it: run it again then.
set -u
LC_ALL=C
export LC_ALL

if [ $# -ne 1 ] || [ ! -r "$1" ] || [ -z "${TRACKER_URL:-}" ] || [ -z "${TRACKER_KEY:-}" ]; then
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
if ! head -n 1 "$1" | grep -q -e source_id -e 来源编号; then
  echo "the heading row has no source_id" >&2
  exit 2
fi
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 3' INT TERM

# The key makes all attempts one request. It is kept off the command line, which others see.
key=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
umask 077
printf 'header = "Authorization: Bearer %s"\n' "$TRACKER_KEY" >"$work/config"

attempt=1
while :; do
  status=$(curl --silent --show-error --config "$work/config" --max-time 600 \
    --header 'Content-Type: text/csv; charset=utf-8' --header 'Accept: application/x-ndjson' \
    --header "Idempotency-Key: $key" --data-binary @"$1" \
    --dump-header "$work/headers" --output "$work/answer" --write-out '%{http_code}' \
    "${TRACKER_URL%/}/api/v1/measurements/batch") && broken=no || broken=yes
  [ "$broken $status" = 'no 200' ] && break
  passing=$broken # a connection that broke, or a timeout, says nothing
  case $status in
  429 | 502 | 503 | 504) passing=yes ;;
  409) grep -q idempotency_key_in_use "$work/answer" && passing=yes ;;
  esac
  if [ "$passing" = no ] || [ $attempt -ge 8 ]; then
    echo "refused: $status $(cat "$work/answer" 2>/dev/null)" >&2
    [ "$passing" = yes ] && exit 3
    exit 2
  fi
  # As long as Retry-After asks for, else longer each time; with jitter, so that those who
  # were refused together do not come together.
  asked=$(sed -n 's/^[Rr]etry-[Aa]fter: *\([0-9][0-9]*\).*/\1/p' "$work/headers" 2>/dev/null)
  wait=$((1 << (attempt - 1)))
  [ "${asked:-0}" -gt $wait ] && wait=$asked
  sleep $((wait + $(od -An -N1 -tu1 /dev/urandom) % 2))
  attempt=$((attempt + 1))
done

# A receipt is a line: {"row":1,…,"outcome":"stored",…}
stand=$(grep -c -e '"outcome":"stored"' -e '"outcome":"revised"' -e '"outcome":"unchanged"' "$work/answer")
all=$(grep -c '"outcome":' "$work/answer")
echo "$stand of $all rows stand"
if grep -q '"cautions":\["' "$work/answer"; then
  echo 'look at these figures again:' >&2
  grep '"cautions":\["' "$work/answer" >&2
fi
[ "$stand" -eq "$all" ] && exit 0
grep -v -e '"outcome":"stored"' -e '"outcome":"revised"' -e '"outcome":"unchanged"' "$work/answer" >&2
exit 1
