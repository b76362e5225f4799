#!/usr/bin/env bash
# Installs the Debian packages that building and testing need, if any is missing. Asks for sudo when not root.
set -euo pipefail

packages=(libbluetooth-dev libmodbus-dev libmosquitto-dev libyaml-dev zlib1g-dev pkg-config mosquitto openssl
    python3-pymodbus python3-serial-asyncio python3-jsonschema)
missing=()
for package in "${packages[@]}"; do
    dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

echo "Installing ${missing[*]}"
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq
# The scripts here start brokers of their own; the system's one is not wanted as a side effect.
if [ ! -e /usr/sbin/policy-rc.d ]; then
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee /usr/sbin/policy-rc.d >/dev/null
    "${as_root[@]}" chmod +x /usr/sbin/policy-rc.d
    trap '"${as_root[@]}" rm -f /usr/sbin/policy-rc.d' EXIT
fi
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
