package import Logging
package import Postgres
import Synchronization

/// One community: its database and everything a use case needs beside it.
///
/// Use cases are methods of this type, one verb a file, in the folder of their noun.
package struct Community: Sendable {
    package let database: Pool
    package let settings: SettingsStore
    package let secrets: SiteSecrets
    package let serverKey: ServerKey
    package let passwords: PasswordHasher
    /// Where the community is reached by people, without a trailing slash.
    package let baseURL: String
    package let signals: Signals
    package let requestCounts = RequestCounts()
    /// Uploads and backups.
    package let files: FileStore
    package let logger: Logger
    package let clock: @Sendable () -> Timestamp
    /// How its owner and its copier reach the database, when they are others than who serves it.
    package var addresses: DatabaseAddresses?
    /// The languages of mails.
    package var catalogues = MailCatalogues.builtIn

    /// Opens the community of a migrated database.
    ///
    /// - Parameters:
    ///   - dataDirectory: Where its files are; without one they are temporary.
    ///   - serverKey: What seals secrets; without one, the key of the data directory.
    /// - Throws: `PostgresError` when the database cannot be read, `.unavailable` when the key cannot.
    package static func open(
        database: Pool,
        baseURL: String,
        dataDirectory: String? = nil,
        serverKey: ServerKey? = nil,
        logger: Logger,
        scrypt: PasswordHasher.Strength = .standard,
        clock: @escaping @Sendable () -> Timestamp = { .now() }
    ) async throws -> Community {
        let files = dataDirectory.map { FileStore(directory: $0) }
        let ownKey = try serverKey ?? files.map { try ServerKey(at: $0.path(ServerKey.fileName)) }
        let key = ownKey ?? .temporary()
        let settings = SettingsStore(database: database, key: key)
        try await settings.reload()
        return Community(
            database: database,
            settings: settings,
            secrets: try await SiteSecrets.load(from: database, with: key),
            serverKey: key,
            passwords: PasswordHasher(strength: scrypt),
            baseURL: baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL,
            signals: Signals(),
            files: files ?? .temporary(),
            logger: logger,
            clock: clock
        )
    }

    /// The host of `baseURL`, as it stands in Message-IDs and List-IDs.
    package var host: String {
        let afterScheme = baseURL.split(separator: "/", omittingEmptySubsequences: true).dropFirst()
        let authority = afterScheme.first ?? "localhost"
        return String(authority.prefix { $0 != ":" })
    }
}

/// What a use case tells its own process after its transaction has committed.
///
/// Only a hint: whoever misses one finds the same in the database a little later.
package final class Signals: Sendable {
    /// What an answer kept in memory may no longer show truly.
    package enum Change: Sendable, Hashable {
        case topic(TopicID)
        case site
    }

    private struct State {
        var changeReceivers: [@Sendable (Change) -> Void] = []
        var outboxReceivers: [@Sendable () -> Void] = []
        var mailReceivers: [@Sendable () -> Void] = []
        var requestReceivers: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())
    private let following = Atomic<Bool>(false)

    package init() {}

    /// Whether changes that other nodes make reach this one; set by the live bus.
    package var isFollowing: Bool {
        get { following.load(ordering: .acquiring) }
        set { following.store(newValue, ordering: .releasing) }
    }

    package func onChange(_ receiver: @escaping @Sendable (Change) -> Void) {
        state.withLock { $0.changeReceivers.append(receiver) }
    }

    /// Runs `receiver` whenever an outbox row was committed here.
    package func onOutbox(_ receiver: @escaping @Sendable () -> Void) {
        state.withLock { $0.outboxReceivers.append(receiver) }
    }

    /// Runs `receiver` whenever mails were queued here.
    package func onMailQueued(_ receiver: @escaping @Sendable () -> Void) {
        state.withLock { $0.mailReceivers.append(receiver) }
    }

    /// Runs `receiver` whenever requests to others may have been queued here.
    package func onRequestsQueued(_ receiver: @escaping @Sendable () -> Void) {
        state.withLock { $0.requestReceivers.append(receiver) }
    }

    /// Called once after a commit that wrote outbox rows.
    package func committed(_ changes: Change...) {
        let (changeReceivers, outboxReceivers) = state.withLock {
            ($0.changeReceivers, $0.outboxReceivers)
        }
        for change in changes {
            for receiver in changeReceivers { receiver(change) }
        }
        for receiver in outboxReceivers { receiver() }
    }

    package func changedElsewhere(_ change: Change) {
        for receiver in state.withLock({ $0.changeReceivers }) { receiver(change) }
    }

    package func mailQueued() {
        for receiver in state.withLock({ $0.mailReceivers }) { receiver() }
    }

    package func requestsQueued() {
        for receiver in state.withLock({ $0.requestReceivers }) { receiver() }
    }
}
