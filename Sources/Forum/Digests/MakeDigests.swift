import Postgres

extension Community {
    /// Queues the digests that are due: those of categories and tags, and summaries for those who have
    /// been away. Any number of nodes may do it; each digest is made once.
    package func makeDigests() async throws {
        guard settings.current.disableEmails != "yes" else { return }
        try await makeSubscriptionDigests()
        if !settings.current.disableDigestEmails { try await makeSummaries() }
    }

    private func makeSubscriptionDigests() async throws {
        let now = clock()
        while true {
            let due = try await database.all(DigestQueries.due(at: now), as: DueDigest.self)
            for digest in due {
                try Task.checkCancellation()
                let reader = try await principal(for: digest.userID)
                _ = try await database.query(DigestQueries.make(digest, for: reader, at: now))
            }
            if !due.isEmpty { signals.mailQueued() }
            guard due.count == Limits.digestBatch else { return }
        }
    }

    private func makeSummaries() async throws {
        let now = clock()
        let site = settings.current
        while true {
            let away = try await database.values(
                DigestQueries.away(site, at: now),
                as: UserID.self
            )
            for user in away {
                try Task.checkCancellation()
                guard let reader = try await principal(for: user) else { continue }
                _ = try await database.query(
                    DigestQueries.makeSummary(for: reader, site, at: now)
                )
            }
            if !away.isEmpty { signals.mailQueued() }
            guard away.count == Limits.digestBatch else { return }
        }
    }
}
