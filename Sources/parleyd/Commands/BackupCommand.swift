import ArgumentParser
import Forum
import Foundation
import Postgres

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy everything into one file.",
        discussion: """
            The file is a compressed tape archive of the database, as of one moment, and of the files \
            that people sent. It works beside a running server. Keep the file as safe as the server: \
            it holds everything.
            """
    )

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "Where to; without it among the backups of the data directory.")
    var file: String?
    @Flag(help: "Leave out the files that people sent.")
    var withoutUploads = false

    func run() async throws {
        try await withCommunity(database) { community, _ in
            let made = try await community.makeBackup(
                withUploads: !withoutUploads,
                to: file.map { CommandPath.absolute($0) },
                by: .system
            ) { CommandPath.say($0) }
            print(made)
        }
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Replace everything by a backup.",
        discussion: """
            The server has to be stopped. The file is checked first; what was there before stays \
            until the copy is complete, and comes back when something fails.
            """
    )

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "A file that “parleyd backup” or the site made.")
    var file: String
    @Flag(help: "Also when the forum has users or topics already: they are lost.")
    var force = false

    func run() async throws {
        let configuration = try await database.load()
        guard FileManager.default.isReadableFile(atPath: file) else {
            throw CommandFailure(message: "The file \(file) cannot be read.")
        }
        if configuration.databaseURL == nil,
            try EmbeddedCluster.connectionString(ifRunningIn: configuration.dataDirectory) != nil
        {
            throw CommandFailure(
                message:
                    "The server, or the database it left behind, runs. Stop it first (one that was "
                    + "killed: start it once more and stop it)."
            )
        }
        let isOlder = try await withCommunity(database) { community, _ in
            try await community.restore(from: CommandPath.absolute(file), isForced: force) {
                CommandPath.say($0)
            }
        }
        // Opening the database brings its schema up to date.
        if isOlder { try await withCommunity(database) { _, _ in } }
        print("Everything is as it was when the backup was made. Start the server.")
    }
}

private enum CommandPath {
    static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }

    static func say(_ message: String) {
        FileHandle.standardError.write(Data((message + "\n").utf8))
    }
}
