#!/usr/bin/env bash
# Builds, then runs the tests in Swift and the tests of the built programs in Python.
# test.sh [unit | end-to-end]: without an argument both; fails when either fails.
set -euo pipefail
cd "$(dirname "$0")/.."
which=${1:-all}

Scripts/install-packages.sh build run test
swift build --build-tests

failed=0
if [ "$which" != end-to-end ]; then
    # As wide as two processors: many of the tests share one PostgreSQL.
    SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=${TEST_WIDTH:-4} \
        swift test --skip-build --disable-xctest || failed=1
fi

if [ "$which" != unit ]; then
    Scripts/python-environment.sh
    # shellcheck disable=SC2086 # a list of words is meant
    .build/venv/bin/python -m pytest Tests/EndToEnd ${PYTEST_ARGS:-} || failed=1
fi
exit $failed
