#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Starts a dynalite, in front of it a gate that lets nothing through that is not signed as AWS's own
# signer signs it, runs a test program against that, and stops them whatever happens.
#
#   run_dynalite.sh GATE_MJS MODULES_FOLDER PROGRAM [ARGUMENT...]
#
# The packages are those of dynalite/package-lock.json. They are installed into the folder once.
set -euo pipefail

gate=$1 modules=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "skipped: node or npm is not installed"
  exit 77
fi
mkdir -p "$modules"
if ! cmp -s "$here/dynalite/package-lock.json" "$modules/installed.json"; then
  cp "$here/dynalite/package.json" "$here/dynalite/package-lock.json" "$modules"
  if ! (cd "$modules" && npm ci --omit=optional --ignore-scripts --no-audit --no-fund) \
      >"$modules/npm.log" 2>&1; then
    cat "$modules/npm.log" >&2
    echo "skipped: dynalite's packages cannot be installed"
    exit 77
  fi
  cp "$modules/package-lock.json" "$modules/installed.json"
fi

scratch=$(mktemp -d)
started=()
stop() {
  [ ${#started[@]} = 0 ] || kill "${started[@]}" 2>/dev/null || true
  rm -rf "$scratch"
}
trap stop EXIT

# Starts a server that prints its address first, which ends up in $address.
serve() {  # NAME SCRIPT
  (cd "$modules" && exec node "$2") >"$scratch/$1" 2>"$scratch/$1.log" &
  local server=$!
  started+=("$server")
  for _ in $(seq 300); do
    if read -r address <"$scratch/$1" && [ -n "$address" ]; then return; fi
    if ! kill -0 "$server" 2>/dev/null; then break; fi
    sleep 0.1
  done
  cat "$scratch/$1.log" >&2
  echo "$1 did not start" >&2
  exit 1
}
export DYNAMODB_REGION=eu-central-1 DYNAMODB_ACCESS_KEY=AKIATABLES DYNAMODB_SECRET_KEY=tables/Secret+1
export DYNAMODB_SESSION_TOKEN=a/Token+of==
serve dynalite "$here/dynalite/serve.mjs"
export UPSTREAM=$address SERVICE=dynamodb REGION=$DYNAMODB_REGION PORT=0
KEYS="$DYNAMODB_ACCESS_KEY:$DYNAMODB_SECRET_KEY:$DYNAMODB_SESSION_TOKEN" serve gate "$gate"
export DYNAMODB_ENDPOINT=$address
"$@"
