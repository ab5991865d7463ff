import ArgumentParser
import Forum

struct APIKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "api-key",
        abstract: "Make keys for programs.",
        subcommands: [Create.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key and print it, alone, on standard output.",
            discussion: """
                The key is shown this once; only its hash is stored. Without --username it acts as \
                whoever a request names in Api-Username: keep it like a password.
                """
        )

        @OptionGroup var database: DatabaseOptions
        @Option(help: "What the key is for.")
        var description: String
        @Option(help: "The only user the key may act as.")
        var username: String?

        func run() async throws {
            try await withCommunity(database) { community, _ in
                var owner: Principal?
                if let username {
                    owner = try await community.principal(named: username)
                    guard owner != nil else {
                        throw ForumError(.notFound, "There is no user “\(username)”.")
                    }
                }
                let created = try await community.createAPIKey(
                    description: description,
                    for: owner,
                    by: .system
                )
                print(created.key)
            }
        }
    }
}
