#!/usr/bin/env bash
# Makes a new mapper as its author would, and builds, tests and uses it: `mapperctl new` keeps what it promises.
#
#   Tests/template.sh            in a temporary directory, from nothing, as for the author: ten minutes on two cores
#   Tests/template.sh FOLDER     with FOLDER for what is built, which makes a second time quick
#
# It says how long each step took.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
scratch=${1:-$work/build}
started=()

clean_up() {
    for process in "${started[@]}"; do
        kill "$process" 2>/dev/null || true
        wait "$process" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

fail() {
    printf 'template: %s\n' "$1" >&2
    [ -z "${2:-}" ] || tail -n 40 "$2" >&2
    exit 1
}

# took NAME BEGIN: says how long it is since BEGIN, a moment of EPOCHREALTIME.
took() {
    local tenths=$(((${EPOCHREALTIME//[^0-9]/} - ${2//[^0-9]/}) / 100000))
    printf '%-10s %d.%d s\n' "$1" $((tenths / 10)) $((tenths % 10))
}

# step NAME STATUS COMMAND…: runs it with its output in $out; fails when it ends with another status.
step() {
    local name=$1 wanted=$2 status=0 begin=$EPOCHREALTIME
    shift 2
    out=$work/output
    "$@" >"$out" 2>&1 || status=$?
    [ "$status" -eq "$wanted" ] || fail "$name: status $status instead of $wanted" "$out"
    took "$name" "$begin"
}

# says TEXT: the last step's output holds it.
says() { grep -qF -- "$1" "$out" || fail "the output does not say: $1" "$out"; }

# A loopback port that nobody listens on.
free_port() {
    local port
    while port=$((20000 + RANDOM)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
    echo "$port"
}

# wait_for WHAT LOG COMMAND…: until the command succeeds.
wait_for() {
    local deadline=$((SECONDS + 60)) what=$1 log=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $deadline ] || fail "not observed: $what" "$log"
        sleep 0.2
    done
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1"); }

Tests/install-packages.sh
swift build --product mapperctl
mapperctl=$(swift build --show-bin-path)/mapperctl
mapper=$work/heat-pump-mapper
package=(--package-path "$mapper" --scratch-path "$scratch")

step new 0 "$mapperctl" new HeatPump --directory "$mapper"
says "$mapper/Sources/HeatPumpDriver/HeatPumpDriver.swift"
says "swift build --package-path $mapper"
step again 73 "$mapperctl" new HeatPump --directory "$mapper"
says "it is not empty"
step misnamed 64 "$mapperctl" new heat-pump --directory "$work/other" --protocol "heat pump" --mapperkit "$work"
says "write 'HeatPump'"
says "the protocol 'heat pump' cannot be taken"
says "is not MapperKit's folder"
[ ! -e "$work/other" ] || fail "something was made of a name that is refused"
# A copy of the program has the template with it, but no checkout around it.
cp "$mapperctl" "$work/mapperctl"
step copied 0 env --chdir="$work" ./mapperctl new HeatPump --directory copied --mapperkit "$PWD"
diff -r "$mapper" "$work/copied" || fail "a copied mapperctl makes something else"
step homeless 64 env --chdir="$work" ./mapperctl new HeatPump --directory homeless
says "'--mapperkit' has to say where it is"

# Told to stop at any moment it leaves everything or nothing.
mkdir "$work/stopped"
for delay in 0 0.002 0.004 0.006 0.008 0.01 0.015 0.02 0.03 0.05; do
    "$mapperctl" new HeatPump --directory "$work/stopped/it" >"$work/stopped.log" 2>&1 &
    process=$!
    sleep "$delay"
    kill -TERM "$process" 2>/dev/null || true
    wait "$process" || true
    [ -z "$(ls -A "$work/stopped")" ] || diff -r "$mapper" "$work/stopped/it" || fail "a part of a mapper was left behind"
    rm -rf "$work/stopped/it"
done

# The author's own commands, with a folder for what is built.
step build 0 swift build "${package[@]}"
! grep -F "warning:" "$out" | grep -F "$mapper/" || fail "the new mapper is built with warnings"
step test 0 swift test "${package[@]}"
grep -qE "Test run with [1-9][0-9]* tests? in 1 suite passed" "$out" || fail "the new mapper's tests did not run" "$out"
program=(swift run --skip-build "${package[@]}" heat-pump-mapper)
step validate 0 "${program[@]}" validate --strict "$mapper/devices"
says "1 model, 1 device, 2 properties; 1 of the devices for heat-pump: no problems"
step read 74 "${program[@]}" read heat-pump-01 --profile "$mapper/devices"
[ "$(grep -c "error: reading is not implemented by this driver yet" "$out")" -eq 2 ] || fail "read: other words" "$out"
step write 74 "${program[@]}" write heat-pump-01 setpoint 21.5 --profile "$mapper/devices"
says "writing is not implemented by this driver yet"
step simulate 69 "${program[@]}" simulate --profile "$mapper/devices"
says "heat-pump-mapper cannot play devices: its driver has no simulation"

port=$(free_port)
printf 'listener %s 127.0.0.1\nallow_anonymous true\n' "$port" >"$work/mosquitto.conf"
"$(PATH=$PATH:/usr/sbin command -v mosquitto)" -c "$work/mosquitto.conf" >"$work/broker.log" 2>&1 &
started+=($!)
wait_for "the broker listening" "$work/broker.log" listens "$port"
"$mapperctl" edge --mqtt "tcp://127.0.0.1:$port" --profile "$mapper/devices" --strict >"$work/edge.log" 2>&1 &
started+=($!)
begin=$EPOCHREALTIME
"${program[@]}" run --profile "$mapper/devices" --config "$mapper/config.yaml" --mqtt "tcp://127.0.0.1:$port" \
    >"$work/mapper.log" 2>&1 &
running=$!
started+=("$running")
for property in temperature setpoint; do
    wait_for "a complaint about $property" "$work/mapper.log" \
        grep -E "reading fails .*not implemented by this driver yet.* property=$property" "$work/mapper.log"
done
kill -TERM "$running"
status=0
wait "$running" || status=$?
[ "$status" -eq 0 ] || fail "run: status $status after SIGTERM" "$work/mapper.log"
took run "$begin"
step twin 0 "$mapperctl" twin get heat-pump-01 --mqtt "tcp://127.0.0.1:$port"
says "REPORTED"
! awk 'NR > 1 && $3 != "-"' "$out" | grep . || fail "a value was reported that nobody read"
