#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Runs a test program against user pools that verify proofs and tokens, one with common lifetimes
# and one with short ones and rotation, and lets AWS's JavaScript library log in to them as well.
#
#   run_cognito.sh COGNITO_SH MODULES_FOLDER PROGRAM
#
# The packages are those of cognito/package-lock.json. They are installed into the folder once.
set -euo pipefail

pool=$1 modules=$2 program=$3
here=$(cd "$(dirname "$0")" && pwd)

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "skipped: node or npm is not installed"
  exit 77
fi
mkdir -p "$modules"
if ! cmp -s "$here/cognito/package-lock.json" "$modules/installed.json"; then
  cp "$here/cognito/package.json" "$here/cognito/package-lock.json" "$modules"
  if ! (cd "$modules" && npm ci --omit=optional --ignore-scripts --no-audit --no-fund) \
      >"$modules/npm.log" 2>&1; then
    cat "$modules/npm.log" >&2
    echo "skipped: the packages for Cognito cannot be installed"
    exit 77
  fi
  cp "$modules/package-lock.json" "$modules/installed.json"
fi

scratch=$(mktemp -d)
api=
stop() {
  [ -z "$api" ] || kill "$api" 2>/dev/null || true
  "$pool" stop "$scratch/usual"
  "$pool" stop "$scratch/short"
  rm -rf "$scratch"
}
trap stop EXIT

# What AWS's own library gets, for the program to compare with.
by_javascript() { (cd "$modules" && node "$here/cognito/login.mjs" "$@"); }

"$pool" start "$scratch/usual" >/dev/null
. "$scratch/usual/env"
{ by_javascript "$COGNITO_USER" "$COGNITO_PASSWORD"
  by_javascript "$COGNITO_USER" wrong
  by_javascript nobody wrong; } >"$scratch/usual.json"
COGNITO_BY_JAVASCRIPT=$scratch/usual.json "$program" "[usual]"
# The program has given the user another password; both libraries can log in with that.
by_javascript "$COGNITO_NEW_USER" 'An0ther!pass' >"$scratch/changed.json"
COGNITO_BY_JAVASCRIPT=$scratch/changed.json "$program" "[changed]"

TOKEN_SECONDS=3 ROTATE=1 "$pool" start "$scratch/short" >/dev/null
. "$scratch/short/env"
by_javascript "$COGNITO_NEW_USER" "$COGNITO_NEW_PASSWORD" 'An0ther!pass' >"$scratch/short.json"
KEY_SECONDS=3 node "$here/cognito/api.mjs" >"$scratch/api" 2>"$scratch/api.log" &
api=$!
for _ in $(seq 100); do
  if read -r ECHO_API <"$scratch/api" && [ -n "$ECHO_API" ]; then break; fi
  sleep 0.1
done
export ECHO_API
COGNITO_BY_JAVASCRIPT=$scratch/short.json "$program" "[short]"
