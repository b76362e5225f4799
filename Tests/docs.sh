#!/usr/bin/env bash
# Builds the documentation of all libraries as a website in .build/documentation. A warning is an error: what a comment or
# an article links to has to be there.
#
#   Tests/docs.sh            builds it
#   Tests/docs.sh --serve    builds it and shows it at http://127.0.0.1:8080/documentation/mapperkit
#
# The compiler's own tools do it; the package depends on nothing for it.
set -euo pipefail
cd "$(dirname "$0")/.."

serve=false
case "$*" in
"") ;;
--serve) serve=true ;;
*)
    echo "usage: Tests/docs.sh [--serve]" >&2
    exit 64
    ;;
esac

libraries=(MapperKit MapperProfile MapperMQTT MapperDMI MapperCommand MapperTesting)

Tests/install-packages.sh
# Between them these two need all of the others.
swift build --target MapperCommand
swift build --target MapperTesting
bin=$(realpath "$(swift build --show-bin-path)")
docc=$(dirname "$(realpath "$(command -v swift)")")/docc

# The C modules that the libraries are compiled with: the system's, those of dependencies, and those made while building.
modules=(-I "$bin/Modules")
while read -r map; do modules+=(-I "$(dirname "$map")"); done < <(
    find Sources -maxdepth 2 -name module.modulemap
    find .build/checkouts -path '*/Sources/*/include/module.modulemap'
    # Those of what is built to run while building are the same ones again.
    find "$bin" -maxdepth 2 -name module.modulemap -not -path '*-tool.build/*'
)

graphs=.build/symbol-graphs
rm -rf "$graphs"
mkdir -p "$graphs"
for library in "${libraries[@]}"; do
    swift symbolgraph-extract -module-name "$library" "${modules[@]}" -target "$(basename "$(dirname "$bin")")" \
        -module-cache-path .build/symbol-graphs-cache -minimum-access-level public -skip-inherited-docs \
        -output-dir "$graphs"
done

"$docc" convert Sources/MapperKit/MapperKit.docc --additional-symbol-graph-dir "$graphs" --warnings-as-errors \
    --fallback-default-module-kind Library --output-dir .build/documentation
echo "The documentation is in .build/documentation."
if $serve; then
    echo "It can be read at http://127.0.0.1:8080/documentation/mapperkit, until Ctrl-C."
    exec python3 -m http.server --bind 127.0.0.1 --directory .build/documentation 8080
fi
