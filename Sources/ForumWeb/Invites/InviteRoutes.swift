import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import Postgres

/// Bringing people in.
struct InviteRoutes: Sendable {
    let community: Community
    let pages: PageWriter

    func add(to routes: RouteTable) {
        routes.serve(API.Invites.create, .member) { call in
            let view = try await community.createInvite(
                Self.wish(call.body),
                by: call.principal
            )
            return InvitePresenter.make(view, community)
        }
        routes.serve(API.Invites.createMultiple, .member) { call in
            try await createMultiple(call)
        }
        routes.serve(API.Invites.retrieve, .member) { call in
            let view = try await community.invite(email: call.body.email, by: call.principal)
            return InvitePresenter.make(view, community)
        }
        routes.serve(API.Invites.update, .member) { call in
            let view = try await community.changeInvite(
                call.id("id"),
                Self.wish(call.body),
                sendsEmail: call.body.sendEmail ?? false,
                by: call.principal
            )
            return InvitePresenter.make(view, community)
        }
        routes.serve(API.Invites.delete, .member) { call in
            try await community.deleteInvite(Int64(call.body.id), by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.Invites.destroyAllExpired, .member) { call in
            try await community.deleteExpiredInvites(by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.Invites.reinvite, .member) { call in
            try await community.remindOfInvites(email: call.body.email, by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.Invites.reinviteAll, .member) { call in
            try await community.remindOfInvites(email: nil, by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.Invites.invited, .member) { call in try await invited(call) }
        routes.serve(API.Invites.redeem, .open) { call in try await redeem(call) }
        addPage(to: routes)
    }

    private static func wish(_ body: InviteRequest) throws -> InviteWish {
        var wish = InviteWish()
        wish.email = body.email
        wish.domain = body.domain
        wish.description = body.description
        wish.customMessage = body.customMessage
        wish.maxRedemptions = body.maxRedemptionsAllowed
        wish.topicID = body.topicID.map { TopicID(Int64($0)) }
        wish.groupIDs = try ListParameter.numbers(body.groupIDs, "group_ids")
        wish.groupNames = try ListParameter.names(body.groupNames, "group_names")
        wish.expiresAt = try time(body.expiresAt)
        wish.skipsEmail = body.skipEmail ?? false
        return wish
    }

    private static func time(_ text: String?) throws(ForumError) -> Timestamp? {
        guard let text, !text.isEmpty else { return nil }
        return try TimeParameter.parse(text, "expires_at")
    }

    /// What is wrong with one address keeps nobody else from being invited.
    private func createMultiple(
        _ call: Call<CreateInvitesRequest>
    ) async throws -> CreateInvitesReply {
        let body = call.body
        let emails = try ListParameter.names(body.email, "email") ?? []
        guard !emails.isEmpty else { throw WireError.missing(parameter: "email") }
        guard emails.count <= Forum.Limits.invitesPerRequest else {
            throw ForumError(
                .invalid,
                "At most \(Forum.Limits.invitesPerRequest) addresses at once.",
                field: "email"
            )
        }
        var wish = InviteWish()
        wish.customMessage = body.customMessage
        wish.topicID = body.topicID.map { TopicID(Int64($0)) }
        wish.groupIDs = try ListParameter.numbers(body.groupIDs, "group_ids")
        wish.groupNames = try ListParameter.names(body.groupNames, "group_names")
        wish.expiresAt = try Self.time(body.expiresAt)
        wish.skipsEmail = body.skipEmail ?? false
        var made: [InviteEnvelopeBody] = []
        var failed: [FailedInviteBody] = []
        for email in emails {
            wish.email = email
            do {
                let view = try await community.createInvite(wish, by: call.principal)
                made.append(InviteEnvelopeBody(invite: InvitePresenter.make(view, community)))
            } catch let error as ForumError
                where error.field == "email" || error.code == .rateLimited
            {
                failed.append(FailedInviteBody(email: email, error: error.message))
            }
        }
        return CreateInvitesReply(
            numSuccessfullyCreatedInvitations: made.count,
            numFailedInvitations: failed.count,
            failedInvitations: failed,
            successfulInvitations: made
        )
    }

    private func invited(_ call: Call<InvitedRequest>) async throws -> InvitedReply {
        let username = try call.requiredText("username")
        let offset = max(0, call.body.offset ?? 0)
        guard offset <= 100_000 else { throw ForumError.notFound }
        if call.body.filter == .redeemed {
            let (users, counts) = try await community.invitedUsers(
                of: username,
                offset: offset,
                by: call.principal
            )
            let now = community.clock()
            return InvitedReply(
                invites: users.map { InvitePresenter.redeemed($0, now: now) },
                counts: InvitePresenter.counts(counts)
            )
        }
        let (invites, counts) = try await community.invites(
            of: username,
            call.body.filter == .expired ? .expired : .pending,
            search: call.body.search.flatMap { $0.isEmpty ? nil : String($0.prefix(100)) },
            offset: offset,
            by: call.principal
        )
        return InvitedReply(
            invites: invites.map { InvitePresenter.listed($0, community) },
            counts: InvitePresenter.counts(counts)
        )
    }

    private func redeem(_ call: Call<RedeemInviteRequest>) async throws -> RedeemInviteReply {
        let key = try call.requiredText("key")
        if let principal = call.viewer.principal {
            let invite = try await community.redeemInvite(key: key, by: principal)
            return RedeemInviteReply(
                success: true,
                redirectTo: invite.topicID.map { "/t/\($0)" } ?? "/"
            )
        }
        let body = call.body
        return try await redeem(
            key,
            NewGuest(
                username: body.username ?? "",
                password: body.password ?? "",
                name: body.name,
                email: body.email,
                emailToken: body.emailToken
            )
        )
    }

    private func redeem(_ key: String, _ guest: NewGuest) async throws -> RedeemInviteReply {
        do {
            let user = try await community.redeemInvite(key: key, guest)
            return RedeemInviteReply(
                success: true,
                message: user.isActive
                    ? "Your account is ready. You can log in now."
                    : "You’re almost done! Please confirm your address by the mail we sent.",
                redirectTo: "/"
            )
        } catch let error as ForumError
            where error.reason == .emailTaken && community.settings.current.hideEmailAddressTaken
        {
            // As for somebody new: the owner of the address is told by mail.
            try await community.noteUseOfTakenAddress(guest.email)
            return RedeemInviteReply(
                success: true,
                message: "You’re almost done! Please confirm your address by the mail we sent.",
                redirectTo: "/"
            )
        } catch let error as ForumError where error.code == .invalid || error.code == .notFound {
            return RedeemInviteReply(
                success: false,
                message: error.message,
                errors: error.field.map { [$0: error.messages] }
            )
        }
    }
}

extension InviteRoutes {
    /// For browsers a page with a form, for programs JSON.
    fileprivate func addPage(to routes: RouteTable) {
        routes.serve(.get, "/invites/{key}", .open) { call in
            let offer = try await community.inviteOffer(
                key: call.requiredText("key"),
                emailToken: call.text("t")
            )
            if call.headers[.accept]?.contains("text/html") == true {
                return try await pages.response(page(offer, token: call.text("t")), for: call)
            }
            return .json(InviteOfferReply(inviteInfo: InvitePresenter.offer(offer)))
        }
        routes.serve(.post, "/invites/accept/{key}", .open) { call in
            let guest = NewGuest(
                username: try call.text("username") ?? "",
                password: try call.text("password") ?? "",
                name: try call.text("name"),
                email: try call.text("email"),
                emailToken: try call.text("email_token")
            )
            let reply = try await redeem(call.requiredText("key"), guest)
            if !reply.success { return try await again(reply, call) }
            var page = PlainPage("Welcome")
            page.paragraphs = [reply.message]
            page.links = [("Log in", "/login"), ("Front page", "/")]
            return try await pages.response(page, for: call)
        }
    }

    /// The form once more, as it was filled in; an invitation that is gone has none.
    private func again(
        _ reply: RedeemInviteReply,
        _ call: Call<WireValue>
    ) async throws -> Response {
        var page = PlainPage("That did not work")
        do {
            let offer = try await community.inviteOffer(
                key: call.requiredText("key"),
                emailToken: call.text("email_token")
            )
            let field = reply.errors?.keys.first
            let refusal = ForumError(.invalid, reply.message, field: field)
            page = self.page(offer, token: try call.text("email_token"))
            page.form = try page.form?.filled(from: call).refused(refusal)
        } catch is ForumError {
            page.problems = [reply.message]
        }
        return try await pages.response(page, .badRequest, for: call)
    }

    private func page(_ offer: InviteOffer, token: String?) -> PlainPage {
        var page = PlainPage("Invitation")
        let site = community.settings.current.title
        page.paragraphs = ["\(offer.inviter.username) invited you to \(site)."]
        var inputs: [FormField] = []
        if offer.invite.isLink {
            inputs.append(
                FormField(
                    "email",
                    "E-mail",
                    .line("email"),
                    autocomplete: "email",
                    isRequired: true
                )
            )
        }
        inputs += [
            FormField(
                "username",
                "User name",
                value: offer.suggestedUsername,
                autocomplete: "username",
                isRequired: true
            ),
            FormField("name", "Name", autocomplete: "name"),
            SignUpPages.newPassword("Password"),
        ]
        var form = PageForm(
            "/invites/accept/\(percentEncoded(offer.invite.key))",
            "Accept invitation",
            inputs
        )
        if let token { form.hidden = [("email_token", token)] }
        page.form = form
        page.links = [("I have an account already", "/login")]
        return page
    }
}
