#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Starts a radosgw, runs a test program against it, and stops it whatever happens.
#
#   run_radosgw.sh RADOSGW_SH PROGRAM [ARGUMENT...]
set -euo pipefail

server=$1
shift
scratch=$(mktemp -d)
place=$scratch/radosgw
trap '"$server" stop "$place" || true; rm -rf "$scratch"' EXIT

environment=$("$server" start "$place")
eval "$environment"
"$@"
