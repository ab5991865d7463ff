// swift-tools-version: 6.2
import PackageDescription

/// One list of settings for every target, so that no module is held to less than another.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

extension Target {
    /// A library of the server or of both programs, under `Sources/`.
    static func module(
        _ name: String,
        _ dependencies: [Dependency] = [],
        resources: [Resource]? = nil
    ) -> Target {
        .target(
            name: name,
            dependencies: dependencies,
            resources: resources,
            swiftSettings: strict
        )
    }

    /// A library of the mail side, under `Mail/Sources/`.
    static func mail(_ name: String, _ dependencies: [Dependency] = []) -> Target {
        .target(
            name: name,
            dependencies: dependencies,
            path: "Mail/Sources/\(name)",
            swiftSettings: strict
        )
    }

    /// A library of the terminal client, under `TUI/Sources/`.
    static func terminal(_ name: String, _ dependencies: [Dependency] = []) -> Target {
        .target(
            name: name,
            dependencies: dependencies,
            path: "TUI/Sources/\(name)",
            swiftSettings: strict
        )
    }

    static func tests(
        _ name: String,
        _ dependencies: [Dependency] = [],
        exclude: [String] = []
    ) -> Target {
        .testTarget(
            name: name,
            dependencies: dependencies,
            exclude: exclude,
            swiftSettings: strict
        )
    }

    static func system(_ name: String, path: String = "Sources", _ package: String) -> Target {
        .systemLibrary(name: name, path: "\(path)/\(name)", providers: [.apt([package])])
    }
}

extension Target.Dependency {
    static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
    static let asyncHTTPClient = product(name: "AsyncHTTPClient", package: "async-http-client")
    static let configuration = product(name: "Configuration", package: "swift-configuration")
    static let grdb = product(name: "GRDB", package: "GRDB.swift")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdCore = product(name: "HummingbirdCore", package: "hummingbird")
    static let hummingbirdTesting = product(name: "HummingbirdTesting", package: "hummingbird")
    static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
    static let logging = product(name: "Logging", package: "swift-log")
    static let mustache = product(name: "Mustache", package: "swift-mustache")
    static let nioCore = product(name: "NIOCore", package: "swift-nio")
    static let nioEmbedded = product(name: "NIOEmbedded", package: "swift-nio")
    static let nioFoundation = product(name: "NIOFoundationCompat", package: "swift-nio")
    static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let nioSSL = product(name: "NIOSSL", package: "swift-nio-ssl")
    static let systemPackage = product(name: "SystemPackage", package: "swift-system")
    static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let serviceLifecycle = product(
        name: "ServiceLifecycle",
        package: "swift-service-lifecycle"
    )
}

/// The numbered files of `Migrations/`; each is compiled into the program.
let migrations = [
    "0001_users_and_groups.sql",
    "0002_categories_topics_posts.sql",
    "0003_subscriptions_and_delivery.sql",
    "0004_groups_and_messages.sql",
    "0005_moderation.sql",
    "0006_accounts.sql",
    "0007_topic_and_post_actions.sql",
    "0008_lists_and_tags.sql",
    "0009_uploads_and_badges.sql",
    "0010_rate_limits.sql",
    "0011_changes.sql",
    "0012_keys.sql",
    "0013_second_factors.sql",
    "0014_webhooks.sql",
    "0015_delivery_preferences.sql",
    "0016_jobs.sql",
    "0017_mail_authenticity.sql",
    "0018_mail_queue.sql",
    "0019_mail_sources.sql",
    "0020_hidden_imports.sql",
    "0021_membership_requests.sql",
    "0022_fan_out.sql",
]

/// The templates of the pages and their stylesheet, each compiled into the program.
let pageFiles =
    [
        "about", "bookmarks", "categories", "compose", "drafts", "excerpts", "field", "form",
        "home",
        "layout", "level", "list", "notifications", "pager", "plain", "poll", "post_buttons",
        "post_item",
        "profile", "profile_head", "search", "tags", "topic", "topic_rows",
    ].map { "\($0).mustache" } + ["parley.css"]

