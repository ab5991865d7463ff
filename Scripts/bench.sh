#!/usr/bin/env bash
# Builds in release and measures. PARLEY_BIN_DIR names programs that are built already.
set -euo pipefail
cd "$(dirname "$0")/.."
Scripts/install-packages.sh build run bench
if [ -z "${PARLEY_BIN_DIR:-}" ]; then
    swift build -c release --product parleyd
    swift build -c release --product parley
fi
python3 Benchmarks/bench.py
python3 Benchmarks/client.py
python3 Benchmarks/live.py
python3 Benchmarks/mail.py
python3 Benchmarks/bombs.py
