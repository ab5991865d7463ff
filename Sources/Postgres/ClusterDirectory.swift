import Foundation

/// The files of a private cluster, and who may reach them.
///
/// All of it stands in `postgres/` within the server's data directory, which only the account that
/// PostgreSQL runs as (and root) can enter. That is why connections need no password.
struct ClusterDirectory: Sendable, Hashable {
    /// The server's data directory, absolute.
    let parent: String
    /// What PostgreSQL runs as, nil for this program's own user.
    let account: ChildProcess.Account?

    init(dataDirectory: String, account: ChildProcess.Account?) {
        let url = URL(fileURLWithPath: dataDirectory)
        var path = url.standardizedFileURL.path
        if let resolved = realpath(path, nil) {
            path = String(cString: resolved)
            free(resolved)
        }
        parent = path
        self.account = account
    }

    var root: String { "\(parent)/postgres" }
    /// PostgreSQL's own data directory.
    var data: String { "\(root)/data" }
    var logs: String { "\(root)/log" }
    var pidFile: String { "\(data)/postmaster.pid" }
    var lockFile: String { "\(root)/supervisor.lock" }
    /// What PostgreSQL says before its log is open.
    var startupLog: String { "\(root)/startup.log" }
    var initdbLog: String { "\(root)/initdb.log" }

    /// Where the socket stands: beside the data, or in a private directory when the path is too
    /// long for a socket's address.
    var sockets: String {
        let near = "\(root)/socket"
        guard "\(near)/.s.PGSQL.5432".utf8.count >= Limits.socketPathBytes else {
            return near
        }
        // FNV-1a tells directories apart and is the same in every process.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in root.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        let runtime = ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"]
        // Root's child cannot enter root's runtime directory.
        let folder = account == nil ? runtime ?? "/tmp" : "/tmp"
        let short = folder.utf8.count <= 60 ? folder : "/tmp"
        return "\(short)/parley-\(String(hash, radix: 36))"
    }

    /// True when initdb has run to its end here.
    var isInitialised: Bool { access("\(data)/PG_VERSION", F_OK) == 0 }

    func connectionString(role: String, database: String) -> String {
        "host='\(quoted(sockets))' port=5432 user='\(role)' dbname='\(database)' sslmode=disable"
    }

    /// libpq: in a quoted value a quote or a backslash takes a backslash.
    private func quoted(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
    }

    // MARK: Making

    /// Makes the directories, with the rights PostgreSQL asks for.
    func prepare() throws(PostgresError) {
        if access(parent, F_OK) != 0 {
            try make(parent, mode: account == nil ? 0o700 : 0o711)
        }
        try checkEntrance()
        for directory in [root, logs, sockets] {
            try makePrivate(directory)
        }
    }

    private func make(_ path: String, mode: mode_t) throws(PostgresError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: Int(mode)]
            )
        } catch {
            throw PostgresError(.unavailable, "no directory \(path): \(error.localizedDescription)")
        }
    }

    /// A directory of the account alone. One that somebody else has put there is refused.
    private func makePrivate(_ path: String) throws(PostgresError) {
        if mkdir(path, 0o700) != 0, errno != EEXIST {
            let reason = String(cString: strerror(errno))
            throw PostgresError(.unavailable, "no directory \(path): \(reason)")
        }
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw PostgresError(.unavailable, "\(path) is no directory")
        }
        let owner = account?.user ?? geteuid()
        guard status.st_uid == owner || status.st_uid == geteuid() else {
            throw PostgresError(.unavailable, "\(path) belongs to another user")
        }
        if let account, chown(path, account.user, account.group) != 0 {
            throw PostgresError(.unavailable, "chown \(path): \(String(cString: strerror(errno)))")
        }
        guard chmod(path, 0o700) == 0 else {
            throw PostgresError(.unavailable, "chmod \(path): \(String(cString: strerror(errno)))")
        }
    }

    /// When PostgreSQL runs as another user, that user must be able to reach the cluster.
    private func checkEntrance() throws(PostgresError) {
        guard let account else {
            return
        }
        var path = ""
        for part in parent.split(separator: "/") {
            path += "/\(part)"
            var status = stat()
            guard stat(path, &status) == 0 else {
                throw PostgresError(.unavailable, "\(path) cannot be read")
            }
            let canEnter =
                status.st_mode & S_IXOTH != 0
                || (status.st_uid == account.user && status.st_mode & S_IXUSR != 0)
                || (status.st_gid == account.group && status.st_mode & S_IXGRP != 0)
            if canEnter {
                continue
            }
            // The data directory itself is this program's own: passing through reveals no names.
            if path == parent, status.st_uid == geteuid(),
                chmod(path, status.st_mode & 0o7777 | S_IXOTH) == 0
            {
                continue
            }
            throw PostgresError(
                .unavailable,
                "PostgreSQL does not run as root but as the user \(account.name), who cannot enter "
                    + "\(path). Choose a data directory elsewhere, such as /var/lib/parley."
            )
        }
    }

    /// Writes a file that the account can read.
    func write(_ text: String, to path: String) throws(PostgresError) {
        do {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw PostgresError(.unavailable, "\(path): \(error.localizedDescription)")
        }
        chmod(path, 0o600)
        if let account, chown(path, account.user, account.group) != 0 {
            throw PostgresError(.unavailable, "chown \(path): \(String(cString: strerror(errno)))")
        }
    }

    // MARK: Who runs here

    /// The postmaster that runs on this data, nil when none does.
    ///
    /// The number in `postmaster.pid` may be of a process long gone, or by now of another program:
    /// only a process that works in this very directory counts (PostgreSQL enters its data
    /// directory when it starts).
    func runningPostmaster() -> pid_t? {
        guard let pid = recordedPid(), isPostgres(pid) else {
            return nil
        }
        return pid
    }

    private func recordedPid() -> pid_t? {
        guard let content = FileManager.default.contents(atPath: pidFile) else {
            return nil
        }
        let line = content.prefix { $0 != UInt8(ascii: "\n") }
        guard let pid = pid_t(String(decoding: line, as: UTF8.self)), pid > 0 else {
            return nil
        }
        return pid
    }

    /// True when the process is a PostgreSQL server that works in this cluster's directory.
    func isPostgres(_ pid: pid_t) -> Bool {
        var here = stat()
        var there = stat()
        return stat(data, &here) == 0 && stat("/proc/\(pid)/cwd", &there) == 0
            && here.st_dev == there.st_dev && here.st_ino == there.st_ino
            && name(of: pid) == "postgres"
    }

    private func name(of pid: pid_t) -> String? {
        FileManager.default.contents(atPath: "/proc/\(pid)/comm").map {
            String(decoding: $0, as: UTF8.self).withoutTrailingSpace
        }
    }

    /// Removes a `postmaster.pid` whose number now belongs to another program: PostgreSQL would
    /// take that for a running server. One whose process is gone is left to PostgreSQL, which then
    /// also looks for orphans at the shared memory.
    /// - Returns: true when there was one.
    func removeStalePidFile() throws(PostgresError) -> Bool {
        guard let pid = recordedPid(), kill(pid, 0) == 0 || errno == EPERM, !isPostgres(pid) else {
            return false
        }
        guard !hasOrphans() else {
            throw PostgresError(.unavailable, "processes of the former server have not ended yet")
        }
        unlink(pidFile)
        unlink("\(sockets)/.s.PGSQL.5432.lock")
        return true
    }

    /// Server processes that survive their postmaster for a moment.
    private func hasOrphans() -> Bool {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: "/proc")
                .compactMap { pid_t($0) }
                .contains(where: isPostgres)
        } catch {
            return false
        }
    }
}
