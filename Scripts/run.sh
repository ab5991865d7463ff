#!/usr/bin/env bash
# Builds in release and serves a sample community: run.sh HOST:PORT DATA-DIR
set -euo pipefail
cd "$(dirname "$0")/.."
listen=$1
data_dir=$2

# Before the build, which takes minutes: is the port free?
host=${listen%:*}
port=${listen##*:}
if (exec 3<>"/dev/tcp/${host:-127.0.0.1}/$port") 2>/dev/null; then
    echo "Something listens on $listen already. Stop it, or choose another port:" >&2
    echo "  make run LISTEN=127.0.0.1:4601" >&2
    exit 1
fi

if ! command -v swift >/dev/null 2>&1; then
    echo "Swift 6.2 or later is needed; see https://www.swift.org/install/" >&2
    exit 1
fi
Scripts/install-packages.sh build run
swift build -c release --product parleyd
swift build -c release --product parley

cat <<TEXT

Parley is about to serve on http://$listen (Ctrl-C ends it). Open the client in another terminal:

    $PWD/.build/release/parley http://$listen

Log in there with :login as ana, password "sample community".

TEXT
exec .build/release/parleyd serve --demo --listen "$listen" --data-dir "$data_dir"
