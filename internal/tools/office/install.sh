#!/usr/bin/env bash
# Installs the parts of LibreOffice that read our files, where they are missing.
set -euo pipefail

missing=()
for part in libreoffice-calc libreoffice-writer; do
  dpkg-query --show --showformat='${db:Status-Status}' "$part" 2>/dev/null | grep -qx installed || missing+=("$part")
done
if ((${#missing[@]})); then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi
