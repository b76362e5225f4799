#!/usr/bin/env bash
# Plays a device that sends by itself: a temperature that rises, and a door that opens and closes.
#
#   source.sh [PORT [SECONDS]]     sends to 127.0.0.1, every so many seconds, until Ctrl-C
set -euo pipefail
port=${1:-7071}
pause=${2:-1}

# A datagram that finds nobody is lost, which is all right: the next one follows.
send() { printf '%s\n' "$@" 2>/dev/null >"/dev/udp/127.0.0.1/$port" || true; }

for ((count = 0; ; count++)); do
    door=closed
    [ $((count / 5 % 2)) -eq 0 ] || door=open
    send "temp=$((20 + count % 10)).5" "door=$door"
    sleep "$pause"
done
