import Logging
import Postgres

extension LiveBus {
    /// Tells those who wait for a channel what is new in it.
    ///
    /// When many wait, the channel is read once for each kind of viewer instead of once for each of
    /// them. What only a person's own number decides, such as a hidden topic of theirs, they look for
    /// themselves.
    func tell(_ channel: String) async {
        let readers = waiting.readers(of: channel)
        guard let first = readers.first else { return }
        guard readers.count >= Limits.busReadersToShare else {
            waiting.wake(readers.map(\.token), as: .look)
            return
        }
        let after = readers.reduce(first.after) { min($0, $1.after) }
        let byKind = Dictionary(grouping: readers) { ViewerKind($0.viewer) }
        let shared = byKind.sorted { $0.value.count > $1.value.count }.prefix(Limits.busViewerKinds)
        for (_, others) in byKind
        where !shared.contains(where: { $0.value.first?.token == others.first?.token }) {
            waiting.wake(others.map(\.token), as: .look)
        }
        do {
            let answers = try await community.database.batch(
                [LiveQueries.addressees(in: channel, after: after, among: readers.people)]
                    + shared.map {
                        LiveQueries.shared(channel, after: after, for: $0.key.viewer)
                    }
            )
            let addressed = try Addressees(answers[0])
            for (index, kind) in shared.enumerated() {
                let messages = try answers[index + 1].decode(SharedMessage.self)
                tell(kind.value, of: messages, addressed)
            }
        } catch {
            community.logger.warning(
                "listeners look for themselves",
                metadata: ["channel": "\(channel)", "error": "\(error)"]
            )
            waiting.wake(readers.map(\.token), as: .look)
        }
    }

    /// Of readers of one kind, most ask for the same: they are told the same list.
    private func tell(
        _ readers: [LiveWaiting.Reader],
        of messages: [SharedMessage],
        _ addressed: Addressees
    ) {
        var told: [[Int64]: (messages: [LiveMessage], tokens: [UInt64])] = [:]
        var looking: [UInt64] = []
        for reader in readers {
            let theirs = messages.filter {
                $0.message.messageID > reader.after
                    && ($0.isForKind || addressed.contains(reader, $0.message.messageID))
            }
            guard !theirs.isEmpty else { continue }
            guard theirs.allSatisfy(\.isVisible) else {
                looking.append(reader.token)
                continue
            }
            let key = theirs.map(\.message.messageID)
            told[key, default: (theirs.map(\.message), [])].tokens.append(reader.token)
        }
        waiting.wake(looking, as: .look)
        for (_, group) in told { waiting.wake(group.tokens, as: .messages(group.messages)) }
    }
}

/// What decides, beside a person's own number, what a viewer may read.
private struct ViewerKind: Hashable {
    let isMember: Bool
    let isAdmin: Bool
    let isModerator: Bool
    let groupIDs: [Int64]

    init(_ viewer: Viewer) {
        isMember = viewer.principal != nil
        isAdmin = viewer.isAdmin
        isModerator = viewer.principal?.isModerator ?? false
        groupIDs = viewer.groupIDs.sorted()
    }

    /// One of the kind whose number nobody has: what they may read, each of the kind may read.
    var viewer: Viewer {
        guard isMember else { return .anonymous }
        return .member(
            Principal(
                id: UserID(0),
                username: "",
                isAdmin: isAdmin,
                isModerator: isModerator,
                groupIDs: groupIDs
            )
        )
    }
}

/// A message as one kind of viewer gets it.
private struct SharedMessage: RowDecodable {
    let message: LiveMessage
    /// Whether it is addressed to all of the kind.
    let isForKind: Bool
    /// Whether all of the kind may see what it speaks of.
    let isVisible: Bool

    init(from row: inout RowReader) throws(PostgresError) {
        message = try LiveMessage(from: &row)
        isForKind = try row.next()
        isVisible = try row.next()
    }
}

/// Which messages are addressed to which people by their number.
private struct Addressees {
    private struct Address: Hashable {
        let message: Int64
        let user: Int64
    }

    private var addresses: Set<Address> = []

    init(_ rows: Rows) throws(PostgresError) {
        for row in rows {
            addresses.insert(
                Address(
                    message: try row.get(0, as: Int64.self),
                    user: try row.get(1, as: Int64.self)
                )
            )
        }
    }

    func contains(_ reader: LiveWaiting.Reader, _ message: Int64) -> Bool {
        guard !addresses.isEmpty, let user = reader.viewer.principal?.id else { return false }
        return addresses.contains(Address(message: message, user: user.value))
    }
}

extension [LiveWaiting.Reader] {
    fileprivate var people: [Int64] { compactMap { $0.viewer.principal?.id.value } }
}
