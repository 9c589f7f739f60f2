#!/bin/sh
# SPDX-License-Identifier: MIT
# Sees that fan_out draws a bar on a terminal, and plain lines elsewhere.
#
#   fan_out_test.sh FAN_OUT
set -u

program=$1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
failures=0

expect() { # expect FILE WORDS
  grep -q -F -- "$2" "$place/$1" && return
  failures=$((failures + 1))
  printf 'FAILED: %s has no "%s"\n' "$1" "$2"
  cat "$place/$1"
}
refuse() { # refuse FILE WORDS
  grep -q -F -- "$2" "$place/$1" || return 0
  failures=$((failures + 1))
  printf 'FAILED: %s has "%s"\n' "$1" "$2"
}

"$program" > "$place/plain" || failures=$((failures + 1))
expect plain '100 %: 40 done, 0 failed, 0 to go'
expect plain '000000000009/audit: nobody got in: '
expect plain 'were not begun'
refuse plain '[#'

# A terminal of its own, from util-linux; others have a `script` that is called in another way. Where
# /dev/pts is not there, as after a bare chroot, nobody gets one.
script --version 2> /dev/null | grep -q util-linux && script -qec true /dev/null < /dev/null > /dev/null 2>&1 ||
  exit $((failures > 0 ? 1 : 77))
script -qec "$program" /dev/null < /dev/null > "$place/drawn" || failures=$((failures + 1))
tr '\r' '\n' < "$place/drawn" > "$place/terminal"
expect terminal '[###############...............] 50 %'
expect terminal '[##############################] 100 %: 40 done, 0 failed, 0 to go'

[ "$failures" -eq 0 ]
