#!/bin/sh
# SPDX-License-Identifier: MIT
# Drives awsxx_tool with keys that stand in the environment; nothing is sent anywhere.
#
#   awsxx_tool_test.sh TOOL
set -u

tool=$1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
failures=0

# Runs the tool in an environment of its own: `with NAME=VALUE... -- ARGUMENT...`.
with() {
  : > "$place/variables"
  while [ "$1" != -- ]; do printf '%s\n' "$1" >> "$place/variables"; shift; done
  shift
  # shellcheck disable=SC2046
  env -i PATH="$PATH" HOME="$place" AWS_EC2_METADATA_DISABLED=true $(cat "$place/variables") \
    "$tool" "$@" > "$place/out" 2> "$place/err"
  status=$?
}
keys='AWS_ACCESS_KEY_ID=AKIDEXAMPLE AWS_SECRET_ACCESS_KEY=planted-secret AWS_REGION=eu-west-1'
session="$keys AWS_SESSION_TOKEN=planted-token AWS_CREDENTIAL_EXPIRATION=2099-01-01T00:00:00Z"

wrong() {
  failures=$((failures + 1))
  printf 'FAILED: %s\n' "$*"
  sed 's/^/  out: /' "$place/out"
  sed 's/^/  err: /' "$place/err"
}
exits() { [ "$status" = "$1" ] || wrong "$2: exit status $status, not $1"; }
says() { grep -qF -- "$2" "$place/$1" || wrong "$3: no \"$2\" on std$1"; }
keeps() { ! grep -qF -- "$2" "$place/$1" || wrong "$3: \"$2\" on std$1"; }

# --- help and usage -----------------------------------------------------------------------------
with -- --help
exits 0 help; says out credential-process help; says out 'Exit status' help
for arguments in '' 'nonsense' 'whoami --nonsense' 'exec' 'whoami -- true' 'serve --port x'; do
  # shellcheck disable=SC2086
  with -- $arguments
  exits 2 "usage '$arguments'"
  [ -s "$place/err" ] || wrong "usage '$arguments': nothing on stderr"
done

# --- explain ------------------------------------------------------------------------------------
# shellcheck disable=SC2086
with $keys -- explain
exits 0 explain
says out 'region = eu-west-1  (AWS_REGION)' explain
says out 'access key AKIDEXAMPLE, long-lived' explain
# shellcheck disable=SC2086
with $session -- explain --verbose
exits 0 'explain --verbose'; says out 'expires 2099-01-01T00:00:00Z' 'explain --verbose'
for stream in out err; do keeps $stream planted 'explain --verbose'; done

with -- explain
exits 1 'explain without credentials'; says err 'advice: ' 'explain without credentials'
[ "$(wc -l < "$place/err")" = 2 ] || wrong 'explain without credentials: not an error and an advice'
with -- whoami --profile nowhere
exits 1 'a profile that is not there'; says err ProfileNotFound 'a profile that is not there'
# shellcheck disable=SC2086
with $keys -- whoami --role nonsense
exits 1 'a role that is none'; says err 'awsxx_tool: ' 'a role that is none'
# shellcheck disable=SC2086
with $keys -- whoami --endpoint-url http://127.0.0.1:1
exits 1 'nobody there'; says err ConnectionFailed 'nobody there'; keeps err planted 'nobody there'

# --- credential-process -------------------------------------------------------------------------
# shellcheck disable=SC2086
with $session -- credential-process
exits 0 credential-process
printf '%s\n' '{"Version":1,"AccessKeyId":"AKIDEXAMPLE","SecretAccessKey":"planted-secret","SessionToken":"planted-token","Expiration":"2099-01-01T00:00:00Z"}' \
  | cmp -s - "$place/out" || wrong 'credential-process: another document'

# What it prints is what another one takes as its profile's credential_process.
mkdir "$place/.aws"
cat > "$place/source.sh" <<SOURCE
#!/bin/sh
exec env $session $tool credential-process
SOURCE
chmod +x "$place/source.sh"
printf '[profile outer]\nregion = us-east-2\ncredential_process = %s\n' "$place/source.sh" \
  > "$place/.aws/config"
with -- exec --profile outer -- sh -c 'echo "$AWS_SESSION_TOKEN $AWS_REGION"'
exits 0 'a process within a process'; says out 'planted-token us-east-2' 'a process within a process'

