import Forum
import Foundation
import Postgres

/// Files, room and programs.
struct MachineChecks {
    let configuration: ProcessConfiguration

    private static let fewBytes: Int64 = 2 << 30
    private static let tooFewBytes: Int64 = 200 << 20

    private var directory: String { configuration.dataDirectory }

    func run() -> [Finding] { [dataDirectory(), serverKey(), space(), tools()] }

    private func dataDirectory() -> Finding {
        var status = stat()
        guard stat(directory, &status) == 0 else {
            return .warning(
                "data directory",
                "\(directory) is not there yet",
                advice: "parleyd serve makes it. To use another, set PARLEY_DATA_DIR."
            )
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            return .failed(
                "data directory",
                "\(directory) is no directory",
                advice: "Set PARLEY_DATA_DIR to a directory."
            )
        }
        guard access(directory, R_OK | W_OK | X_OK) == 0 else {
            return .failed(
                "data directory",
                "\(directory) cannot be written by this user",
                advice: "Run this as the user of the server, or: chown -R that-user \(directory)"
            )
        }
        guard status.st_mode & 0o022 == 0 else {
            return .failed(
                "data directory",
                "others may write into \(directory)",
                advice: "chmod go-w \(directory)"
            )
        }
        return .ok("data directory", directory)
    }

    private func serverKey() -> Finding {
        let path = "\(directory)/\(ServerKey.fileName)"
        var status = stat()
        guard stat(path, &status) == 0 else {
            return .warning(
                "server key",
                "\(path) is not there yet",
                advice:
                    "parleyd serve makes it. After moving to this machine, copy it from the old "
                    + "one: without it the secrets of webhooks and second factors cannot be read."
            )
        }
        guard status.st_mode & 0o077 == 0 else {
            return .failed("server key", "others may read \(path)", advice: "chmod 600 \(path)")
        }
        do {
            _ = try ServerKey(at: path)
            return .ok(
                "server key",
                "\(path), for the server alone. Keep a copy apart from backups"
            )
        } catch {
            return .failed(
                "server key",
                error.message,
                advice: "Put back the file as it was: 64 hexadecimal digits."
            )
        }
    }

    private func space() -> Finding {
        var found = statvfs()
        let place = access(directory, F_OK) == 0 ? directory : "."
        guard statvfs(place, &found) == 0 else {
            return .skipped("disk space", "\(place) says nothing of its room")
        }
        let free = Int64(found.f_bavail) * Int64(found.f_frsize)
        let text = "\(free >> 20) MiB are free at \(place)"
        let advice = "Make room: look at \(directory)/backups first, or move PARLEY_DATA_DIR."
        if free < Self.tooFewBytes { return .failed("disk space", text, advice: advice) }
        if free < Self.fewBytes { return .warning("disk space", text, advice: advice) }
        return .ok("disk space", text)
    }

    private func tools() -> Finding {
        do throws(PostgresError) {
            if configuration.databaseURL == nil { _ = try PostgresBinaries.find() }
            try DatabaseDump.checkTools()
            return .ok("PostgreSQL programs", "all are installed")
        } catch {
            return .failed(
                "PostgreSQL programs",
                error.message,
                advice: configuration.databaseURL == nil
                    ? "apt-get install postgresql" : "apt-get install postgresql-client"
            )
        }
    }
}
