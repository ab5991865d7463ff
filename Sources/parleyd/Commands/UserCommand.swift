import ArgumentParser
import Cryptography
import Forum

struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Make and change users.",
        subcommands: [Create.self, DisableSecondFactor.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a user that can log in at once.",
            discussion: """
                Without --password one is made and printed. On a machine that others use, give it \
                through a file descriptor: it can be seen in the list of processes.
                """
        )

        @OptionGroup var database: DatabaseOptions
        @Option(help: "3 to 20 letters, digits, dots, dashes and underscores.")
        var username: String
        @Option(help: "The user's address; it counts as verified.")
        var email: String
        @Option(help: "At least 10 characters, for administrators 15.")
        var password: String?
        @Option(help: "The name that is shown beside the username.")
        var name: String?
        @Flag(help: "Give the user all rights.")
        var admin = false

        func run() async throws {
            let chosen = password ?? Random.hex(12)
            try await withCommunity(database) { community, _ in
                var new = NewUser(username: username, email: email, password: chosen)
                new.name = name
                new.active = true
                new.approved = true
                new.admin = admin
                let user = try await community.createUser(new, by: .system)
                print("Made \(admin ? "administrator" : "user") \(user.username).")
                if password == nil { print("Password: \(chosen)") }
            }
        }
    }

    struct DisableSecondFactor: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Turn off the second factor of a user who has lost it.",
            discussion: """
                Authenticators and backup codes are forgotten; the password alone logs in again. The \
                user hears of it by mail, and it stands in the log of staff's actions.
                """
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "Whose.") var username: String

        func run() async throws {
            try await withCommunity(database) { community, _ in
                guard let user = try await community.user(named: username) else {
                    throw CommandFailure(message: "There is no user \(username).")
                }
                try await community.disableSecondFactor(of: user.id, by: .system)
                print("\(user.username) logs in without a second factor now.")
            }
        }
    }
}
