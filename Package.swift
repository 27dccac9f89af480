// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "routecheck",
    products: [
        .executable(name: "routecheck", targets: ["routecheck"]),
        .library(name: "DHIS2", targets: ["DHIS2", "DHIS2Behaviour", "HTTPVocabulary"]),
        .library(name: "CurlHTTP", targets: ["CurlHTTP"]),
        .library(name: "RouteChecks", targets: ["RouteChecks"]),
    ],
    targets: [
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CFileSystems"),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CLibcurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),

        .systemLibrary(
            name: "CContentCodings",
            providers: [.apt(["zlib1g-dev", "libbrotli-dev", "libzstd-dev"])]
        ),

        .target(name: "CSockets"),

        .target(name: "Text"),
        .target(name: "SourceDiagnostics", dependencies: ["Text"]),
        .target(name: "HTTPVocabulary"),
        .target(name: "Arguments", dependencies: ["Text"]),
        .target(name: "YAMLTree", dependencies: ["CLibYAML", "SourceDiagnostics", "Text"]),
        .target(name: "LinearRegex"),
        .target(name: "JSONDocument", dependencies: ["LinearRegex", "Text"]),
        .target(name: "Matching", dependencies: ["JSONDocument", "LinearRegex", "Text"]),
        .target(name: "DHIS2Behaviour", dependencies: ["HTTPVocabulary", "Text"]),
        .target(
            name: "Checks",
            dependencies: ["HTTPVocabulary", "JSONDocument", "LinearRegex", "Matching", "SourceDiagnostics"]
        ),
        .target(
            name: "Redaction",
            dependencies: ["Checks", "HTTPVocabulary", "JSONDocument", "LinearRegex", "SourceDiagnostics", "Text"]
        ),
        .target(
            name: "JobFile",
            dependencies: [
                "Checks", "DHIS2Behaviour", "HTTPVocabulary", "JSONDocument", "LinearRegex", "Matching", "Redaction",
                "SourceDiagnostics", "Text", "YAMLTree",
            ]
        ),
        .target(name: "DHIS2", dependencies: ["DHIS2Behaviour", "HTTPVocabulary", "Text"]),
        .target(name: "CurlHTTP", dependencies: ["CContentCodings", "CLibcurl", "DHIS2", "HTTPVocabulary", "Text"]),
        .target(
            name: "Runner",
            dependencies: [
                "Checks", "DHIS2", "HTTPVocabulary", "JSONDocument", "Matching", "SourceDiagnostics", "Text",
            ]
        ),
        .target(
            name: "Reports",
            dependencies: ["Checks", "HTTPVocabulary", "Redaction", "SourceDiagnostics", "Text"],
            resources: [.embedInCode("HTML/page.css"), .embedInCode("HTML/page.js")]
        ),
        .target(
            name: "RouteChecks",
            dependencies: [
                "Checks", "CurlHTTP", "DHIS2", "DHIS2Behaviour", "HTTPVocabulary", "JobFile", "JSONDocument",
                "LinearRegex", "Matching", "Redaction", "Reports", "Runner", "SourceDiagnostics",
            ]
        ),
        .target(name: "DHIS2Simulator", dependencies: ["CSockets", "Text"]),
        .executableTarget(
            name: "routecheck",
            dependencies: [
                "Arguments", "CFileSystems", "Checks", "CMalloc", "DHIS2Simulator", "JobFile", "Redaction", "Reports",
                "RouteChecks", "Runner", "SourceDiagnostics", "Text",
            ],
            resources: [.embedInCode("Demo/demo.yaml")]
        ),

        .executableTarget(
            name: "transport-benchmark",
            dependencies: ["CurlHTTP", "DHIS2", "HTTPVocabulary"],
            path: "Tests/Benchmarks/TransportBenchmark"
        ),

        .executableTarget(
            name: "json-benchmark",
            dependencies: ["JSONDocument", "LinearRegex"],
            path: "Tests/Benchmarks/JSONBenchmark"
        ),

        .target(name: "TestNumbers", path: "Tests/TestNumbers"),
        .target(name: "TestLogs", path: "Tests/TestLogs"),
        .target(name: "TestFuzzing", dependencies: ["TestNumbers"], path: "Tests/TestFuzzing"),
        .target(name: "TestProcesses", path: "Tests/TestProcesses"),

        .testTarget(name: "TextTests", dependencies: ["TestLogs", "Text"]),
        .testTarget(name: "SourceDiagnosticsTests", dependencies: ["SourceDiagnostics"]),
        .testTarget(name: "HTTPVocabularyTests", dependencies: ["HTTPVocabulary", "TestNumbers"]),
        .testTarget(name: "ArgumentsTests", dependencies: ["Arguments"]),
        .testTarget(name: "YAMLTreeTests", dependencies: ["SourceDiagnostics", "YAMLTree"]),
        .testTarget(name: "LinearRegexTests", dependencies: ["LinearRegex", "TestNumbers"]),
        .testTarget(name: "JSONDocumentTests", dependencies: ["JSONDocument", "TestFuzzing", "TestNumbers"]),
        .testTarget(name: "MatchingTests", dependencies: ["JSONDocument", "LinearRegex", "Matching"]),
        .testTarget(name: "DHIS2BehaviourTests", dependencies: ["DHIS2Behaviour", "HTTPVocabulary"]),
        .testTarget(name: "ChecksTests", dependencies: ["Checks", "SourceDiagnostics"]),
        .testTarget(
            name: "RedactionTests",
            dependencies: ["Checks", "HTTPVocabulary", "LinearRegex", "Redaction", "SourceDiagnostics", "TestNumbers"]
        ),
        .testTarget(
            name: "JobFileTests",
            dependencies: [
                "Checks", "HTTPVocabulary", "JobFile", "JSONDocument", "LinearRegex", "Matching", "SourceDiagnostics",
                "TestFuzzing", "TestNumbers", "YAMLTree",
            ],
            exclude: ["Fixtures"]
        ),
        .testTarget(name: "DHIS2Tests", dependencies: ["DHIS2", "HTTPVocabulary", "TestFuzzing"]),
        .testTarget(
            name: "CurlHTTPTests",
            dependencies: ["CLibcurl", "CurlHTTP", "DHIS2", "HTTPVocabulary", "TestFuzzing", "TestProcesses"]
        ),
        .testTarget(
            name: "RunnerTests",
            dependencies: [
                "Checks", "DHIS2", "HTTPVocabulary", "JobFile", "JSONDocument", "LinearRegex", "Matching", "Runner",
                "SourceDiagnostics", "TestNumbers",
            ]
        ),
        .testTarget(
            name: "ReportsTests",
            dependencies: [
                "Checks", "HTTPVocabulary", "LinearRegex", "Redaction", "Reports", "SourceDiagnostics", "TestFuzzing",
                "Text",
            ],
            exclude: ["Fixtures"]
        ),
        .testTarget(name: "RouteChecksTests", dependencies: ["DHIS2Simulator", "RouteChecks"]),
        .testTarget(
            name: "DHIS2SimulatorTests",
            dependencies: ["DHIS2Behaviour", "DHIS2Simulator", "TestFuzzing"]
        ),
        .testTarget(
            name: "RoutecheckTests",
            dependencies: [
                "Checks", "CurlHTTP", "DHIS2", "DHIS2Simulator", "HTTPVocabulary", "Redaction", "Reports", "routecheck",
                "SourceDiagnostics", "TestLogs", "TestProcesses",
            ],
            exclude: ["CommandLines.txt", "Origins/ServedOrigins.txt"]
        ),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = settings
}
