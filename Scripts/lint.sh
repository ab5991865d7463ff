#!/usr/bin/env bash
# The format of Swift files and the syntax of scripts. Needs Swift, Python and a shell, no build.
set -euo pipefail
cd "$(dirname "$0")/.."

swift format lint --strict --recursive --parallel --configuration .swift-format \
    Sources Mail TUI Tests Migrations Package.swift

while IFS= read -r script; do
    case $(head -n 1 "$script") in
        *bash*) bash -n "$script" ;;
        *) sh -n "$script" ;;
    esac
done < <(find Scripts .ci Benchmarks -type f \( -name '*.sh' -o -path '.ci/run' \))

# Parsed, not compiled to files: nothing is left in the tree.
find Tests Benchmarks Scripts -name '*.py' -print0 | xargs -0 -r python3 -c '
import ast, sys
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        ast.parse(file.read(), path)
'
echo "lint: clean"
