#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Starts an nginx on the loopback that hands out credentials as IoT Core does, to clients with a
# certificate of an authority made up for it; runs a test program against it and stops it.
#
#   run_nginx.sh PROGRAM [ARGUMENT...]
set -euo pipefail

nginx=$(command -v nginx || command -v /usr/sbin/nginx || true)
if [ -z "$nginx" ] || ! command -v openssl >/dev/null; then
  echo "skipped: nginx or openssl is not installed"
  exit 77
fi

place=$(mktemp -d)
stop() {
  [ ! -s "$place/pid" ] || kill "$(cat "$place/pid")" || true
  rm -rf "$place"
}
trap stop EXIT
cd "$place"

# --- an authority, the server's certificate, two devices, and a stranger ----------------------
authority() {
  openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.pem" -days 2 -subj "/CN=$1" \
    2>/dev/null
}
signed() {  # NAME ALGORITHM [EXTENSION]
  openssl req -newkey "$2" ${ec_curve:+-pkeyopt "ec_paramgen_curve:$ec_curve"} -nodes \
    -keyout "$1.key" -out "$1.csr" -subj "/CN=$1" 2>/dev/null
  openssl x509 -req -in "$1.csr" -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 \
    -extfile <(echo "${3:-basicConstraints=CA:FALSE}") -out "$1.pem" 2>/dev/null
}
authority authority
authority stranger
signed server rsa:2048 subjectAltName=IP:127.0.0.1
signed device-rsa rsa:2048
ec_curve=P-256 signed device-ec ec
openssl pkcs8 -topk8 -in device-rsa.key -passout pass:the-words -out locked.key

# --- nginx: one server a version of TLS --------------------------------------------------------
expiration=$(date -u -d '+1 hour' +%FT%TZ)
server() {  # PORT PROTOCOL
  cat <<CONF
  server {
    listen 127.0.0.1:$1 ssl;
    ssl_protocols $2;
    ssl_certificate server.pem;
    ssl_certificate_key server.key;
    ssl_client_certificate authority.pem;
    ssl_verify_client on;
    default_type application/json;
    location = /role-aliases/uploader/credentials {
      if (\$http_x_amzn_iot_thingname != "thing") { return 403 '{"message":"another thing"}'; }
      return 200 '{"credentials":{"accessKeyId":"\$ssl_client_s_dn",
        "secretAccessKey":"\$connection","sessionToken":"\$connection_requests",
        "expiration":"$expiration"}}';
    }
    location / { return 404 '{"message":"no such role alias"}'; }
  }
CONF
}
configuration() {  # PORT
  cat <<CONF
pid pid;
error_log error.log;
events {}
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
$(server "$1" TLSv1.2)
$(server $(($1 + 1)) TLSv1.3)
}
CONF
}

# A port that is free shows by nginx's start.
for attempt in 1 2 3 4 5 6 7 8; do
  port=$((20000 + RANDOM % 20000))
  configuration "$port" > nginx.conf
  if "$nginx" -p "$place" -e error.log -c nginx.conf 2>start.log; then break; fi
  if [ "$attempt" = 8 ]; then
    cat start.log >&2
    exit 1
  fi
done

export NGINX_PLACE=$place NGINX_PORT=$port
cd - >/dev/null
"$@"
