// swift-tools-version: 6.2

import PackageDescription

// A package like those of the library's users: it sees what is public, and imports what the README says.
let package = Package(
    name: "library-user",
    dependencies: [.package(name: "routecheck", path: "../..")],
    targets: [
        .executableTarget(
            name: "Smoke",
            dependencies: [
                .product(name: "CurlHTTP", package: "routecheck"),
                .product(name: "DHIS2", package: "routecheck"),
                .product(name: "RouteChecks", package: "routecheck"),
            ]
        )
    ],
    swiftLanguageModes: [.v6]
)
