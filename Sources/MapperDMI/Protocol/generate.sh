#!/usr/bin/env bash
# Makes the Swift code in Generated/ from dmi.proto. Needs protoc (Debian: protobuf-compiler); builds its two plugins from
# the packages that this one depends on, in a place of their own, which takes some minutes the first time.
set -euo pipefail
cd "$(dirname "$0")"

plugins=${TMPDIR:-/tmp}/mapperkit-protoc-plugins
mkdir -p "$plugins/Sources/plugins"
cat >"$plugins/Package.swift" <<'END'
// swift-tools-version: 6.2
import PackageDescription
let package = Package(
    name: "plugins",
    dependencies: [
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/grpc/grpc-swift-protobuf", from: "2.4.0"),
    ],
    targets: [
        .executableTarget(
            name: "plugins",
            dependencies: [.product(name: "GRPCProtobuf", package: "grpc-swift-protobuf")]
        )
    ]
)
END
echo 'print("never run")' >"$plugins/Sources/plugins/main.swift"
swift build --package-path "$plugins" -c release --product protoc-gen-swift
swift build --package-path "$plugins" -c release --product protoc-gen-grpc-swift-2
bin=$(swift build --package-path "$plugins" -c release --show-bin-path)

rm -rf Generated
mkdir Generated
protoc dmi.proto \
    --plugin="$bin/protoc-gen-swift" --swift_out=Generated \
    --swift_opt=Visibility=Package --swift_opt=UseAccessLevelOnImports=true \
    --plugin="$bin/protoc-gen-grpc-swift-2" --grpc-swift-2_out=Generated \
    --grpc-swift-2_opt=Visibility=Package --grpc-swift-2_opt=UseAccessLevelOnImports=true
