#!/usr/bin/env bash
# Shows the main job without any hardware: a simulated Modbus device, a private MQTT broker, the developer's edge and
# modbus-mapper. Twin values move, then a desired value travels to the device's register and comes back as reported.
#
#   run.sh          goes on showing the table until Ctrl-C
#   run.sh --once   ends by itself; exit code 0 only if all of that was observed
set -euo pipefail
cd "$(dirname "$0")/../.."

once=false
case "${1:-}" in
"") ;;
--once) once=true ;;
*)
    echo "usage: Examples/quickstart/run.sh [--once]" >&2
    exit 64
    ;;
esac

device=thermostat-01
work=$(mktemp -d)
started=()

stop_all() {
    for ((index = ${#started[@]} - 1; index >= 0; index--)); do kill "${started[index]}" 2>/dev/null || true; done
    for process in "${started[@]}"; do wait "$process" 2>/dev/null || true; done
    rm -rf "$work"
}
trap stop_all EXIT
trap 'exit 130' INT TERM

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

fail() {
    printf '\nNot observed: %s\n' "$1" >&2
    for log in "$work"/*.log; do
        printf '\n--- %s\n' "$(basename "$log")" >&2
        tail -n 20 "$log" >&2
    done
    exit 1
}

# A loopback port that nobody listens on.
free_port() {
    local port
    while port=$((20000 + RANDOM)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
    echo "$port"
}

# start NAME COMMAND…: runs it in the background with its output in NAME.log.
start() {
    local name=$1
    shift
    "$@" >"$work/$name.log" 2>&1 &
    started+=($!)
}

# wait_for SECONDS WHAT COMMAND…: until the command succeeds.
wait_for() {
    local deadline=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $deadline ] || fail "$what"
        sleep 0.2
    done
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1"); }

Tests/install-packages.sh
say "Building modbus-mapper and mapperctl"
swift build --product modbus-mapper
swift build --product mapperctl
bin=$(swift build --show-bin-path)

broker_port=$(free_port)
device_port=$(free_port)
broker="tcp://127.0.0.1:$broker_port"
mkdir "$work/profile"
cp device-models/generic-thermostat/model.yaml "$work/profile/"
sed "s/1502/$device_port/" device-models/generic-thermostat/device.yaml >"$work/profile/device.yaml"
printf 'listener %s 127.0.0.1\nallow_anonymous true\n' "$broker_port" >"$work/mosquitto.conf"

say "Starting a broker, a simulated thermostat, the developer's edge and the mapper"
start broker "$(PATH=$PATH:/usr/sbin command -v mosquitto)" -c "$work/mosquitto.conf"
wait_for 10 "the broker listening on port $broker_port" listens "$broker_port"
start simulator "$bin/modbus-mapper" simulate --profile "$work/profile" --port "$device_port"
wait_for 10 "the simulated device listening on port $device_port" listens "$device_port"
start edge "$bin/mapperctl" edge --mqtt "$broker" --profile "$work/profile" --strict
start mapper "$bin/modbus-mapper" run --mqtt "$broker" --profile "$work/profile"

twins() { "$bin/mapperctl" twin get "$device" --mqtt "$broker"; }
reported() { "$bin/mapperctl" twin get "$device" --mqtt "$broker" --json | "$bin/mapperctl" pick "$1"; }
has_temperature() { twins | grep -Eq '^temperature .*[0-9]'; }

wait_for 20 "a reported temperature" has_temperature
