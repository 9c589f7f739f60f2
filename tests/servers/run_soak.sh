#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Starts a radosgw, and in front of its two ports proxies that make things go wrong; lets the soak run for so many
# seconds, and stops them whatever happens.
#
#   run_soak.sh SERVERS_FOLDER PROGRAM SECONDS
set -euo pipefail

servers=$1 program=$2 seconds=$3
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v node >/dev/null; then
  echo "skipped: node is not installed"
  exit 77
fi

scratch=$(mktemp -d)
started=()
stop() {
  [ ${#started[@]} = 0 ] || kill "${started[@]}" 2>/dev/null || true
  "$servers/radosgw.sh" stop "$scratch/radosgw" || true
  rm -rf "$scratch"
}
trap stop EXIT

environment=$("$servers/radosgw.sh" start "$scratch/radosgw")
eval "$environment"

# Puts proxies before a HOST:PORT; the address to use ends up in $address.
misbehave() {  # NAME HOST:PORT
  node "$here/soak_faults.mjs" "$servers/fault-proxy.mjs" "$2" "$scratch/$1.faults" "${SOAK_SEED:-1}" \
    >"$scratch/$1" &
  started+=($!)
  for _ in $(seq 200); do
    if [ -s "$scratch/$1" ] && read -r address <"$scratch/$1"; then return; fi
    sleep 0.1
  done
  echo "the proxies did not start" >&2
  exit 1
}
misbehave http "${RGW_ENDPOINT#http://}"
export SOAK_ENDPOINT=http://$address
misbehave https "${RGW_TLS_ENDPOINT#https://}"
export SOAK_TLS_ENDPOINT=https://$address
export SOAK_FAULTS="$scratch/http.faults:$scratch/https.faults"
"$program" "$seconds"
