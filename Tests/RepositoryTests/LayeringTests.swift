import Foundation
import Testing

/// The dependency rule of ARCHITECTURE.md, held against every `import` line.
///
/// SwiftPM lets a target import what its dependencies depend on, so the manifest alone does not keep
/// the layers apart.
@Suite struct LayeringTests {
    private static let server: Set<String> = ["Logging", "Synchronization", "Foundation"]
    private static let nio: Set<String> = ["NIOCore", "NIOPosix", "NIOSSL", "NIOFoundationCompat"]
    private static let system: Set<String> = ["Glibc", "Musl", "Darwin", "Dispatch"]

    static let allowed: [String: Set<String>] = [
        // System libraries: a module map and a header, no Swift.
        "Sources/CPostgres": [], "Sources/CCMark": [], "Sources/CGumbo": [],
        "Sources/COpenSSL": [], "Sources/CGd": [], "Mail/Sources/CZlib": [],
        "Mail/Sources/CResolv": [],
        "TUI/Sources/CNCurses": [],
        // Leaves: none knows the forum.
        "Sources/Postgres": server.union(system).union(["CPostgres"]),
        "Sources/Markup": ["CCMark", "CGumbo", "Foundation"],
        "Sources/Cryptography": ["COpenSSL", "Foundation"],
        "Sources/Images": ["CGd"],
        "Sources/Egress": nio.union(["AsyncHTTPClient", "Foundation", "NIOHTTP1"]),
        "Mail/Sources/MailMessage": system.union(["CZlib", "Cryptography", "Markup"]),
        "Mail/Sources/DNS": ["CResolv", "Dispatch", "MailMessage"],
        "Mail/Sources/SMTP": server.union(nio),
        "Mail/Sources/MailStores": nio.union(["SMTP", "Foundation"]),
        // The core.
        "Sources/Forum": server.union([
            "Dispatch",
            "Postgres", "Markup", "Cryptography", "Images", "ServiceLifecycle",
        ]),
        // The contract: plain values that both programs share.
        "Sources/ForumAPI": [],
        // Edges: none imports another.
        "Sources/ForumWeb": server.union([
            "Cryptography", "Egress", "Forum", "ForumAPI", "Markup", "Postgres",
            "HTTPTypes", "Hummingbird", "HummingbirdCore", "Mustache", "NIOCore",
            "NIOFoundationCompat", "NIOHTTP1",
        ]),
        "Mail/Sources/ForumMail": server.union([
            "Cryptography", "Forum", "MailMessage", "MailStores", "Postgres", "SMTP", "Mustache",
            "Cryptography", "Forum", "MailMessage", "Markup", "Postgres", "SMTP", "Mustache",
        ]),
        // The server's composition: knows everything of the server, nothing of the terminal.
        "Sources/parleyd": server.union([
            "Cryptography", "DNS", "Egress", "Forum", "ForumMail", "ForumWeb", "MailMessage",
            "MailStores", "Markup",
            "Migrations", "Postgres", "SMTP",
            "ArgumentParser", "Configuration", "Hummingbird", "NIOCore", "ServiceLifecycle",
            "SystemPackage", "UnixSignals",
        ]),
        // The terminal: it knows the contract, not the server.
        "TUI/Sources/ForumClient": [
            "Cryptography", "ForumAPI", "AsyncHTTPClient", "NIOCore", "NIOHTTP1", "NIOPosix",
            "Foundation", "Synchronization",
        ],
        // Pure: no input, no output, not even Foundation.
        "TUI/Sources/TerminalUI": ["ForumAPI"],
        "TUI/Sources/SiteCache": ["TerminalUI", "GRDB", "Foundation"],
        "TUI/Sources/parley": [
            "ForumAPI", "ForumClient", "SiteCache", "TerminalUI", "CNCurses", "ArgumentParser",
            "Foundation", "Synchronization",
        ],
    ]

    @Test(arguments: allowed.keys.sorted())
    func `a folder imports only what its layer allows`(folder: String) throws {
        for file in try Repository.swiftFiles(under: folder) {
            for module in file.imports where Self.allowed[folder]?.contains(module) != true {
                Issue.record("\(file.path) imports \(module), which \(folder) may not")
            }
        }
    }

    @Test func `every module has its row in the table, and every row its module`() throws {
        #expect(try Repository.moduleFolders() == Self.allowed.keys.sorted())
    }

    @Test(arguments: [
        ("import Forum", ["Forum"]),
        ("package import Forum", ["Forum"]),
        ("@preconcurrency import NIOCore", ["NIOCore"]),
        ("@testable import Forum", ["Forum"]),
        ("import struct Foundation.URL", ["Foundation"]),
        ("// import Forum", []),
        ("    import Forum", []),
        ("let text = \"to import Forum\"", []),
    ])
    func `imports are found in all their spellings`(line: String, modules: [String]) {
        #expect(SourceFile(path: "A.swift", text: line).imports == modules)
    }

    /// The way of a query: `*Queries.swift` in the core builds it, nobody else writes SQL.
    /// `Postgres` keeps its own table of migrations and asks the catalogue for roles; what the client
    /// keeps on disk is SQLite's, in a module of its own.
    @Test func `SQL stands only in the query files of the core`() throws {
        for file in try Repository.sources() where !Self.maySpeakSQL(file.path) {
            for statement in Self.sql(in: file.code) {
                Issue.record("\(file.path) holds SQL: \(statement)")
            }
        }
    }

    @Test(arguments: [
        ("\"INSERT INTO posts (raw) VALUES (1)\"", true),
        ("\"DELETE FROM posts WHERE id = 1\"", true),
        ("\"\"\"\nUPDATE posts\n    SET raw = ''\n\"\"\"", true),
        ("\"SELECT id\n FROM posts\"", true),
        ("\"Select a topic from the list\"", false),
        ("update(set)", false),
        ("/// \"SELECT id FROM posts\"", false),
    ])
    func `SQL is told from prose`(text: String, isSQL: Bool) {
        let code = SourceFile(path: "A.swift", text: text).code
        #expect(Self.sql(in: code).isEmpty != isSQL)
    }

    private static func maySpeakSQL(_ path: String) -> Bool {
        path.hasPrefix("Sources/Postgres/") || path.hasPrefix("TUI/Sources/SiteCache/")
            || path.hasPrefix("Sources/Forum/") && path.hasSuffix("Queries.swift")
    }

    private static func sql(in code: String) -> [String] {
        let patterns = [
            #/\bINSERT INTO\s+\w+/#, #/\bDELETE FROM\s+\w+/#,
            #/\bUPDATE\s+\w+(?:\s+(?:AS\s+)?\w+)?\s+SET\b/#,
            #/\bSELECT\s[^"]{1,600}?\sFROM\s+\w+/#,
        ]
        return patterns.flatMap { pattern in
            code.matches(of: pattern).map { String($0.output.prefix(60)) }
        }
    }
}
