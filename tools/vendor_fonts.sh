#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Fetch the two type families from npm and lay the subsets we serve under web/static/web/fonts.
# Run it only to move to a newer release; the files are committed and tests check their hashes.
# The weight-axis files are taken, not the optical-size ones: those are twice as heavy on slow links.
set -euo pipefail

SERIF_VERSION="${SERIF_VERSION:-5.3.1}"
SANS_VERSION="${SANS_VERSION:-5.3.0}"
SUBSETS=(latin latin-ext cyrillic cyrillic-ext)

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
target="$root/src/goodoffices/web/static/web/fonts"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

fetch() { # family, version
  local family="$1" version="$2" archive
  archive="$(cd "$work" && npm pack --silent "@fontsource-variable/${family}@${version}")"
  mkdir "$work/$family"
  tar -xzf "$work/$archive" -C "$work/$family" --strip-components=1
  for subset in "${SUBSETS[@]}"; do
    cp "$work/$family/files/${family}-${subset}-wght-normal.woff2" "$target/"
  done
  cp "$work/$family/LICENSE" "$target/LICENSE-${family}.txt"
}

mkdir -p "$target"
fetch source-serif-4 "$SERIF_VERSION"
fetch ibm-plex-sans "$SANS_VERSION"
chmod 644 "$target"/*
(cd "$target" && LC_ALL=C sha256sum -- *.woff2 LICENSE-*.txt > SHA256SUMS)
echo "Laid $(wc -l < "$target/SHA256SUMS") files; now update the versions in THIRD_PARTY_NOTICES.md."
