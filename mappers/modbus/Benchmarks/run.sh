#!/usr/bin/env bash
# Builds in release mode and measures: all tables, or the ones that are named. README.md says what they mean.
#   run.sh                 all but the soak
#   run.sh plan            one of: plan, throughput, values, writes, dead-unit, overload, soak; with its own options
set -euo pipefail
cd "$(dirname "$0")/../../.."

build=${MAPPERKIT_BENCHMARK_BUILD:-.build/benchmarks}
for product in modbus-mapper modbus-benchmarks; do
    swift build --configuration release --scratch-path "$build" --product "$product" >&2
done
exec "$build/release/modbus-benchmarks" "$@"
