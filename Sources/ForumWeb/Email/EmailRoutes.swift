import Cryptography
import Forum
import ForumAPI
import Hummingbird

/// Mail that comes over HTTP, and the addresses in mails that stop them.
struct EmailRoutes: Sendable {
    let services: WebServices

    private var pages: PageWriter { PageWriter(community: services.community) }

    func add(to routes: RouteTable) {
        routes.serve(API.Email.handleMail, .admin, bodyBytes: WebLimits.mailBodyBytes) { call in
            try await services.takeMail(call.body.mail())
            // Discourse's very words; its mail receiver looks only at the status.
            return TextReply("email has been received and is queued for processing")
        }
        routes.serve(API.Email.shouldReject, .admin) { call in
            try await refusal(from: call.body.from, to: call.body.to)
        }
        addUnsubscribe(to: routes)
        addConfirmation(to: routes)
    }

    /// Discourse's words, which its mail receiver gives to the sender.
    private func refusal(
        from sender: String,
        to recipients: String
    ) async throws -> ShouldRejectReply {
        let community = services.community
        if !community.settings.current.enableStagedUsers,
            try await community.account(email: sender) == nil
        {
            return ShouldRejectReply(
                reject: true,
                reason: "Mail from your address is not accepted. Do you have an account here?"
            )
        }
        for address in recipients.split(separator: ",").prefix(WebLimits.mailRecipients)
        where try await services.isMailDestination(address.filter { $0 != " " }, sender) {
            return ShouldRejectReply(reject: false)
        }
        return ShouldRejectReply(
            reject: true,
            reason:
                "Mail to this e-mail address is not accepted. Check the address and try to send again?"
        )
    }

    /// GET asks, POST does (RFC 8058): a mail scanner that follows links changes nothing.
    private func addUnsubscribe(to routes: RouteTable) {
        let path = "/email/unsubscribe/{key}"
        routes.serve(.get, path, .open) { call in
            let key = try Self.key(call)
            let found = try await services.community.unsubscription(key)
            var page = PlainPage("Unsubscribe")
            let site = services.community.settings.current.title
            page.paragraphs = ["Do you want to stop \(Self.what(found)) from \(site)?"]
            var form = PageForm("/email/unsubscribe/\(key.text)", "Unsubscribe")
            form.hidden = [("List-Unsubscribe", "One-Click")]
            page.form = form
            page.links = [("Choose which mails you get", "/my/preferences/emails")]
            return try await pages.response(page, for: call)
        }
        routes.serve(.post, path, .open) { call in
            try await services.community.unsubscribe(Self.key(call))
            var page = PlainPage("Unsubscribed")
            page.paragraphs = ["You will get no more of these mails."]
            page.links = [("Choose which mails you get", "/my/preferences/emails")]
            return try await pages.response(page, for: call)
        }
    }

    /// What would stop.
    private static func what(_ found: Unsubscription) -> String {
        let name = found.name.map { "“\($0)”" }
        return switch found.scope {
        case .topic: "mails about \(name ?? "the topic")"
        case .digest: "the digest of \(name ?? "what you followed")"
        case .summaries: "summaries of what you missed"
        case .all: "all mails"
        }
    }

    /// What was asked for by a mail to a command address; GET asks, POST does.
    private func addConfirmation(to routes: RouteTable) {
        let path = "/email/confirm/{token}"
        routes.serve(.get, path, .open) { call in
            let token = try call.requiredText("token")
            let wish = try await wish(services.community.mailCommand(of: token))
            var page = PlainPage("Confirm")
            page.paragraphs = ["You asked by mail for this: \(wish)."]
            page.form = PageForm("/email/confirm/\(token)", "Confirm")
            return try await pages.response(page, for: call)
        }
        routes.serve(.post, path, .open) { call in
            let token = try call.requiredText("token")
            let wish = try await wish(services.community.confirmMailCommand(token))
            var page = PlainPage("Confirmed")
            page.paragraphs = ["It is done: \(wish)."]
            return try await pages.response(page, for: call)
        }
    }

    private func wish(_ command: PendingMailCommand) -> String {
        command.wish(siteTitle: services.community.settings.current.title)
    }

    private static func key(_ call: Call<WireValue>) throws -> UnsubscribeKey {
        guard let key = UnsubscribeKey(try call.requiredText("key")) else {
            throw ForumError.notFound
        }
        return key
    }
}

extension HandleMailRequest {
    /// The octets of the mail.
    func mail() throws -> [UInt8] {
        if let encoded = emailEncoded {
            guard let bytes = Base64.decode(encoded) else {
                throw ForumError(.malformed, "email_encoded is not Base64.")
            }
            return bytes
        }
        guard let email, !email.isEmpty else {
            throw WireError.missing(parameter: "email_encoded")
        }
        return Array(email.utf8)
    }
}
