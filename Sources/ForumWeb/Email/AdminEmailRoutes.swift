import Forum
import ForumAPI
import Postgres

/// How a mail is read.
package struct InspectedMail: Sendable {
    /// What is kept of the body, as Markdown, and what is not.
    let text: String
    let elided: String
    let isHTML: Bool
    /// All of it, as JSON.
    let json: [UInt8]

    package init(text: String, elided: String, isHTML: Bool, json: [UInt8]) {
        self.text = text
        self.elided = elided
        self.isHTML = isHTML
        self.json = json
    }
}

/// The logs of mail, for administrators.
struct AdminEmailRoutes: Sendable {
    let community: Community
    let inspect: @Sendable ([UInt8]) throws -> InspectedMail?

    func add(to routes: RouteTable) {
        routes.serve(API.AdminEmail.index, .admin) { _ in
            let names = [
                "notification_email", "disable_emails", "email_in", "reply_by_email_enabled",
                "reply_by_email_address", "max_emails_per_day_per_user",
            ]
            let current = community.settings.current
            return EmailSettingsReply(
                deliveryMethod: "smtp",
                settings: names.compactMap { name in
                    SettingDefinition.named(name).map {
                        EmailSettingsReply.Setting(name: name, value: $0.value(in: current))
                    }
                }
            )
        }
        routes.serve(API.AdminEmail.sent, .admin) { call in try await sent(.sent, call) }
        routes.serve(API.AdminEmail.skipped, .admin) { call in try await sent(.skipped, call) }
        routes.serve(API.AdminEmail.bounced, .admin) { call in try await sent(.bounced, call) }
        routes.serve(API.AdminEmail.received, .admin) { call in
            try await incoming(rejected: false, call)
        }
        routes.serve(API.AdminEmail.rejected, .admin) { call in
            try await incoming(rejected: true, call)
        }
        routes.serve(
            API.AdminEmail.advancedTest,
            .admin,
            bodyBytes: WebLimits.mailBodyBytes
        ) { call in
            guard let mail = try inspect(call.body.mail()) else { throw ForumError.notFound }
            return AdvancedTestReply(
                text: mail.text,
                elided: mail.elided,
                format: mail.isHTML ? 2 : 1,
                inspection: RawJSON(bytes: mail.json)
            )
        }
        routes.serve(API.AdminEmail.incoming, .admin) { call in
            let (entry, raw) = try await community.incomingEmail(
                IncomingEmailID(call.id("id")),
                for: call.principal
            )
            let (headers, body) = Self.parts(of: raw)
            var detail = IncomingEmailDetailBody(
                id: Int(entry.id.value),
                error: entry.error,
                rejectionMessage: entry.rejectionMessage,
                subject: entry.subject,
                headers: headers,
                body: body
            )
            detail.senderVerdict = entry.senderVerdict
            detail.senderEvidence = entry.senderEvidence
            detail.messageID = entry.messageID
            detail.createdVia = entry.createdVia
            detail.isBounce = entry.isBounce
            let whole = try await community.rawEmail(entry.id)
            detail.inspection = try inspect(whole).map { RawJSON(bytes: $0.json) }
            return detail
        }
    }

    private func sent(
        _ list: SentEmailList,
        _ call: Call<ListEmailsRequest>
    ) async throws -> [EmailLogBody] {
        let entries = try await community.sentEmails(
            list,
            Self.filter(call.body),
            for: call.principal
        )
        return entries.map { entry in
            var body = EmailLogBody(
                id: Int(entry.id.value),
                toAddress: entry.toAddress,
                emailType: entry.emailType,
                createdAt: entry.createdAt.iso8601
            )
            body.user = entry.user.map(AdminUserPresenter.basic)
            body.postURL = entry.postURL
            body.postDescription = entry.topicTitle
            body.bounced = entry.state == "failed" || entry.bouncedAt != nil
            body.bounceErrorCode = entry.bounceErrorCode
            if entry.state == "skipped" {
                body.skippedReason = entry.response
            } else {
                body.smtpTransactionResponse = entry.response
            }
            return body
        }
    }

    private func incoming(
        rejected: Bool,
        _ call: Call<ListEmailsRequest>
    ) async throws -> [IncomingEmailBody] {
        let entries = try await community.incomingEmails(
            rejected: rejected,
            Self.filter(call.body),
            for: call.principal
        )
        return entries.map { entry in
            var body = IncomingEmailBody(
                id: Int(entry.id.value),
                createdAt: entry.receivedAt.iso8601,
                fromAddress: entry.fromAddress,
                toAddresses: [entry.recipient],
                subject: entry.subject,
                error: entry.error
            )
            body.postURL = entry.postURL
            body.user = entry.user.map(AdminUserPresenter.basic)
            return body
        }
    }

    private static func filter(_ body: ListEmailsRequest) -> EmailLogFilter {
        var filter = EmailLogFilter()
        filter.offset = body.offset ?? 0
        if let limit = body.limit { filter.limit = limit }
        filter.user = body.user
        filter.address = body.address ?? body.from
        filter.recipient = body.to
        filter.subject = body.subject
        filter.type = body.type
        filter.error = body.error
        return filter
    }

    /// The header and what follows it, as they came.
    private static func parts(of raw: [UInt8]) -> (String, String) {
        let text = String(decoding: raw, as: UTF8.self).replacing("\r\n", with: "\n")
        guard let gap = text.firstRange(of: "\n\n") else { return (text, "") }
        return (String(text[..<gap.lowerBound]), String(text[gap.upperBound...]))
    }
}
