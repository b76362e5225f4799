// swift-tools-version: 6.2

import PackageDescription

/// What every Swift target of this package is compiled with.
let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Targets that see C headers mark each unsafe expression.
let settingsAroundC = settings + [.strictMemorySafety()]

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grpc = Target.Dependency.product(name: "GRPCCore", package: "grpc-swift-2")
let grpcTransport = Target.Dependency.product(name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport")
let grpcProtobuf = Target.Dependency.product(name: "GRPCProtobuf", package: "grpc-swift-protobuf")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
/// What is left out of builds without the trait `DMI`.
let dmi = Target.Dependency.target(name: "MapperDMI", condition: .when(traits: ["DMI"]))
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "mapperkit",
    products: [
        .library(name: "MapperKit", targets: ["MapperKit"]),
        .library(name: "MapperProfile", targets: ["MapperProfile"]),
        .library(name: "MapperMQTT", targets: ["MapperMQTT"]),
        .library(name: "MapperDMI", targets: ["MapperDMI"]),
        .library(name: "MapperCommand", targets: ["MapperCommand"]),
        .library(name: "MapperTesting", targets: ["MapperTesting"]),
        .library(name: "ModbusDriver", targets: ["ModbusDriver"]),
        .library(name: "BluetoothDriver", targets: ["BluetoothDriver"]),
        .executable(name: "modbus-mapper", targets: ["modbus-mapper"]),
        .executable(name: "bluetooth-mapper", targets: ["bluetooth-mapper"]),
        .executable(name: "mapperctl", targets: ["mapperctl"]),
    ],
    traits: [
        .default(enabledTraits: ["DMI"]),
        .trait(
            name: "DMI",
            description: "Links mappers to KubeEdge 1.15 and later, by DMI. Without it no gRPC is compiled."
        ),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        // Without what its own traits add, which needs all of Foundation.
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
        .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.0"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", from: "2.9.0"),
        .package(url: "https://github.com/grpc/grpc-swift-protobuf", from: "2.4.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // C: the system's libraries, each seen by exactly one adapter.
        .systemLibrary(name: "CLibBluetooth", pkgConfig: "bluez", providers: [.apt(["libbluetooth-dev"])]),
        .systemLibrary(name: "CLibModbus", pkgConfig: "libmodbus", providers: [.apt(["libmodbus-dev"])]),
        .systemLibrary(name: "CLibMosquitto", pkgConfig: "libmosquitto", providers: [.apt(["libmosquitto-dev"])]),
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        // What the C library can be told about memory, which Swift leaves out.
        .systemLibrary(name: "CMalloc"),

        // Core.
        .target(
            name: "MapperKit",
            dependencies: [logging, metrics, lifecycle],
            swiftSettings: settings
        ),

        // Adapters.
        .target(name: "MapperProfile", dependencies: ["MapperKit", "CLibYAML"], swiftSettings: settingsAroundC),
        .target(
            name: "MapperMQTT",
            dependencies: ["MapperKit", "MapperProfile", "CLibMosquitto", logging],
            swiftSettings: settingsAroundC
        ),
        .target(
            name: "MapperDMI",
            dependencies: [
                "MapperKit", "MapperProfile", grpc, grpcTransport, grpcProtobuf, protobuf, nio, nioPosix, logging,
                metrics,
            ],
            exclude: ["Protocol/dmi.proto", "Protocol/generate.sh"],
            swiftSettings: settings
        ),
        // On `MapperProfile` on purpose: what authors test with is the files that they deploy.
        .target(
            name: "MapperTesting",
            dependencies: ["MapperKit", "MapperProfile", logging],
            swiftSettings: settings
        ),
        .target(
            name: "ModbusDriver",
            dependencies: ["MapperKit", "CLibModbus", logging, metrics],
            path: "mappers/modbus/Sources/ModbusDriver",
            swiftSettings: settingsAroundC
        ),

        .target(
            name: "BluetoothDriver",
            dependencies: ["MapperKit", "CLibBluetooth", crypto, cryptoExtras, logging, metrics],
            path: "mappers/bluetooth/Sources/BluetoothDriver",
            swiftSettings: settingsAroundC
        ),

        // The mapper that `mapperctl new` makes: mappers/_template within the program, and what becomes of it.
        .target(name: "CMapperTemplate"),
        .target(
            name: "MapperTemplate",
            dependencies: ["CMapperTemplate", "MapperKit"],
            swiftSettings: settingsAroundC
        ),

        // Composition.
        .target(
            name: "MapperCommand",
            dependencies: [
                "MapperKit", "MapperProfile", "MapperMQTT", dmi, "CMalloc", argumentParser, logging, unixSignals,
            ],
            swiftSettings: settings
        ),

        // The mapper that `mapperctl new` copies, built here so that it never goes stale.
        .target(
            name: "TemplateDriver",
            dependencies: ["MapperKit"],
            path: "mappers/_template/Sources/TemplateDriver",
            swiftSettings: settings
        ),

        // What the Bluetooth driver is fed with, by its tests and by the fuzzer.
        .target(
            name: "BluetoothFuzzing",
            dependencies: ["BluetoothDriver", "MapperKit", "CLibBluetooth"],
            path: "mappers/bluetooth/Fuzzing/Sources/BluetoothFuzzing",
            swiftSettings: settingsAroundC
        ),

        // What benchmarks have in common.
        .target(
            name: "Benchmarking",
            dependencies: [argumentParser, unixSignals],
            path: "Tests/Benchmarks/Sources/Benchmarking",
            swiftSettings: settings
        ),

        // Executables.
        .executableTarget(
            name: "modbus-mapper",
            dependencies: ["MapperCommand", "MapperKit", "ModbusDriver", argumentParser, logging],
            path: "mappers/modbus/Sources/modbus-mapper",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "modbus-benchmarks",
            dependencies: [
                "Benchmarking", "MapperCommand", "MapperKit", "MapperMQTT", "MapperProfile", "MapperTesting",
                "ModbusDriver", "CLibModbus",
                argumentParser, logging,
            ],
            path: "mappers/modbus/Benchmarks/Sources/modbus-benchmarks",
            swiftSettings: settings
        ),
        // It runs `mapperctl`, which is built with it.
        .executableTarget(
            name: "dmi-benchmarks",
            dependencies: ["Benchmarking", "MapperCommand", "MapperDMI", "MapperKit", argumentParser, logging],
            path: "Tests/Benchmarks/Sources/dmi-benchmarks",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "bluetooth-mapper",
            dependencies: ["MapperCommand", "MapperKit", "BluetoothDriver", argumentParser, logging],
            path: "mappers/bluetooth/Sources/bluetooth-mapper",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "template-mapper",
            dependencies: ["TemplateDriver", "MapperCommand", logging],
            path: "mappers/_template/Sources/template-mapper",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "two-protocols-mapper",
            dependencies: ["MapperCommand", "MapperKit", "ModbusDriver", logging],
            path: "Examples/two-protocols/Sources/two-protocols-mapper",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "bluetooth-fuzzer",
            dependencies: ["BluetoothFuzzing", "CLibBluetooth", argumentParser],
            path: "mappers/bluetooth/Fuzzing/Sources/bluetooth-fuzzer",
            swiftSettings: settingsAroundC
        ),
        .executableTarget(
            name: "mapperctl",
            dependencies: [
                "MapperKit", "MapperProfile", "MapperMQTT", "MapperDMI", "MapperTemplate", "MapperTesting",
                argumentParser, logging, unixSignals, grpc, grpcTransport, grpcProtobuf, protobuf,
            ],
            swiftSettings: settings
        ),

        // Tests.
        .testTarget(name: "MapperKitTests", dependencies: ["MapperKit", "MapperTesting"], swiftSettings: settings),
        .testTarget(
            name: "MapperTemplateTests",
            dependencies: ["MapperTemplate", "MapperKit"],
            swiftSettings: settings
        ),
        .testTarget(name: "MapperProfileTests", dependencies: ["MapperProfile"], swiftSettings: settings),
        .testTarget(
            name: "MapperMQTTTests",
            dependencies: ["MapperMQTT", "MapperProfile", "MapperTesting"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MapperDMITests",
            dependencies: [
                "MapperDMI", "MapperKit", "MapperTesting", "mapperctl", protobuf, grpc, grpcTransport, logging,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MapperCommandTests",
            dependencies: [
                "MapperCommand", "MapperKit", "MapperMQTT", dmi, "MapperTesting", argumentParser, logging, unixSignals,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MapperTestingTests",
            dependencies: [
                "MapperTesting", "MapperKit", "MapperProfile", "MapperMQTT", "MapperDMI", "mapperctl", argumentParser,
                logging, grpc, grpcTransport, grpcProtobuf, protobuf,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ModbusDriverTests",
            dependencies: [
                "ModbusDriver", "MapperTesting", "MapperProfile", "CLibModbus", logging,
                .product(name: "CoreMetrics", package: "swift-metrics"),
            ],
            path: "mappers/modbus/Tests/ModbusDriverTests",
            exclude: ["Support/pymodbus_peer.py"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "BluetoothDriverTests",
            dependencies: [
                "BluetoothDriver", "BluetoothFuzzing", "MapperCommand", "MapperTesting", "MapperProfile",
                "CLibBluetooth", "bluetooth-mapper", argumentParser, logging,
            ],
            path: "mappers/bluetooth/Tests/BluetoothDriverTests",
            swiftSettings: settings
        ),
        .testTarget(
            name: "TemplateDriverTests",
            dependencies: ["TemplateDriver", "MapperKit", "MapperTesting"],
            path: "mappers/_template/Tests/TemplateDriverTests",
            swiftSettings: settings
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "MapperKit", "MapperMQTT", "MapperDMI", "MapperProfile", "MapperTesting", "bluetooth-mapper",
                "modbus-mapper", "two-protocols-mapper", "mapperctl", grpc, grpcTransport, protobuf, logging,
            ],
            swiftSettings: settings
        ),
    ],
    swiftLanguageModes: [.v6]
)
