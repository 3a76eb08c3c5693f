#!/usr/bin/env bash
# Builds static binaries of the service into dist/, with their checksums: for linux/amd64 and
# linux/arm64, as far as there are C compilers for them. SQLite is C, and PDFs are read by
# WebAssembly, so nothing but a compiler is needed.
#
#   internal/tools/dist/build.sh VERSION
#   ARCHITECTURES=amd64 internal/tools/dist/build.sh VERSION
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

version=${1:?a version is expected}
rm -rf dist
mkdir dist

# compiler ARCH names a C compiler that makes programs for it.
compiler() {
  local triple
  case $1 in
    amd64) triple=x86_64-linux-gnu ;;
    arm64) triple=aarch64-linux-gnu ;;
  esac
  if [[ $(go env GOHOSTOS)/$(go env GOHOSTARCH) == "linux/$1" ]]; then
    echo "${CC:-gcc}"
  else
    command -v "$triple-gcc"
  fi
}

for arch in ${ARCHITECTURES:-amd64 arm64}; do
  if ! cc=$(compiler "$arch"); then
    echo "linux/$arch: left out, no C compiler for it; on Debian: apt-get install gcc-$([[ $arch == arm64 ]] && echo aarch64 || echo x86-64)-linux-gnu libc6-dev-$arch-cross" >&2
    continue
  fi
  binary=dist/tracker-linux-$arch
  CGO_ENABLED=1 GOOS=linux GOARCH=$arch CC=$cc go build -trimpath -pgo=cmd/tracker/serve.pgo \
    -tags 'osusergo netgo sqlite_omit_load_extension' \
    -ldflags "-s -w -X main.version=$version -linkmode external -extldflags '-static'" \
    -o "$binary" ./cmd/tracker
  echo "$binary"
done
cd dist
[[ -n $(ls) ]] || { echo "nothing was built" >&2; exit 1; }
sha256sum tracker-* | tee SHA256SUMS
