#!/bin/sh
# Makes .build/venv with the pinned packages of the end-to-end tests, unless it is up to date.
set -eu
cd "$(dirname "$0")/.."
wanted=Tests/EndToEnd/requirements.txt
environment=.build/venv
if [ -x "$environment/bin/python" ] && cmp -s "$wanted" "$environment/requirements.txt"; then
    exit 0
fi
mkdir -p .build
rm -rf "$environment"
# Debian's own Python first: it is the one that has what python3-venv installs.
python=/usr/bin/python3
[ -x "$python" ] || python=python3
"$python" -m venv "$environment"
"$environment/bin/pip" install --quiet --disable-pip-version-check --requirement "$wanted"
cp "$wanted" "$environment/requirements.txt"
