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
