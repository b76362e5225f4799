#!/usr/bin/env bash
# Makes the package of a new mapper, as `mapperctl new` of this checkout does, which this builds first:
#
#   mappers/new-mapper.sh Thermostat [--directory PATH] [--protocol NAME] [--mapperkit PATH-OR-URL]
set -euo pipefail

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
exec swift run --package-path "$checkout" mapperctl new "$@"
