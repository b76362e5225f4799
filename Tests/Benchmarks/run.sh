#!/usr/bin/env bash
# Builds in release mode and measures the link by DMI. README.md says what the figures mean.
#   run.sh [--devices 500] [--properties 20] [--minutes 10] [--change-every 1s]
set -euo pipefail
cd "$(dirname "$0")/../.."

build=${MAPPERKIT_BENCHMARK_BUILD:-.build/benchmarks}
for product in mapperctl dmi-benchmarks; do
    swift build --configuration release --scratch-path "$build" --product "$product" >&2
done
exec "$build/release/dmi-benchmarks" "$@"
