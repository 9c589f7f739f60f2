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
"$check" --driver "$driver" --allow-unsupported --cases "$cases.run"

# Nothing in these may be unsupported.
"$check" --driver "$driver" --suite profile --cases "$cases.run"
"$check" --driver "$driver" --suite credentials --cases "$cases.run"
"$check" --driver "$driver" --suite sign --mode x509-rsa --cases "$cases.run"
