import ArgumentParser

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fill an empty forum with a sample community, to look around in."
    )

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await withCommunity(database) { community, _ in
            let isFilled = try await SampleCommunity(community: community).fillIfEmpty()
            print(
                isFilled
                    ? "The sample community is in. Log in as ana, password “\(SampleCommunity.password)”."
                    : "The forum is not empty; nothing was added."
            )
        }
    }
}
