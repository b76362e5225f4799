#!/usr/bin/env bash
# Builds the fuzzer with AddressSanitizer and runs it. README.md says what it does.
#   run.sh [SECONDS] [SEED]                             600 seconds from seed 1 unless said otherwise
#   run.sh --seed S --subject X --round N               one round once more, as a failure names it
set -euo pipefail
cd "$(dirname "$0")/../../.."

build=${MAPPERKIT_FUZZING_BUILD:-.build-asan}
swift build --configuration release -Xswiftc -enable-testing -Xswiftc -DFUZZING --sanitize=address \
    --scratch-path "$build" --product bluetooth-fuzzer >&2

journal=$(mktemp)
trap 'rm -f "$journal"' EXIT
case ${1:-} in
    -*) ;;
    *) set -- --seconds "${1:-600}" --seed "${2:-1}" ;;
esac
# Freed memory is given back soon, or its growth would say nothing; what the runtime keeps for ever is no leak.
export ASAN_OPTIONS=quarantine_size_mb=1:thread_local_quarantine_size_kb=64:malloc_context_size=10:detect_leaks=0:abort_on_error=1
status=0
"$build/release/bluetooth-fuzzer" --journal "$journal" "$@" || status=$?
if [ "$status" -ne 0 ]; then echo "ended with status $status in: run.sh $(cat "$journal")"; fi
exit "$status"
