import Dispatch
import Foundation
import Synchronization

/// A program that this one started. It stands in a process group of its own, so that Ctrl-C at the
/// terminal does not reach it before this program has drained.
final class ChildProcess: Sendable {
    let pid: pid_t
    private let state = Mutex<State>(State())

    private struct State {
        var status: Int32?
        var waiters: [CheckedContinuation<Int32, Never>] = []
    }

    /// The account a child runs as when this program runs as root.
    struct Account: Sendable, Hashable {
        var name: String
        var user: uid_t
        var group: gid_t
    }

    private init(pid: pid_t) {
        self.pid = pid
    }

    /// Starts a program with its output going to a file.
    /// - Parameters:
    ///   - account: drops root's rights for this account's; nil keeps the own ones.
    ///   - environment: `NAME=value`, beside what every program gets.
    static func start(
        _ program: String,
        _ arguments: [String],
        account: Account?,
        environment: [String] = [],
        output: String
    ) throws(PostgresError) -> ChildProcess {
        var words = [program] + arguments
        if let account {
            words = try privilegeDrop(account) + words
        }
        let pid = try spawn(words, environment: environment, output: output)
        let child = ChildProcess(pid: pid)
        try DedicatedThread.start {
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            child.finish(status)
        }
        return child
    }

    private func finish(_ status: Int32) {
        let waiters = state.withLock { state in
            state.status = status
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters {
            waiter.resume(returning: status)
        }
    }

    var hasEnded: Bool { state.withLock { $0.status != nil } }

    /// Waits for the end.
    /// - Returns: the status as `waitpid` gives it; 0 is success.
    func wait() async -> Int32 {
        await withCheckedContinuation { continuation in
            let status = state.withLock { state in
                if state.status == nil {
                    state.waiters.append(continuation)
                }
                return state.status
            }
            if let status {
                continuation.resume(returning: status)
            }
        }
    }

    /// Runs a program to its end and throws its output when it fails.
    static func run(
        _ program: String,
        _ arguments: [String],
        account: Account?,
        environment: [String] = [],
        output: String
    ) async throws(PostgresError) {
        let child = try start(
            program,
            arguments,
            account: account,
            environment: environment,
            output: output
        )
        let status = await child.wait()
        guard status == 0 else {
            let name = program.split(separator: "/").last.map(String.init) ?? program
            throw PostgresError(.unavailable, "\(name) failed: \(lastLines(of: output))")
        }
    }

    /// The end of a text file, for error messages.
    static func lastLines(of path: String) -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            return "(no output in \(path))"
        }
        let end = String(decoding: data.suffix(Limits.quotedOutputBytes), as: UTF8.self)
        return end.withoutTrailingSpace
    }

    // MARK: Accounts

    /// The account for PostgreSQL's programs: none unless this program runs as root, whom they
    /// refuse.
    static func accountForPostgres() throws(PostgresError) -> Account? {
        guard geteuid() == 0 else {
            return nil
        }
        for name in ["postgres", "nobody"] {
            if let entry = getpwnam(name) {
                return Account(name: name, user: entry.pointee.pw_uid, group: entry.pointee.pw_gid)
            }
        }
        throw PostgresError(
            .unavailable,
            "PostgreSQL does not run as root, and there is neither a user postgres nor nobody"
        )
    }

    private static func privilegeDrop(_ account: Account) throws(PostgresError) -> [String] {
        if let setpriv = find("setpriv") {
            return [
                setpriv, "--reuid=\(account.user)", "--regid=\(account.group)", "--clear-groups",
            ]
        }
        if let runuser = find("runuser") {
            return [runuser, "-u", account.name, "--"]
        }
        throw PostgresError(
            .unavailable,
            "neither setpriv nor runuser is installed (Debian: apt-get install util-linux)"
        )
    }

    /// The path of an executable that stands in one of PATH's directories or the usual ones.
    static func find(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = path.split(separator: ":").map(String.init)
        return (folders + ["/usr/bin", "/bin", "/usr/sbin", "/sbin"])
            .map { "\($0)/\(name)" }
            .first { access($0, X_OK) == 0 }
    }

    // MARK: Spawning

    private static func spawn(
        _ words: [String],
        environment extra: [String],
        output: String
    ) throws(PostgresError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // A descriptor that outlives this program in its child would keep a port or a lock taken.
        for descriptor in openDescriptors() where descriptor > 2 {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let options = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(options))

        let arguments = words.map { strdup($0) } + [nil]
        let environment = (cleanEnvironment() + extra).map { strdup($0) } + [nil]
        defer {
            for string in arguments + environment {
                free(string)
            }
        }
        var pid: pid_t = 0
        let status = posix_spawn(&pid, words[0], &actions, &attributes, arguments, environment)
        guard status == 0 else {
            let reason = String(cString: strerror(status))
            throw PostgresError(.unavailable, "\(words[0]) does not start: \(reason)")
        }
        return pid
    }

    /// Nothing of the own environment may change how PostgreSQL's programs work.
    private static func cleanEnvironment() -> [String] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return ["PATH=\(path)", "LC_ALL=C.UTF-8", "TZ=UTC", "HOME=/"]
    }

    private static func openDescriptors() -> [Int32] {
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
            return names.compactMap { Int32($0) }
        } catch {
            return []
        }
    }
}
