import Postgres

extension Community {
    /// Keeps what somebody is writing.
    ///
    /// - Parameters:
    ///   - sequence: The number that the editor knows; a smaller one than the current is a conflict.
    ///   - owner: Which editor it is.
    ///   - isForced: Overwrites whatever is there.
    /// - Returns: The number to save with next time.
    /// - Throws: `ForumError`: `.malformed`, `.conflict`.
    package func saveDraft(
        _ key: String,
        data: String,
        sequence: Int,
        owner: String? = nil,
        isForced: Bool = false,
        by principal: Principal
    ) async throws -> Int {
        let permitted = try draftPlace(key, by: principal)
        guard data.unicodeScalars.count <= Limits.draftMax else {
            throw ForumError(
                .malformed,
                "A draft has at most \(Limits.draftMax) characters.",
                field: "data"
            )
        }
        guard let owner = Optional(owner?.cleanedOfNUL), owner?.unicodeScalars.count ?? 0 <= 255
        else {
            throw ForumError(.malformed, "owner is too long.", field: "owner")
        }
        let answers = try await database.batch([
            DraftQueries.count(of: principal.id), DraftQueries.draft(key, of: principal.id),
        ])
        guard
            try answers[0].firstValue(Int.self) ?? 0 < Limits.draftsPerUser
                || !answers[1].isEmpty
        else {
            throw ForumError(.invalid, "You have too many drafts. Please delete some of them.")
        }
        let query = DraftQueries.save(
            permitted,
            data: data.cleanedOfNUL,
            sequence: Int(clamping: Int32(clamping: max(0, sequence))),
            owner: owner,
            isForced: isForced,
            now: clock()
        )
        guard let sequence = try await database.value(query, as: Int.self) else {
            throw ForumError(
                .conflict,
                "Draft is being edited in another window. Please reload this page."
            )
        }
        if answers[1].isEmpty {
            _ = try await database.query(DraftQueries.tellCount(of: principal.id))
        }
        return sequence
    }

    /// A draft with the current number of its key; there may be none.
    package func draft(
        _ key: String,
        of principal: Principal
    ) async throws -> (draft: Draft?, sequence: Int) {
        _ = try draftPlace(key, by: principal)
        let answers = try await database.batch([
            DraftQueries.draft(key, of: principal.id),
            DraftQueries.sequence(key, of: principal.id),
        ])
        return (
            try answers[0].first(Draft.self), try answers[1].firstValue(Int.self) ?? 0
        )
    }

    /// How many drafts somebody has, and whether one of them is of a new topic.
    package func draftCount(of principal: Principal) async throws -> (all: Int, hasTopic: Bool) {
        guard let row = try await database.query(DraftQueries.count(of: principal.id)).first else {
            return (0, false)
        }
        return (try row.get(0), try row.get(1, as: Int.self) > 0)
    }

    /// What somebody began to write, the latest first.
    package func drafts(
        of principal: Principal,
        offset: Int = 0,
        limit: Int = Limits.draftsPerPage
    ) async throws -> [ListedDraft] {
        try await database.all(
            DraftQueries.list(
                of: principal,
                offset: min(max(offset, 0), Limits.draftsPerUser),
                limit: min(max(limit, 1), 100)
            )
        )
    }

    /// Throws a draft away, unless it is newer than the caller knows.
    package func deleteDraft(
        _ key: String,
        sequence: Int? = nil,
        by principal: Principal
    ) async throws {
        let permitted = try draftPlace(key, by: principal)
        let deleted = try await database.query(
            DraftQueries.delete(
                permitted,
                sequence: sequence.map { Int(clamping: Int32(clamping: $0)) }
            )
        )
        guard deleted.affected > 0 else { return }
        _ = try await database.query(DraftQueries.tellCount(of: principal.id))
    }

    private func draftPlace(
        _ key: String,
        by principal: Principal
    ) throws(ForumError) -> Permitted<Drafting, DraftPlace> {
        try principal.may(.drafting, DraftPlace(key: DraftRules.checked(key: key)))
    }
}
