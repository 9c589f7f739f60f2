#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Starts a radosgw, a tinyproxy that any client may use, and an nghttpx that speaks HTTP/2 over TLS in
# front of the radosgw; runs a test program against them, and stops them whatever happens.
#
#   run_proxies.sh RADOSGW_SH PROGRAM [ARGUMENT...]
set -euo pipefail

server=$1
shift
tinyproxy=$(command -v tinyproxy || command -v /usr/bin/tinyproxy || true)
nghttpx=$(command -v nghttpx || command -v /usr/sbin/nghttpx || true)
if [ -z "$tinyproxy" ] || [ -z "$nghttpx" ] || ! command -v openssl >/dev/null; then
  echo "skipped: tinyproxy, nghttpx (nghttp2-proxy) or openssl is not installed"
  exit 77
fi

scratch=$(mktemp -d)
started=()
stop() {
  [ ${#started[@]} = 0 ] || kill "${started[@]}" 2>/dev/null || true
  "$server" stop "$scratch/radosgw" || true
  rm -rf "$scratch"
}
trap stop EXIT

# Runs a command with a port that is free, which shows by its start; the port ends up in $port.
listen() {  # COMMAND, to which the port is given
  for _ in 1 2 3 4 5 6 7 8; do
    port=$((20000 + RANDOM % 20000))
    "$1" "$port" &
    local process=$!
    for _ in $(seq 100); do
      kill -0 "$process" 2>/dev/null || break
      if (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && sleep 0.1 &&
          kill -0 "$process" 2>/dev/null; then
        started+=("$process")
        return
      fi
      sleep 0.1
    done
    kill "$process" 2>/dev/null || true
  done
  cat "$scratch"/*.log >&2
  exit 1
}

environment=$("$server" start "$scratch/radosgw")
eval "$environment"

run_tinyproxy() {
  cat >"$scratch/tinyproxy.conf" <<CONF
Port $1
Listen 127.0.0.1
Timeout 60
LogFile "$scratch/tinyproxy.log"
LogLevel Info
MaxClients 20
BasicAuth visitor Passw0rd
CONF
  exec "$tinyproxy" -d -c "$scratch/tinyproxy.conf" >"$scratch/tinyproxy.out.log" 2>&1
}
listen run_tinyproxy
export PROXY_ADDRESS=127.0.0.1:$port PROXY_USER=visitor PROXY_PASSWORD=Passw0rd
export PROXY_LOG=$scratch/tinyproxy.log

openssl req -x509 -newkey rsa:2048 -nodes -keyout "$scratch/key.pem" -out "$scratch/certificate.pem" \
  -days 2 -subj /CN=localhost -addext subjectAltName=IP:0.0.0.0 2>/dev/null
run_nghttpx() {
  exec "$nghttpx" --conf=/dev/null --frontend="127.0.0.1,$1" --backend="127.0.0.1,${RGW_ENDPOINT##*:}" \
    --workers=1 --accesslog-file="$scratch/nghttpx.access" --errorlog-file="$scratch/nghttpx.log" \
    --accesslog-format='$request $status' \
    "$scratch/key.pem" "$scratch/certificate.pem" >"$scratch/nghttpx.out.log" 2>&1
}
listen run_nghttpx
export HTTP2_ENDPOINT=https://0.0.0.0:$port HTTP2_CA_FILE=$scratch/certificate.pem
export HTTP2_LOG=$scratch/nghttpx.access
"$@"