if script --version 2>/dev/null | grep -q util-linux &&
  script -qec true /dev/null < /dev/null > /dev/null 2>&1; then
  # shellcheck disable=SC2086
  env -i PATH="$PATH" HOME="$place" $session \
    script -qec "$tool credential-process" /dev/null < /dev/null > "$place/out" 2> "$place/err"
  status=$?
  exits 2 'on a terminal'; keeps out planted 'on a terminal'; says out --show-secrets 'on a terminal'
  # shellcheck disable=SC2086
  env -i PATH="$PATH" HOME="$place" $session \
    script -qec "$tool credential-process --show-secrets" /dev/null < /dev/null > "$place/out" \
    2> "$place/err"
  status=$?
  exits 0 'asked for on a terminal'; says out planted-secret 'asked for on a terminal'
fi

# --- exec ---------------------------------------------------------------------------------------
# shellcheck disable=SC2086
with $session AWS_PROFILE=outer AWS_ROLE_ARN=x -- exec --region ap-south-1 \
  --endpoint-url http://127.0.0.1:1 -- env
exits 0 exec
for line in AWS_REGION=us-east-2; do keeps out "$line" exec; done
for line in AWS_REGION=ap-south-1 AWS_DEFAULT_REGION=ap-south-1 AWS_ACCESS_KEY_ID=AKIDEXAMPLE \
  AWS_SECRET_ACCESS_KEY=planted-secret AWS_SESSION_TOKEN=planted-token \
  AWS_CREDENTIAL_EXPIRATION=2099-01-01T00:00:00Z AWS_ENDPOINT_URL=http://127.0.0.1:1; do
  says out "$line" exec
done
for name in AWS_PROFILE AWS_ROLE_ARN; do keeps out "$name=" exec; done
# shellcheck disable=SC2086
with $keys -- exec -- sh -c 'exit 37'
exits 37 'exec with an exit status'
# shellcheck disable=SC2086
with $keys -- exec -- printf '%s|' -- '' --help 'a b'
exits 0 'exec with odd words'; says out '|--help|a b|' 'exec with odd words'
# shellcheck disable=SC2086
with $keys -- exec -- /no/such/program
exits 127 'exec of nothing'; says err '/no/such/program' 'exec of nothing'
# shellcheck disable=SC2086
with $keys -- exec -- /
exits 126 'exec of a folder'

# --- serve --------------------------------------------------------------------------------------
# shellcheck disable=SC2086
with $keys -- serve
exits 1 'serve long-lived keys'; says err LongLivedKeys 'serve long-lived keys'

: > "$place/exports"
# shellcheck disable=SC2086
env -i PATH="$PATH" HOME="$place" $session "$tool" serve --token-file "$place/token" \
  > "$place/exports" 2> "$place/err" &
server=$!
waited=0
until grep -q TOKEN_FILE "$place/exports" || [ $waited = 100 ]; do
  waited=$((waited + 1))
  sleep 0.1
done
cp "$place/exports" "$place/out"
keeps out "$(cat "$place/token")" 'serve with a token file'
for name in AWS_ACCESS_KEY_ID AWS_WEB_IDENTITY_TOKEN_FILE AWS_CONTAINER_AUTHORIZATION_TOKEN; do
  says out "unset $name" 'serve with a token file'
done
(
  eval "$(cat "$place/exports")"
  env PATH="$PATH" HOME="$place" "$tool" exec -- sh -c 'echo "$AWS_ACCESS_KEY_ID $AWS_SESSION_TOKEN"'
) > "$place/out" 2> "$place/err"
says out 'AKIDEXAMPLE planted-token' 'serve'
kill -TERM $server
wait $server
status=$?
exits 0 'serve that is ended'

# The token's file may have any name, and is found from any folder.
odd="it's \$(touch pwned) \"one\" of; them"
mkdir "$place/$odd" "$place/elsewhere"
: > "$place/exports"
(
  cd "$place/$odd" || exit 1
  # shellcheck disable=SC2086
  exec env -i PATH="$PATH" HOME="$place" $session "$tool" serve --token-file "$odd" \
    > "$place/exports" 2> "$place/err"
) &
server=$!
waited=0
until grep -q TOKEN_FILE "$place/exports" || [ $waited = 100 ]; do
  waited=$((waited + 1))
  sleep 0.1
