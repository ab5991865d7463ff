import ArgumentParser

/// The forum's server and everything its administrator does.
@main
struct Parleyd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parleyd",
        abstract: "A community forum for terminals and mailboxes, compatible with Discourse's API.",
        discussion: """
            Without a database URL, parleyd keeps a private PostgreSQL in its data directory.
            Settings of the process come from options, then PARLEY_… variables, then the file \
            given by --config (lines such as PARLEY_LISTEN=127.0.0.1:4600).
            """,
        version: "parleyd \(Version.text)",
        subcommands: [
            Serve.self, Migrate.self, UserCommand.self, APIKeyCommand.self,
            SettingsCommand.self, JobsCommand.self, Demo.self, MailCommand.self, ImportCommand.self,
            ExportCommand.self, Doctor.self, Cook.self, HTMLToMarkdownCommand.self,
            BackupCommand.self, RestoreCommand.self,
        ]
    )
}

enum Version {
    static let text = "0.1.0"
}
