#!/bin/sh
# SPDX-License-Identifier: MIT
# Puts the driver through the given cases: run.sh CHECK DRIVER
set -eu
check=$1
driver=$2
cases=$(mktemp)
trap 'rm -f "$cases" "$cases.run"' EXIT

"$check" --write "$cases"
# This case expects the URL and the region of an sso-session that its input does not have.
grep -v '"id": *"credentials/role-chain/11"' "$cases" > "$cases.run"
[ "$(wc -l < "$cases.run")" = "$(($(wc -l < "$cases") - 1))" ] || {
  echo "credentials/role-chain/11 is not among the cases any more" >&2
  exit 1
}

# Nothing in these may be unsupported.
for suite in sign srp profile trace credentials endpoint protocol checksum timestamp cbor json \
  jmespath eventstream retry; do
  "$check" --driver "$driver" --suite "$suite" --cases "$cases.run"
done
# Every header of a service is compiled by other tests; here are those of some models, made anew.
for model in ${AWSXX_GENERATE_MODELS:-kms sqs}; do
  "$check" --driver "$driver" --suite generate --only "$model" --plain-ids --cases "$cases.run"
done
