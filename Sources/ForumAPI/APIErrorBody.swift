/// What a refused request answers.
package struct APIErrorBody: Codable, Sendable, Equatable {
    /// Sentences for people.
    package var errors: [String]
    @IfPresent package var errorType: String?
    @IfPresent package var extras: APIErrorExtras?
    /// What was tried; POST posts says `create_post`.
    @IfPresent package var action: String?

    package init(
        errors: [String],
        errorType: String? = nil,
        extras: APIErrorExtras? = nil,
        action: String? = nil
    ) {
        self.errors = errors
        self.errorType = errorType
        self.extras = extras
        self.action = action
    }

    private enum CodingKeys: String, CodingKey {
        case errors
        case errorType = "error_type"
        case extras
        case action
    }
}

/// What goes with an error.
package struct APIErrorExtras: Codable, Sendable, Equatable {
    /// Seconds to wait after too many requests.
    @IfPresent package var waitSeconds: Int?
    /// The same in words.
    @IfPresent package var timeLeft: String?
    /// Of the page that a reader sees.
    @IfPresent package var title: String?
    @IfPresent package var html: String?

    package init(
        waitSeconds: Int? = nil,
        timeLeft: String? = nil,
        title: String? = nil,
        html: String? = nil
    ) {
        self.waitSeconds = waitSeconds
        self.timeLeft = timeLeft
        self.title = title
        self.html = html
    }

    private enum CodingKeys: String, CodingKey {
        case waitSeconds = "wait_seconds"
        case timeLeft = "time_left"
        case title
        case html
    }
}

/// The words that Discourse uses for `error_type`.
package enum APIErrorType {
    package static let notLoggedIn = "not_logged_in"
    package static let invalidAccess = "invalid_access"
    package static let invalidParameters = "invalid_parameters"
    package static let notFound = "not_found"
    package static let recordInvalid = "record_invalid"
    package static let rateLimit = "rate_limit"
    package static let readOnly = "read_only"
}
