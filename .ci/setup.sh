#!/usr/bin/env bash
# Picks a Python that is new enough and lets it make everything ready: .ci/setup.sh run|test [--extras]
# PYTHON=/path/to/python chooses another one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# One that can make a virtual environment comes first: Debian has Pythons that cannot until python3-venv is there.
for wanted in "import ensurepip, venv" "pass"; do
  for python in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
    if "$python" -c "import sys; sys.version_info >= (3, 11) or sys.exit(1); $wanted" >/dev/null 2>&1 </dev/null; then
      exec "$python" .ci/setup.py "$@"
    fi
  done
done

echo "Earmark needs Python 3.11 or newer, and ${PYTHON:-python3} is not that." \
  "Install it and run make again, or say where it is: make PYTHON=/path/to/python" >&2
exit 1
