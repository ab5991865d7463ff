import ArgumentParser
import Forum
import ForumWeb
import Foundation
import Postgres

struct ImportList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "The imports: those that wait to be published, then the others."
    )

    @OptionGroup var database: DatabaseOptions
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let imports = try await withCommunity(database) { community, _ in
            try await community.imports(for: .system)
        }
        if json {
            try CommandOutput.printJSON(imports.map(ImportPresenter.body))
            return
        }
        if imports.isEmpty { print("Nothing was imported.") }
        for found in imports {
            let state = found.publishedAt.map { "published \($0.iso8601)" } ?? "waits"
            print(
                """
                \(found.id)  \(Terminal.safe(found.name)): \(found.posts) posts in \(found.topics) \
                topics, begun \(found.createdAt.iso8601), \(state)
                """
            )
        }
    }
}

struct ImportPublish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Show everybody what was imported. Nobody is told of it."
    )

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "Its name or number.")
    var `import`: String
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        try await settle(`import`, database, json: json, saying: "are published.") {
            community,
            id in
            try await community.publishImport(id, by: .system)
        }
    }
}

struct ImportDiscard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard",
        abstract: "Take back what was imported, with the people known by it alone.",
        discussion: "What is published stays: it is no import any more."
    )

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "Its name or number.")
    var `import`: String
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        try await settle(`import`, database, json: json, saying: "are gone.") { community, id in
            try await community.discardImport(id, by: .system)
        }
    }
}

/// Does something about an import that waits, and says what it was.
///
/// - Parameter outcome: What became of its posts.
private func settle(
    _ name: String,
    _ database: DatabaseOptions,
    json: Bool,
    saying outcome: String,
    _ work: @Sendable @escaping (Community, ImportID) async throws -> Void
) async throws {
    let found = try await withCommunity(database) { community, _ in
        let found: Import
        do {
            found = try await community.waitingImport(name, for: .system)
        } catch let error as ForumError where error.code == .notFound {
            throw CommandFailure(
                message: "No import “\(name)” waits. See “parleyd import list”."
            )
        }
        try await work(community, found.id)
        return found
    }
    if json {
        try CommandOutput.printJSON(ImportPresenter.body(found))
    } else {
        print("\(found.posts) posts in \(found.topics) topics \(outcome)")
    }
}
