#!/usr/bin/env bash
# Runs every test: installs what is missing, builds, and starts brokers and devices of its own on free loopback ports.
#
#   Tests/run.sh                                 all, those of the virtual machine too
#   Tests/run.sh --filter ModbusDriverTests      arguments are passed on to `swift test`, and the virtual machine left out
#   Tests/run.sh --filter SimulatorVMTests       a name with VM in it: in the virtual machine only
#
# The virtual machine boots a Linux with Bluetooth, so that the Bluetooth mapper meets the real kernel whatever this
# machine has. It installs an emulator and fetches a kernel itself (as root, on a Debian for x86_64; 110 MB the first
# time) and takes a minute or two. Where it cannot run, that is said, and no failure; MAPPERKIT_VM_TESTS=off leaves it
# out. Its log is .build/bluetooth-vm.log.
set -euo pipefail
cd "$(dirname "$0")/.."

vm_tests() {
    local status=0 reason
    mappers/bluetooth/Tests/VM/run-tests "$@" 2>&1 || status=$?
    case $status in
    0) ;;
    77)
        reason=$(sed -n 's/^vm: cannot run here: //p' .build/bluetooth-vm.log)
        echo "Bluetooth tests in the virtual machine: skipped, because ${reason:-it cannot run here}"
        ;;
    *)
        echo "Bluetooth tests in the virtual machine: failed with status $status, see $PWD/.build/bluetooth-vm.log"
        exit 1
        ;;
    esac
}

Tests/install-packages.sh
if [[ $# -eq 2 && $1 == --filter && $2 == *VM* ]]; then
    vm_tests "$2"
    exit
fi
swift test "$@"
[ $# -eq 0 ] || exit 0
if [ "${MAPPERKIT_VM_TESTS:-on}" = off ]; then
    echo "Bluetooth tests in the virtual machine: left out, as MAPPERKIT_VM_TESTS is off"
else
    vm_tests
fi
