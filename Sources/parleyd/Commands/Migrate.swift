import ArgumentParser

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database's schema up to date."
    )

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await withCommunity(database) { _, _ in
            print("The schema is up to date.")
        }
    }
}
