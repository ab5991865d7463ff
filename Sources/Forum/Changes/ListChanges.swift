import Postgres

extension Community {
    /// The changes after a cursor that the viewer may know of, in an order in which none can be missed.
    ///
    /// Without a cursor, first a walk over everything that the viewer can see, then what changed since the
    /// walk began: a reader who follows the cursors to the end has everything once, and some of it
    /// again. `now` begins with what changes from now on.
    ///
    /// - Throws: `.malformed` for a cursor that is none, `.gone` for one that the journal no longer
    ///   reaches back to.
    package func changes(
        since: String?,
        limit: Int = Limits.changesPerPage,
        includingRaw: Bool = false,
        for viewer: Viewer
    ) async throws -> ChangePage {
        var reader = try await changeReader(since: since, for: viewer)
        reader.limit = min(max(limit, 1), Limits.changesPerPageMax)
        reader.includesRaw = includingRaw
        let isAccessChanged = reader.cursor.audience != ChangeCursor.audience(of: viewer)
        reader.cursor.audience = ChangeCursor.audience(of: viewer)
        while reader.needsMore { try await read(&reader) }
        return ChangePage(
            changes: try await tagged(reader.changes, for: viewer),
            cursor: reader.cursor.sealed(with: secrets),
            hasMore: reader.hasMore,
            isWalking: reader.cursor.walking != nil,
            isAccessChanged: isAccessChanged
        )
    }

    private func changeReader(since: String?, for viewer: Viewer) async throws -> ChangeReader {
        guard let state = try await database.first(ChangeQueries.state, as: ChangeState.self) else {
            throw ForumError(.bug, "The journal of changes has no state.")
        }
        var cursor = ChangeCursor(
            walking: .category,
            cluster: state.cluster,
            xid: state.line - 1,
            seq: .max,
            audience: ChangeCursor.audience(of: viewer)
        )
        switch since {
        case nil: break
        case "now": cursor.walking = nil
        case .some(let text):
            guard let known = ChangeCursor.unsealed(text, with: secrets) else {
                throw ForumError(
                    .malformed,
                    "since is not a cursor of this site. Leave it out to begin.",
                    field: "since"
                )
            }
            cursor = known
        }
        let isKept = (cursor.xid, cursor.seq) >= (state.floorXid, state.floorSeq)
        guard cursor.cluster == state.cluster, state.journalCluster == state.cluster, isKept else {
            throw ForumError(
                .gone,
                "The changes after this cursor are no longer kept. Leave since out to begin again.",
                field: "since"
            )
        }
        return ChangeReader(viewer: viewer, cursor: cursor)
    }

    private func read(_ reader: inout ChangeReader) async throws {
        let wanted = reader.limit - reader.changes.count + 1
        let query: SQL =
            if let kind = reader.cursor.walking {
                ChangeQueries.walking(
                    kind,
                    after: reader.cursor.lastID,
                    limit: wanted,
                    includingRaw: reader.includesRaw,
                    for: reader.viewer
                )
            } else {
                ChangeQueries.following(
                    reader.cursor,
                    limit: wanted,
                    includingRaw: reader.includesRaw,
                    for: reader.viewer
                )
            }
        let rows = try await database.all(query, as: ChangeRow.self)
        reader.take(rows, isLast: rows.count < wanted)
    }

    private func tagged(
        _ changes: [Change],
        for viewer: Viewer
    ) async throws -> [Change] {
        let topics = changes.filter { $0.kind == .topic && $0.subject != nil }
            .map { TopicID($0.id) }
        guard !topics.isEmpty else { return changes }
        let rows = try await database.all(
            TopicQueries.tags(of: topics, for: viewer),
            as: TaggedTopic.self
        )
        let tags = Dictionary(grouping: rows, by: \.topicID)
        return changes.map { change in
            guard change.kind == .topic, var subject = change.subject else { return change }
            subject.tags = tags[TopicID(change.id)]?.map(\.tag) ?? []
            return Change(
                kind: change.kind,
                id: change.id,
                action: change.action,
                at: change.at,
                subject: subject
            )
        }
    }
}

/// Fills one page, going on from round to round.
private struct ChangeReader {
    let viewer: Viewer
    var cursor: ChangeCursor
    var limit = Limits.changesPerPage
    var includesRaw = false
    var changes: [Change] = []
    var hasMore = true
    private var scanned = 0

    init(viewer: Viewer, cursor: ChangeCursor) {
        self.viewer = viewer
        self.cursor = cursor
    }

    var needsMore: Bool {
        hasMore && changes.count < limit && scanned < Limits.changesScannedMax
    }

    /// - Parameter isLast: Whether nothing of this stage is left behind the rows.
    mutating func take(_ rows: [ChangeRow], isLast: Bool) {
        for row in rows {
            guard changes.count < limit else { return }
            scanned += 1
            if cursor.walking != nil {
                cursor.lastID = row.id
            } else {
                cursor.xid = row.xid
                cursor.seq = row.seq
            }
            if let change = row.change { changes.append(change) }
        }
        guard isLast else { return }
        if let kind = cursor.walking {
            cursor.walking = Change.Kind(rawValue: kind.rawValue + 1)
            cursor.lastID = .min
        } else {
            hasMore = false
        }
    }
}

extension ChangeRow {
    /// What the viewer is told, if anything.
    fileprivate var change: Change? {
        guard isShown else {
            guard isToldGone else { return nil }
            return Change(kind: kind, id: id, action: .gone, at: nil, subject: nil)
        }
        let action: Change.Action =
            switch self.action {
            case 0: .present
            case 1: .created
            case 3: .moved
            case 5: .recovered
            // Deleted, and yet to be seen: by staff, or because it came back later.
            default: .edited
            }
        return Change(kind: kind, id: id, action: action, at: at, subject: subject)
    }
}
