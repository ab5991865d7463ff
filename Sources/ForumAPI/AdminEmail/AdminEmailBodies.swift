/// Mail as the administration sees it.
extension API {
    package enum AdminEmail {
        package static let index = Endpoint<NoBody, EmailSettingsReply>(.get, "/admin/email")
        package static let sent = Endpoint<ListEmailsRequest, [EmailLogBody]>(
            .get,
            "/admin/email/sent"
        )
        package static let skipped = Endpoint<ListEmailsRequest, [EmailLogBody]>(
            .get,
            "/admin/email/skipped"
        )
        package static let bounced = Endpoint<ListEmailsRequest, [EmailLogBody]>(
            .get,
            "/admin/email/bounced"
        )
        package static let received = Endpoint<ListEmailsRequest, [IncomingEmailBody]>(
            .get,
            "/admin/email/received"
        )
        package static let rejected = Endpoint<ListEmailsRequest, [IncomingEmailBody]>(
            .get,
            "/admin/email/rejected"
        )
        package static let incoming = Endpoint<NoBody, IncomingEmailDetailBody>(
            .get,
            "/admin/email/incoming/{id}"
        )

        /// What would be made of a mail: nothing is stored or posted.
        package static let advancedTest = Endpoint<HandleMailRequest, AdvancedTestReply>(
            .post,
            "/admin/email/advanced-test"
        )

        static let signatures = [
            advancedTest.signature, index.signature, sent.signature, skipped.signature,
            bounced.signature,
            received.signature, rejected.signature, incoming.signature,
        ]
    }
}

/// `POST /admin/email/advanced-test`.
package struct AdvancedTestReply: Codable, Sendable, Equatable {
    package var success = "OK"
    /// What is kept of the body, as Markdown.
    package var text: String
    package var elided: String
    /// Discourse's number: 1 for a body in plain text, 2 for one in HTML.
    package var format: Int
    /// How the mail was read, as `parleyd mail inspect --lines` prints it.
    package var inspection: RawJSON

    package init(text: String, elided: String, format: Int, inspection: RawJSON) {
        self.text = text
        self.elided = elided
        self.format = format
        self.inspection = inspection
    }
}

/// `GET /admin/email`.
package struct EmailSettingsReply: Codable, Sendable, Equatable {
    package struct Setting: Codable, Sendable, Equatable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package var deliveryMethod: String
    package var settings: [Setting]

    package init(deliveryMethod: String, settings: [Setting]) {
        self.deliveryMethod = deliveryMethod
        self.settings = settings
    }

    private enum CodingKeys: String, CodingKey {
        case deliveryMethod = "delivery_method"
        case settings
    }
}

package struct ListEmailsRequest: Codable, Sendable, Equatable {
    package var offset: Int?
    package var limit: Int?
    package var user: String?
    package var address: String?
    package var type: String?
    /// For what came in.
    package var from: String?
    package var to: String?
    package var subject: String?
    package var error: String?

    package init() {}
}

/// A mail that went out, was not sent, or could not be delivered.
package struct EmailLogBody: Codable, Sendable, Equatable {
    package var id: Int
    package var toAddress: String
    package var emailType: String
    package var createdAt: String
    package var user: BasicUserBody?
    package var postURL: String?
    package var postDescription: String?
    package var bounced: Bool = false
    /// RFC 3463, such as `5.1.1`.
    @IfPresent package var bounceErrorCode: String?
    @IfPresent package var skippedReason: String?
    @IfPresent package var smtpTransactionResponse: String?

    package init(id: Int, toAddress: String, emailType: String, createdAt: String) {
        self.id = id
        self.toAddress = toAddress
        self.emailType = emailType
        self.createdAt = createdAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case toAddress = "to_address"
        case emailType = "email_type"
        case createdAt = "created_at"
        case user
        case postURL = "post_url"
        case postDescription = "post_description"
        case bounced
        case bounceErrorCode = "bounce_error_code"
        case skippedReason = "skipped_reason"
        case smtpTransactionResponse = "smtp_transaction_response"
    }
}

/// A mail that came in.
package struct IncomingEmailBody: Codable, Sendable, Equatable {
    package var id: Int
    package var createdAt: String
    package var fromAddress: String?
    package var toAddresses: [String]
    package var ccAddresses: [String] = []
    package var subject: String?
    package var error: String?
    package var postURL: String?
    package var user: BasicUserBody?

    package init(
        id: Int,
        createdAt: String,
        fromAddress: String?,
        toAddresses: [String],
        subject: String?,
        error: String?
    ) {
        self.id = id
        self.createdAt = createdAt
        self.fromAddress = fromAddress
        self.toAddresses = toAddresses
        self.subject = subject
        self.error = error
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case createdAt = "created_at"
        case fromAddress = "from_address"
        case toAddresses = "to_addresses"
        case ccAddresses = "cc_addresses"
        case subject
        case error
        case postURL = "post_url"
        case user
    }
}

/// `GET /admin/email/incoming/{id}`.
package struct IncomingEmailDetailBody: Codable, Sendable, Equatable {
    package var id: Int
    package var error: String?
    package var errorDescription: String?
    package var rejectionMessage: String?
    package var subject: String?
    package var headers: String
    package var body: String
    /// Whether the sender is who they say: `pass`, `fail`, `gray`; none when nobody was asked.
    package var senderVerdict: String?
    package var senderEvidence: String?
    package var messageID: String?
    package var createdVia: String?
    package var isBounce = false
    /// How the mail was read, as `parleyd mail inspect` prints it.
    @IfPresent package var inspection: RawJSON?

    package init(
        id: Int,
        error: String?,
        rejectionMessage: String?,
        subject: String?,
        headers: String,
        body: String
    ) {
        self.id = id
        self.error = error
        errorDescription = rejectionMessage
        self.rejectionMessage = rejectionMessage
        self.subject = subject
        self.headers = headers
        self.body = body
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case error
        case errorDescription = "error_description"
        case rejectionMessage = "rejection_message"
        case subject
        case headers
        case body
        case senderVerdict = "sender_verdict"
        case senderEvidence = "sender_evidence"
        case messageID = "message_id"
        case createdVia = "created_via"
        case isBounce = "is_bounce"
        case inspection
    }
}
