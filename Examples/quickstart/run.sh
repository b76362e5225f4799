#!/usr/bin/env bash
# Shows the main job without any hardware: a simulated Modbus device, a private MQTT broker, the developer's edge and
# modbus-mapper. Twin values move, then a desired value travels to the device's register and comes back as reported.
#
#   run.sh          goes on showing the table until Ctrl-C
#   run.sh --once   ends by itself; exit code 0 only if all of that was observed
#   run.sh --dmi    the mapper speaks DMI, as with KubeEdge 1.15 and later; the edge alone uses the broker, for twins
set -euo pipefail
cd "$(dirname "$0")/../.."

once=false
dmi=false
for option in "$@"; do
    case "$option" in
    --once) once=true ;;
    --dmi) dmi=true ;;
    *)
        echo "usage: Examples/quickstart/run.sh [--once] [--dmi]" >&2
        exit 64
        ;;
    esac
done

device=thermostat-01
# What topics name it: with KubeEdge 1.16.2 and later that is NAMESPACE/NAME.
twin=$device
$dmi && twin=default/$device
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
printf 'listener %s 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\n' "$broker_port" >"$work/mosquitto.conf"

say "Starting a broker, a simulated thermostat, the developer's edge and the mapper"
start broker "$(PATH=$PATH:/usr/sbin command -v mosquitto)" -c "$work/mosquitto.conf"
wait_for 10 "the broker listening on port $broker_port" listens "$broker_port"
start simulator "$bin/modbus-mapper" simulate --profile "$work/profile" --port "$device_port"
wait_for 10 "the simulated device listening on port $device_port" listens "$device_port"
if $dmi; then
    start edge "$bin/mapperctl" edge --dmi "$work/dmi.sock" --mqtt "$broker" --profile "$work/profile" --strict
    # No profile: the devices come from the edge, which calls the mapper on a socket of its own.
    start mapper env MAPPER_GRPC_SERVER_SOCKET_PATH="$work/modbus-mapper.sock" \
        "$bin/modbus-mapper" run --dmi "$work/dmi.sock"
else
    start edge "$bin/mapperctl" edge --mqtt "$broker" --profile "$work/profile" --strict
    start mapper "$bin/modbus-mapper" run --mqtt "$broker" --profile "$work/profile"
fi

twins() { "$bin/mapperctl" twin get "$twin" --mqtt "$broker"; }

# The reported value of a property, empty if there is none.
reported() { twins | awk -v name="$1" '$1 == name && $3 != "-" { print $3 }'; }

has_temperature() { [ -n "$(reported temperature)" ]; }

# Shows the table in place: where there is no terminal, one after the other.
show_twins() {
    local table
    table=$(twins)
    [ -t 1 ] && [ -n "${lines:-}" ] && printf '\033[%dA\033[J' "$lines"
    printf '%s\n' "$table"
    lines=$(printf '%s\n' "$table" | wc -l)
}

wait_for 20 "a reported temperature" has_temperature

say "The twins of $twin, as the edge knows them"
seen=" "
for _ in 1 2 3 4 5; do
    show_twins
    value=$(reported temperature)
    case "$seen" in *" $value "*) ;; *) seen="$seen$value " ;; esac
    sleep 1
done
[ "$(wc -w <<<"$seen")" -ge 2 ] || fail "a temperature that moves; it stayed$seen"

wanted=$((RANDOM % 20 + 10)).5
say "The cloud desires a setpoint of $wanted (mapperctl twin set $twin setpoint $wanted)"
"$bin/mapperctl" twin set "$twin" setpoint "$wanted" --mqtt "$broker" --timeout 10 || fail "the setpoint reported as desired"

say "What the device's own register says (modbus-mapper read $device setpoint)"
register=$("$bin/modbus-mapper" read "$device" setpoint --profile "$work/profile")
printf '%s\n' "$register"
grep -Eq "^setpoint +$wanted " <<<"$register" || fail "the setpoint in the device's register"
[ "$(reported setpoint)" = "$wanted" ] || fail "the setpoint in the twin"

if $once; then
    say "Observed: values moving, a desired value in the register, the same value reported."
    exit 0
fi

say "Ctrl-C ends it. In another terminal try:
  $bin/mapperctl twin set $twin heating true --mqtt $broker"
lines=
while true; do
    show_twins
    sleep 1
done
