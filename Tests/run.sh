#!/usr/bin/env bash
# Runs every test: installs what is missing, builds, and starts brokers and devices of its own on free loopback ports.
# Arguments are passed on to `swift test`, for example --filter ModbusDriverTests.
set -euo pipefail
cd "$(dirname "$0")/.."

Tests/install-packages.sh
swift test "$@"
