// swift-tools-version: 6.2

import PackageDescription

let mapperkit = Package.Dependency.package(
    name: "mapperkit",
    path: Context.environment["MAPPERKIT_PATH"] ?? "../.."
)

let package = Package(
    name: "template-mapper",
    dependencies: [
        mapperkit,
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    ],
    targets: [
        .target(
            name: "TemplateDriver",
            dependencies: [.product(name: "MapperKit", package: "mapperkit")]
        ),
        .executableTarget(
            name: "template-mapper",
            dependencies: [
                "TemplateDriver",
                .product(name: "MapperCommand", package: "mapperkit"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "TemplateDriverTests",
            dependencies: [
                "TemplateDriver",
                .product(name: "MapperKit", package: "mapperkit"),
                .product(name: "MapperTesting", package: "mapperkit"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
