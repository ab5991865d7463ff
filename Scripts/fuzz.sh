#!/usr/bin/env bash
# Feeds what reads strangers' bytes with random ones, each target for a while, from the fixtures on.
#   FUZZ_SECONDS  seconds for each target (default 30)
#   FUZZ_TARGETS  which (default all)
# What does harm lies in .build/fuzz/found afterwards.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${FUZZ_SECONDS:-30}
targets=${FUZZ_TARGETS:-message address parameters flowed html reply}
build=.build/fuzz
found=$build/found
corpora=${FUZZ_CORPUS:-$build/corpus}

# PARLEY_FUZZ adds the program to the package; its own folder keeps other builds as they are.
PARLEY_FUZZ=build swift build --scratch-path "$build" --sanitize fuzzer --sanitize address \
    -Xswiftc -parse-as-library --product fuzz
python3 Scripts/fuzz-seeds.py "$corpora"

mkdir -p "$found"
for target in $targets; do
    mkdir -p "$corpora/$target"
    echo "== $target: $seconds s"
    PARLEY_FUZZ=$target ASAN_OPTIONS=detect_leaks=0 "$build/debug/fuzz" \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=20000 \
        -print_final_stats=1 -artifact_prefix="$found/$target-" \
        "$corpora/$target" Tests/Fixtures/fuzz/"$target" 2>"$found/$target.log" || {
        tail -n 40 "$found/$target.log"
        exit 1
    }
    grep -E 'number_of_executed_units|slowest_unit' "$found/$target.log" || true
done
