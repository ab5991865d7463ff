/// Why a use case refused. Every door (HTTP, mail, terminal, command line) maps `code` by an
/// exhaustive switch; `messages` are for the person who asked.
package struct ForumError: Error, Equatable, Sendable {
    package enum Code: String, Sendable, CaseIterable {
        /// What was asked for cannot be read: a parameter is missing or has the wrong type.
        case malformed
        /// What was asked for breaks a rule of content, such as a length.
        case invalid
        case unauthenticated
        case forbidden
        /// There is no such thing, or the viewer may not know of it.
        case notFound
        /// There was such a thing, and it is no longer kept.
        case gone
        case conflict
        case tooLarge
        case rateLimited
        /// Overload or a database that is away: trying again later may work.
        case unavailable
        case readOnly
        case bug
    }

    /// Distinctions that a door other than HTTP needs to answer rightly.
    package enum Reason: String, Sendable, CaseIterable {
        case topicClosed, topicArchived, topicDeleted
        case bodyTooShort, bodyTooLong, titleTooShort, titleTooLong, duplicate
        case silenced, suspended, inactive, staged
        case trustLevel
        case usernameTaken, emailTaken, emailNotAllowed
    }

    package var code: Code
    package var messages: [String]
    package var reason: Reason?
    /// The input the messages speak of, under its name on the wire.
    package var field: String?
    /// After how many seconds trying again makes sense; set with `.rateLimited` and `.unavailable`.
    package var retryAfterSeconds: Int?
    /// Discourse's name of the limit that was reached, where clients look for it.
    package var rateLimitCode: String?

    package init(
        _ code: Code,
        _ messages: [String],
        reason: Reason? = nil,
        field: String? = nil,
        retryAfterSeconds: Int? = nil
    ) {
        self.code = code
        self.messages = messages
        self.reason = reason
        self.field = field
        self.retryAfterSeconds = retryAfterSeconds
    }

    package init(
        _ code: Code,
        _ message: String,
        reason: Reason? = nil,
        field: String? = nil,
        retryAfterSeconds: Int? = nil
    ) {
        self.init(
            code,
            [message],
            reason: reason,
            field: field,
            retryAfterSeconds: retryAfterSeconds
        )
    }

    package var message: String { messages.joined(separator: " ") }
}

extension ForumError {
    /// What the viewer may not see does not exist for them: one answer for both.
    package static var notFound: Self {
        ForumError(.notFound, "The requested URL or resource could not be found.")
    }

    package static var notLoggedIn: Self {
        ForumError(.unauthenticated, "You need to be logged in to do that.")
    }

    package static var forbidden: Self {
        ForumError(.forbidden, "You are not permitted to view the requested resource.")
    }
}
