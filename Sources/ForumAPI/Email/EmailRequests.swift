/// `POST /admin/email/handle_mail`: one whole message, in one of two forms.
package struct HandleMailRequest: Codable, Sendable, Equatable {
    /// As text.
    package var email: String?
    /// In Base64, which keeps every byte.
    package var emailEncoded: String?

    package init(
        email: String? = nil,
        emailEncoded: String? = nil
    ) {
        self.email = email
        self.emailEncoded = emailEncoded
    }

    private enum CodingKeys: String, CodingKey {
        case email
        case emailEncoded = "email_encoded"
    }
}

/// `GET /admin/email/smtp_should_reject`: the envelope of a mail.
package struct ShouldRejectRequest: Codable, Sendable, Equatable {
    package var from: String
    /// Addresses with commas between.
    package var to: String

    package init(from: String, to: String) {
        self.from = from
        self.to = to
    }
}

package struct ShouldRejectReply: Codable, Sendable, Equatable {
    package var reject: Bool
    /// For the sender.
    @IfPresent package var reason: String?

    package init(reject: Bool, reason: String? = nil) {
        self.reject = reject
        self.reason = reason
    }
}

/// `GET /posts/{post_id}/raw-email`: the mail that a post came by.
package struct RawEmailReply: Codable, Sendable, Equatable {
    package var rawEmail: String

    package init(rawEmail: String) {
        self.rawEmail = rawEmail
    }

    private enum CodingKeys: String, CodingKey {
        case rawEmail = "raw_email"
    }
}

/// `GET /posts/{post_id}/elided`.
package struct ElidedReply: Codable, Sendable, Equatable {
    /// As Markdown.
    package var elided: String

    package init(elided: String) { self.elided = elided }
}