done
(
  cd "$place/elsewhere" || exit 1
  eval "$(cat "$place/exports")"
  env PATH="$PATH" HOME="$place" "$tool" exec -- sh -c 'echo "$AWS_ACCESS_KEY_ID"; ls'
) > "$place/out" 2> "$place/err"
says out 'AKIDEXAMPLE' 'a token file with an odd name'
keeps out pwned 'a token file with an odd name'
kill -TERM $server
wait $server

# --- no secret is told, whatever is done and however it ends --------------------------------------
# Asks the server that `serve --verbose` runs for credentials, once, and ends it.
serves_without_telling() {
  : > "$place/exports"
  # shellcheck disable=SC2086
  env -i PATH="$PATH" HOME="$place" $keys "$tool" serve --verbose "$@" \
    --token-file "$place/token" > "$place/exports" 2> "$place/serve.err" &
  server=$!
  waited=0
  until grep -q TOKEN_FILE "$place/exports" || [ $waited = 100 ]; do
    waited=$((waited + 1))
    sleep 0.1
  done
  (
    eval "$(cat "$place/exports")"
    env PATH="$PATH" HOME="$place" "$tool" exec --verbose -- true
  ) > "$place/out" 2> "$place/err"
  says err 'got ASIAROLE' "asking serve $*"
  keeps err planted "asking serve $*"; keeps err "$(cat "$place/token")" "asking serve $*"
  kill -TERM $server
  wait $server
  cp "$place/exports" "$place/out"; cp "$place/serve.err" "$place/err"
  says err 'ASIAROLE' "serve $*"
  for stream in out err; do keeps $stream planted "serve $*"; done
  keeps err "$(cat "$place/token")" "serve $*"
}

if command -v python3 > /dev/null; then
  cat > "$place/sts.py" <<'STS'
import http.server, sys

KEYS = ("<Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>planted-role-secret"
        "</SecretAccessKey><SessionToken>planted-role-token</SessionToken>"
        "<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>")
WHO = "<Arn>arn:aws:sts::111122223333:assumed-role/r/s</Arn><UserId>u</UserId><Account>1</Account>"

class Sts(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        name = "AssumeRole" if "Action=AssumeRole" in asked else "GetCallerIdentity"
        text = (f"<{name}Response><{name}Result>{KEYS if name == 'AssumeRole' else WHO}"
                f"</{name}Result></{name}Response>")
        if "closed" in asked:
            text = ("<ErrorResponse><Error><Code>AccessDenied</Code><Message>no"
                    "</Message></Error></ErrorResponse>")
        self.send_response(403 if "closed" in asked else 200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass

server = http.server.HTTPServer(("127.0.0.1", 0), Sts)
with open(sys.argv[1], "w") as port:
    port.write(f"{server.server_port}\n")
server.serve_forever()
STS
  python3 "$place/sts.py" "$place/port" &
  sts=$!
  waited=0
  until [ -s "$place/port" ] || [ $waited = 100 ]; do waited=$((waited + 1)); sleep 0.1; done
  there="--endpoint-url http://127.0.0.1:$(cat "$place/port")"
  role='--role arn:aws:iam::111122223333:role'

  for options in "$there $role/r" "$there $role/r --cache" "$there $role/r --cache"; do
    for run in whoami explain 'exec -- true' credential-process; do
      # shellcheck disable=SC2086
      with $keys -- $options --verbose $run
      exits 0 "$options $run"
      says err ASIAROLE "$options $run"
      for stream in out err; do
        [ "$run $stream" = 'credential-process out' ] || keeps $stream planted "$options $run"
      done
      keeps err AWS4-HMAC "$options $run"
    done
    # shellcheck disable=SC2086
    serves_without_telling $options
  done
  # shellcheck disable=SC2086
  with $keys -- $there $role/r --cache explain
  says out "AssumeRole arn:aws:iam::111122223333:role/r, from $place/.aws/cli/cache/" 'a cached role'
  grep -q planted-role-token "$place"/.aws/cli/cache/*.json || wrong 'the cache was not used'

  for options in "$there $role/closed" "--endpoint-url http://127.0.0.1:1 $role/gone"; do
    for run in whoami explain 'exec -- true' credential-process serve; do
      # shellcheck disable=SC2086
      with $keys -- $options --verbose --cache $run
      exits 1 "$options $run"; says err 'advice: ' "$options $run"
      for stream in out err; do keeps $stream planted "$options $run"; done
      keeps err AWS4-HMAC "$options $run"
    done
  done
  kill $sts
fi

[ $failures = 0 ] && echo "all is well"
exit $((failures > 0))
