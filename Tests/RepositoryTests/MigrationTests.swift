import Foundation
import Testing

/// The numbered files of `Migrations/` and the two places that name each of them.
@Suite struct MigrationTests {
    private static func names() throws -> [String] {
        try Repository.names(in: "Migrations").filter { $0.hasSuffix(".sql") }
    }

    @Test func `migrations are numbered from 1 without a gap`() throws {
        let names = try Self.names()
        #expect(!names.isEmpty)
        for (index, name) in names.enumerated() {
            #expect(name.hasPrefix(String(format: "%04d_", index + 1)), "\(name)")
            #expect(name.wholeMatch(of: #/[0-9]{4}_[a-z0-9_]+\.sql/#) != nil, "\(name)")
        }
    }

    @Test func `every migration is compiled in, under its number and name`() throws {
        let manifest = try Repository.text("Package.swift")
        let list = try Repository.text("Migrations/Migrations.swift")
            .split { $0.isWhitespace }
            .joined(separator: " ")
        for (index, name) in try Self.names().enumerated() {
            let stem = name.dropLast(".sql".count)
            let title = stem.dropFirst("0001_".count)
            #expect(manifest.contains("\"\(name)\""), "Package.swift lacks \(name)")
            let resource = "PackageResources._\(stem.dropFirst())_sql"
            let entry = "\(index + 1), \"\(title)\", text(\(resource))"
            #expect(list.contains(entry), "Migrations.swift lacks (\(entry))")
        }
    }
}
