import Cryptography
package import Postgres
import Synchronization

/// The settings in force, kept in memory and read again when they change.
package final class SettingsStore: Sendable {
    /// One setting as an administrator sees it.
    package struct Entry: Sendable {
        package let definition: SettingDefinition
        package let value: String

        package var isDefault: Bool { value == definition.defaultValue }

        /// As lists may show it.
        package var shownValue: String {
            definition.isSecret && !value.isEmpty ? SettingDefinition.filtered : value
        }
    }

    private let database: any Querying
    private let key: ServerKey
    private let snapshot = Mutex(SiteSettings())

    /// - Parameter key: What seals those settings that are secrets.
    package init(database: any Querying, key: ServerKey) {
        self.database = database
        self.key = key
    }

    /// The settings as they are now.
    package var current: SiteSettings { snapshot.withLock { $0 } }

    /// Reads every setting again: at the start, and when another process changed one.
    ///
    /// A row this program does not know, or whose value it no longer takes, leaves the default in
    /// force: an older or newer program may have written it.
    package func reload() async throws(PostgresError) {
        var settings = SiteSettings()
        for row in try await database.all(SettingQueries.all, as: SettingRow.self) {
            guard let definition = SettingDefinition.named(row.name) else { continue }
            var changed = settings
            do {
                try definition.write(opened(row.value, definition), &changed)
            } catch {
                changed = settings
            }
            settings = changed
        }
        snapshot.withLock { [settings] in $0 = settings }
    }

    /// Changes one setting for good.
    ///
    /// - Throws: `ForumError` for a name that does not exist (`.notFound`) or a value that the
    ///   setting does not take (`.invalid`); `PostgresError`.
    package func set(
        _ name: String,
        to value: String,
        at time: Timestamp = .now(),
        also: [SQL] = []
    ) async throws {
        let definition = try Self.definition(name)
        var changed = current
        try definition.write(value, &changed)
        try Self.checkTogether(changed)
        _ = try await database.batch(
            [SettingQueries.set(name, to: sealed(changed, definition), at: time)] + also
        )
        try await reload()
    }

    // MARK: Secrets

    private static let sealedPrefix = "sealed:"

    private static func context(_ definition: SettingDefinition) -> String {
        "site setting \(definition.name)"
    }

    /// The value as its row has it.
    private func sealed(_ settings: SiteSettings, _ definition: SettingDefinition) -> String {
        let value = definition.read(settings)
        guard definition.isSecret, !value.isEmpty else { return value }
        let bytes = key.seal(Array(value.utf8), context: Self.context(definition))
        return Self.sealedPrefix + Base64.encode(bytes)
    }

    /// The value of a row; what another key sealed is no value. A secret that an earlier program kept
    /// is not sealed.
    private func opened(
        _ value: String,
        _ definition: SettingDefinition
    ) throws(ForumError) -> String {
        guard definition.isSecret, value.hasPrefix(Self.sealedPrefix) else { return value }
        guard let sealed = Base64.decode(String(value.dropFirst(Self.sealedPrefix.count))),
            let bytes = key.open(sealed, context: Self.context(definition))
        else { throw ForumError(.invalid, "The setting was sealed with another key.") }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The value in force, in the form in which it is set.
    ///
    /// - Throws: `.notFound` for a name that does not exist.
    package func get(_ name: String) throws(ForumError) -> String {
        try Self.definition(name).read(current)
    }

    /// Every setting with its value in force.
    package func list() -> [Entry] {
        let settings = current
        return SettingDefinition.all.map { Entry(definition: $0, value: $0.read(settings)) }
    }

    private static func definition(_ name: String) throws(ForumError) -> SettingDefinition {
        guard let definition = SettingDefinition.named(name) else {
            throw ForumError(.notFound, "There is no setting named \(name.prefix(100)).")
        }
        return definition
    }

    /// What two settings must keep to together.
    private static func checkTogether(_ settings: SiteSettings) throws(ForumError) {
        guard settings.minTopicTitleLength <= settings.maxTopicTitleLength else {
            throw ForumError(
                .invalid,
                "min_topic_title_length must not be greater than max_topic_title_length."
            )
        }
        guard max(settings.minPostLength, settings.minFirstPostLength) <= settings.maxPostLength
        else {
            throw ForumError(
                .invalid,
                "min_post_length and min_first_post_length must not be greater than "
                    + "max_post_length."
            )
        }
    }
}
