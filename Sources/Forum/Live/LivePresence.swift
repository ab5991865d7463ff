import Postgres

/// What people's programs are told of themselves and of others, with Discourse's channels and payloads.
enum LivePresence {
    /// To all members: what somebody does now, or that they say no more.
    static func status(of user: UserID, _ status: UserStatus?) -> [SQL] {
        let data = status.map {
            """
            {"description":\(JSONText.string($0.description)),"emoji":\(JSONText.string($0.emoji)),\
            "ends_at":\(JSONText.optional($0.endsAt?.iso8601))}
            """
        }
        return LiveQueries.publish(
            channel: "/user-status",
            data: #"{"\#(user)":\#(data ?? "null")}"#,
            to: .members,
            about: nil
        )
    }

    /// To themself: until when they want no interruption.
    static func rest(of user: UserID, until end: Timestamp?) -> [SQL] {
        LiveQueries.publish(
            on: .doNotDisturb,
            of: user,
            data: #"{"ends_at":\#(JSONText.optional(end?.iso8601))}"#
        )
    }

    /// To everybody: whether anything can be written.
    static func readOnly(_ isReadOnly: Bool) -> [SQL] {
        LiveQueries.publish(
            channel: "/site/read-only",
            data: isReadOnly ? "true" : "false",
            to: .everybody,
            about: nil
        )
    }

    /// To everybody: programs read the site again.
    static func refresh() -> [SQL] {
        LiveQueries.publish(
            channel: "/refresh_client",
            data: #""clobber""#,
            to: .everybody,
            about: nil
        )
    }

    /// To everybody: what the site says of itself to everybody.
    static func setting(_ name: String, _ value: String) -> [SQL] {
        LiveQueries.publish(
            channel: "/client_settings",
            data: #"{"name":\#(JSONText.string(name)),"value":\#(JSONText.string(value))}"#,
            to: .everybody,
            about: nil
        )
    }

    /// To themself: every session of theirs was ended.
    static func loggedOut(_ user: UserID) -> [SQL] {
        LiveQueries.publish(on: .logOut, of: user, data: "\(user)")
    }
}
