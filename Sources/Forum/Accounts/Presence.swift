package import Postgres

extension Community {
    /// What the person says of themselves, when it still holds.
    package func status(of principal: Principal) async throws -> UserStatus? {
        let row: OwnRow? = try await database.first(DetailQueries.own(principal.id, at: clock()))
        return row?.status(at: clock())
    }

    /// Says what one is doing, until a time.
    ///
    /// - Throws: `.notFound` where people may not, `.invalid`.
    package func setStatus(
        emoji: String,
        description: String,
        until end: Timestamp?,
        by principal: Principal
    ) async throws {
        guard settings.current.enableUserStatus else { throw ForumError.notFound }
        if principal.isSilenced { throw ForumError.silenced }
        let description = description.trimmingWhitespace
        for (field, text) in [("description", description), ("emoji", emoji)] {
            guard (1...Limits.statusMax).contains(text.unicodeScalars.count),
                !text.utf8.contains(0)
            else {
                throw ForumError(
                    .invalid,
                    "\(field) must have 1 to \(Limits.statusMax) characters.",
                    field: field
                )
            }
        }
        try PersonNameRules.check(description)
        if let end, end <= clock() {
            throw ForumError(.invalid, "ends_at must be a time to come.", field: "ends_at")
        }
        try await setStatus(
            UserStatus(description: description, emoji: emoji, endsAt: end),
            of: principal
        )
    }

    package func clearStatus(by principal: Principal) async throws {
        guard settings.current.enableUserStatus else { throw ForumError.notFound }
        try await setStatus(nil, of: principal)
    }

    private func setStatus(_ status: UserStatus?, of principal: Principal) async throws {
        _ = try await database.batch(
            [PresenceQueries.setStatus(of: principal.id, status)]
                + LivePresence.status(of: principal.id, status)
        )
        signals.committed(.site)
    }

    /// Wants no interruption for a while: minutes, or `tomorrow` for until the next day (UTC).
    ///
    /// - Returns: When it ends.
    /// - Throws: `.invalid`.
    package func rest(_ duration: String, by principal: Principal) async throws -> Timestamp {
        let now = clock()
        let end: Timestamp
        if duration == "tomorrow" {
            let day = 86_400.0
            let days = (now.secondsSince1970 / day).rounded(.down) + 1
            end = Timestamp(secondsSince1970: days * day)
        } else {
            guard let minutes = Int(duration), (1...Limits.doNotDisturbMinutesMax).contains(minutes)
            else {
                throw ForumError(
                    .invalid,
                    "duration must be minutes, or tomorrow.",
                    field: "duration"
                )
            }
            end = now + Double(minutes * 60)
        }
        try await rest(until: end, principal)
        return end
    }

    package func endRest(by principal: Principal) async throws {
        try await rest(until: nil, principal)
    }

    private func rest(until end: Timestamp?, _ principal: Principal) async throws {
        _ = try await database.batch(
            [PresenceQueries.rest(principal.id, until: end)]
                + LivePresence.rest(of: principal.id, until: end)
        )
    }

    /// Ends one session of somebody, or all but this one.
    ///
    /// - Throws: `.notFound`, `.forbidden` for anybody but the person and administrators.
    package func endSessions(
        of username: String,
        id: Int64?,
        keepingSession session: String?,
        by principal: Principal
    ) async throws {
        let user = try await profile(named: username, for: .member(principal)).user
        guard user.id == principal.id || principal.isAdmin else { throw ForumError.forbidden }
        guard let id else {
            let isOwn = user.id == principal.id
            let ends = SessionQueries.deleteAll(
                of: user.id,
                except: isOwn ? SessionQueries.hash(session) : nil
            )
            _ = try await database.batch([ends] + (isOwn ? [] : LivePresence.loggedOut(user.id)))
            return
        }
        let ended = try await database.execute(PresenceQueries.endSession(id, of: user.id))
        guard ended == 1 else { throw ForumError.notFound }
    }
}
