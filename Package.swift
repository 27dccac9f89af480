// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

extension Target.Dependency {
    static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
    static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
    static let nioCore = product(name: "NIOCore", package: "swift-nio")
    static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
}

let package = Package(
    name: "routecheck",
    products: [
        .executable(name: "routecheck", targets: ["routecheck"]),
        .library(name: "DHIS2", targets: ["DHIS2"]),
        .library(name: "CurlHTTP", targets: ["CurlHTTP"]),
        .library(name: "RouteChecks", targets: ["Checks", "JobFile", "Reports", "Runner", "SourceDiagnostics"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CLibcurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),

        .target(name: "SourceDiagnostics"),
        .target(name: "YAMLTree", dependencies: ["CLibYAML", "SourceDiagnostics"]),
        .target(name: "LinearRegex"),
        .target(name: "JSONDocument", dependencies: ["LinearRegex"]),
        .target(name: "Checks", dependencies: ["JSONDocument", "LinearRegex", "SourceDiagnostics", .httpTypes]),
        .target(
            name: "JobFile",
            dependencies: ["Checks", "JSONDocument", "LinearRegex", "SourceDiagnostics", "YAMLTree", .httpTypes]
        ),
        .target(name: "DHIS2", dependencies: [.httpTypes]),
        .target(name: "CurlHTTP", dependencies: ["CLibcurl", "DHIS2", .httpTypes]),
        .target(name: "Runner", dependencies: ["Checks", "DHIS2", "JSONDocument", "LinearRegex", .httpTypes]),
        .target(name: "Reports", dependencies: ["Checks", "LinearRegex", "SourceDiagnostics", .httpTypes]),
        .target(name: "DHIS2Simulator", dependencies: [.nioCore, .nioHTTP1, .nioPosix]),
        .executableTarget(
            name: "routecheck",
            dependencies: [
                "CMalloc", "Checks", "CurlHTTP", "DHIS2", "DHIS2Simulator", "JSONDocument", "JobFile", "LinearRegex",
                "Reports", "Runner", "SourceDiagnostics", .argumentParser, .httpTypes,
            ],
            resources: [.embedInCode("Demo/demo.yaml")]
        ),

        .executableTarget(
            name: "transport-benchmark",
            dependencies: ["CurlHTTP", "DHIS2", .httpTypes],
            path: "Tests/Benchmarks/TransportBenchmark"
        ),

        .executableTarget(
            name: "json-benchmark",
            dependencies: ["JSONDocument", "LinearRegex"],
            path: "Tests/Benchmarks/JSONBenchmark"
        ),

        .target(name: "TestProcesses", path: "Tests/TestProcesses"),

        .testTarget(name: "SourceDiagnosticsTests", dependencies: ["SourceDiagnostics"]),
        .testTarget(name: "YAMLTreeTests", dependencies: ["SourceDiagnostics", "YAMLTree"]),
        .testTarget(name: "LinearRegexTests", dependencies: ["LinearRegex"]),
        .testTarget(name: "JSONDocumentTests", dependencies: ["JSONDocument"]),
        .testTarget(name: "ChecksTests", dependencies: ["Checks"]),
        .testTarget(
            name: "JobFileTests",
            dependencies: ["Checks", "JSONDocument", "JobFile", "LinearRegex", "SourceDiagnostics", .httpTypes],
            exclude: ["Fixtures"]
        ),
        .testTarget(name: "DHIS2Tests", dependencies: ["DHIS2", .httpTypes]),
        .testTarget(
            name: "CurlHTTPTests",
            dependencies: ["CLibcurl", "CurlHTTP", "DHIS2", "TestProcesses", .httpTypes]
        ),
        .testTarget(
            name: "RunnerTests",
            dependencies: [
                "Checks", "DHIS2", "JSONDocument", "JobFile", "LinearRegex", "Runner", "SourceDiagnostics", .httpTypes,
            ]
        ),
        .testTarget(
            name: "ReportsTests",
            dependencies: ["Checks", "LinearRegex", "Reports", "SourceDiagnostics", .httpTypes],
            exclude: ["Fixtures"]
        ),
        .testTarget(name: "DHIS2SimulatorTests", dependencies: ["DHIS2Simulator", .httpTypes]),
        .testTarget(
            name: "RoutecheckTests",
            dependencies: [
                "Checks", "CurlHTTP", "DHIS2", "DHIS2Simulator", "JobFile", "Reports", "Runner", "SourceDiagnostics",
                "TestProcesses", "routecheck", .httpTypes,
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = settings
}