let package = Package(
    name: "parley",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "parleyd", targets: ["parleyd"]),
        .executable(name: "parley", targets: ["parley"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // System libraries: a module map and a shim header, nothing else.
        .system("CPostgres", "libpq-dev"),
        .system("CCMark", "libcmark-dev"),
        .system("CGumbo", "libgumbo-dev"),
        .system("COpenSSL", "libssl-dev"),
        .system("CGd", "libgd-dev"),
        .system("CResolv", path: "Mail/Sources", "libc6-dev"),
        .system("CZlib", path: "Mail/Sources", "zlib1g-dev"),
        .system("CNCurses", path: "TUI/Sources", "libncurses-dev"),

        // Leaves: they know no word of the forum.
        .module("Postgres", ["CPostgres", .logging]),
        .module("Markup", ["CCMark", "CGumbo"]),
        .module("Cryptography", ["COpenSSL"]),
        .module("Images", ["CGd"]),
        .module("Egress", [.asyncHTTPClient, .nioCore, .nioHTTP1, .nioPosix, .nioSSL]),
        .mail("MailMessage", ["CZlib", "Cryptography", "Markup"]),
        .mail("DNS", ["CResolv", "MailMessage"]),
        .mail("SMTP", [.logging, .nioCore, .nioPosix, .nioSSL]),
        .mail("MailStores", ["SMTP", .nioCore, .nioPosix, .nioSSL]),

        // The schema, as bytes inside the program.
        .target(
            name: "Migrations",
            path: "Migrations",
            exclude: ["README.md"],
            resources: migrations.map { .embedInCode($0) },
            swiftSettings: strict
        ),

        // The core and the contract.
        .module(
            "Forum",
            ["Postgres", "Markup", "Cryptography", "Images", .logging, .serviceLifecycle],
            resources: [.embedInCode("Correspondence/Words/mail.en.txt")]
        ),
        .module("ForumAPI"),

        // Edges and programs.
        .module(
            "ForumWeb",
            [
                "Cryptography", "Egress", "Forum", "ForumAPI", "Markup", "Postgres", .hummingbird,
                .hummingbirdCore, .httpTypes, .logging, .mustache, .nioCore, .nioFoundation,
                .nioHTTP1,
            ],
            resources: pageFiles.map { .embedInCode("Pages/Templates/\($0)") }
        ),
        .mail(
            "ForumMail",
            [
                "Cryptography", "Forum", "MailMessage", "MailStores", "Markup", "Postgres", "SMTP",
                .logging,
                .mustache,
            ]
        ),
        .executableTarget(
            name: "parleyd",
            dependencies: [
                "Cryptography", "DNS", "Egress", "Forum", "Migrations", "ForumWeb", "ForumMail",
                "MailMessage", "MailStores",
                "Markup", "Postgres", "SMTP",
                .argumentParser, .configuration, .hummingbird, .logging, .nioCore,
                .serviceLifecycle, .systemPackage, .unixSignals,
            ],
            swiftSettings: strict
        ),
        .terminal(
            "ForumClient",
            ["Cryptography", "ForumAPI", .asyncHTTPClient, .nioCore, .nioHTTP1, .nioPosix]
        ),
        .terminal("TerminalUI"),
        .terminal("SiteCache", ["TerminalUI", .grdb]),
        .executableTarget(
            name: "parley",
            dependencies: [
                "CNCurses", "ForumAPI", "ForumClient", "SiteCache", "TerminalUI", .argumentParser,
            ],
            path: "TUI/Sources/parley",
            swiftSettings: strict
        ),

        // Tests mirror the sources.
        .target(
            name: "TestSupport",
            dependencies: ["Forum", "Migrations", "Postgres", .logging],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        .tests("PostgresTests", ["Postgres", "TestSupport"]),
        .tests("MarkupTests", ["Markup"]),
        .tests("CryptographyTests", ["Cryptography"]),
        .tests("ImagesTests", ["Images"]),
        .tests("EgressTests", ["Egress", .nioCore, .nioHTTP1, .nioPosix]),
        .tests("MailMessageTests", ["Cryptography", "FuzzTargets", "MailMessage"]),
        .tests("DNSTests", ["DNS", "MailMessage"]),
        .tests(
            "SMTPTests",
            ["SMTP", .logging, .nioCore, .nioEmbedded, .nioPosix, .nioSSL]
        ),
        .tests("MailStoresTests", ["MailStores", "SMTP"]),
        .tests("ForumTests", ["Forum", "Postgres", "TestSupport"]),
        .tests("ForumAPITests", ["ForumAPI"]),
        .tests(
            "ForumWebTests",
            [
                "Forum", "ForumAPI", "ForumMail", "ForumWeb", "Postgres", "TestSupport", .httpTypes,
                .hummingbird, .hummingbirdTesting, .logging, .nioCore, .nioEmbedded,
            ]
        ),
        .tests(
            "ForumMailTests",
            [
                "Cryptography", "Forum", "ForumMail", "MailMessage", "MailStores", "Markup",
                "Postgres", "SMTP",
                "TestSupport", .logging, .mustache, .nioCore, .nioPosix,
            ]
        ),
        .tests("TerminalUITests", ["TerminalUI"], exclude: ["Goldens"]),
        .tests("SiteCacheTests", ["SiteCache", "TerminalUI"]),
        .tests(
            "ForumClientTests",
            ["Cryptography", "ForumClient", "ForumAPI", .nioCore, .nioHTTP1, .nioPosix]
        ),
        .target(
            name: "FuzzTargets",
            dependencies: ["MailMessage", "Markup"],
            path: "Tests/FuzzTargets",
            swiftSettings: strict
        ),
        .tests("RepositoryTests"),
    ],
    swiftLanguageModes: [.v6]
)

// What `make fuzz` builds, with libFuzzer's own main function: nothing that other builds could link.
if Context.environment["PARLEY_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzz",
            dependencies: ["FuzzTargets"],
            path: "Tests/Fuzz",
            swiftSettings: strict
        )
    )
}
