import Forum

extension ForumError {
    var isTemporary: Bool {
        switch code {
        case .rateLimited, .unavailable, .readOnly, .bug: true
        case .malformed, .invalid, .unauthenticated, .forbidden, .notFound, .gone, .conflict,
            .tooLarge:
            false
        }
    }
}

extension Rejection {
    /// The refusal of a use case in the words of mail.
    init(_ error: ForumError) {
        let reason: Reason =
            switch error.reason {
            case .topicClosed, .topicArchived: .topicClosed
            case .topicDeleted: .topicNotFound
            case .bodyTooShort: .tooShort
            case .silenced: .silencedUser
            case .suspended, .inactive: .inactiveUser
            case .staged: .strangersNotAllowed
            case .trustLevel: .insufficientTrustLevel
            case .emailNotAllowed: .emailNotAllowed
            case .bodyTooLong, .titleTooShort, .titleTooLong, .duplicate, .usernameTaken,
                .emailTaken:
                .invalidPost
            case nil: Self.reason(of: error.code)
            }
        self.init(reason, error.message)
    }

    private static func reason(of code: ForumError.Code) -> Reason {
        switch code {
        case .notFound, .gone: .topicNotFound
        case .forbidden, .unauthenticated: .replyNotAllowed
        case .tooLarge: .tooLarge
        case .malformed, .invalid, .conflict, .rateLimited, .unavailable, .readOnly, .bug:
            .invalidPost
        }
    }
}
