// swift-tools-version: 6.2

import PackageDescription

// A package of its own, since everything in it is built with a sanitizer that no other build wants.
let package = Package(
    name: "fuzz",
    dependencies: [.package(name: "routecheck", path: "../..")],
    targets: [
        .systemLibrary(name: "CLibFuzzer"),
        .executableTarget(
            name: "FuzzJobFile",
            dependencies: ["CLibFuzzer", .product(name: "RouteChecks", package: "routecheck")]
        ),
    ],
    swiftLanguageModes: [.v6]
)
