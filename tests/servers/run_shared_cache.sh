#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Runs tests of shared_cache.py with a Python that has what they need.
#
#   run_shared_cache.sh CACHE_USER Processes|OtherTools|Logins|Outward
set -euo pipefail
unset AWS_CLI

needed=''
[ "$2" = Processes ] || needed='import botocore'

python=''
for candidate in python3 /usr/bin/python3; do  # distributions' botocore is with their own Python
  if "$candidate" -c "$needed" 2>/dev/null; then python=$candidate; break; fi
done
if [ -z "$python" ] || ! command -v openssl >/dev/null; then
  echo "skipped: python3${needed:+ with botocore} or openssl is not installed"
  exit 77
fi
if [ "$2" != Processes ]; then
  for candidate in /usr/bin/aws aws; do  # the distribution's before what else may be in PATH
    case $("$candidate" --version 2>&1) in aws-cli/2*) AWS_CLI=$candidate; break ;; esac
  done
  if [ -z "${AWS_CLI:-}" ]; then
    echo "skipped: the AWS CLI, version 2, is not installed"
    exit 77
  fi
  export AWS_CLI
fi
exec "$python" "$(dirname "$0")/shared_cache.py" "$@"
