import Forum
import ForumAPI
import Postgres

/// What people change about their own account; staff, about that of others.
struct AccountRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        for endpoint in [
            API.Accounts.update,
            Endpoint<UpdateUserRequest, UpdateUserReply>(.put, "/users/{username}"),
        ] {
            routes.serve(endpoint, .member) { call in try await update(call) }
        }
        routes.serve(API.Accounts.delete, .member) { call in
            try await community.deleteOwnAccount(call.requiredText("username"), by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.Accounts.erase, .member) { call in
            AnonymizeReply(
                username: try await community.eraseOwnAccount(
                    call.requiredText("username"),
                    by: call.principal,
                    session: call.sessionToken
                )
            )
        }
        addEmail(to: routes)
        for path in ["/u", "/users"] {
            let endpoint = Endpoint<UsernameRequest, UsernameReply>(
                .put,
                "\(path)/{username}/preferences/username"
            )
            routes.serve(endpoint, .member) { call in
                let user = try await community.changeUsername(
                    of: call.requiredText("username"),
                    to: call.body.newUsername,
                    by: call.principal
                )
                return UsernameReply(id: Int(user.id.value), username: user.username)
            }
        }
        addSessions(to: routes)
        addPresence(to: routes)
    }

    private func update(_ call: Call<UpdateUserRequest>) async throws -> UpdateUserReply {
        let username = try call.requiredText("username")
        let user = try await community.changeAccount(
            of: username,
            Self.changes(call.body),
            by: call.principal
        )
        let body = try await ProfileReply.body(
            community,
            named: user.username,
            viewer: call.viewer,
            proof: call.proof
        )
        return UpdateUserReply(user: body)
    }

    private static func changes(_ body: UpdateUserRequest) throws -> AccountChanges {
        var changes = AccountChanges()
        changes.profile = ProfileChanges(
            name: body.name,
            bioRaw: body.bioRaw,
            location: body.location,
            website: body.website,
            title: body.title,
            emailLevel: body.emailLevel
        )
        changes.locale = body.locale
        changes.options = body.options
        let categories: [(Forum.NotificationLevel, [String]?, String)] = [
            (.watching, body.watchedCategoryIDs, "watched_category_ids"),
            (.tracking, body.trackedCategoryIDs, "tracked_category_ids"),
            (
                .watchingFirstPost, body.watchedFirstPostCategoryIDs,
                "watched_first_post_category_ids"
            ),
            (.regular, body.regularCategoryIDs, "regular_category_ids"),
            (.muted, body.mutedCategoryIDs, "muted_category_ids"),
        ]
        for (level, list, name) in categories {
            changes.categories[level] = try ListParameter.numbers(list, name)
        }
        let tags: [(Forum.NotificationLevel, [String]?, String)] = [
            (.watching, body.watchedTags, "watched_tags"),
            (.tracking, body.trackedTags, "tracked_tags"),
            (.watchingFirstPost, body.watchingFirstPostTags, "watching_first_post_tags"),
            (.muted, body.mutedTags, "muted_tags"),
        ]
        for (level, list, name) in tags {
            changes.tags[level] = try ListParameter.names(list, name)
        }
        for (id, word) in body.categoryDeliveries ?? [:] {
            guard let id = Int64(id) else {
                throw ForumError(
                    .malformed,
                    "category_deliveries must be by the ids of categories.",
                    field: "category_deliveries"
                )
            }
            changes.categoryDeliveries[id] = word.delivery
        }
        changes.tagDeliveries = (body.tagDeliveries ?? [:]).mapValues(\.delivery)
        changes.schedule = body.userNotificationSchedule?.schedule
        changes.muted = try ListParameter.names(body.mutedUsernames, "muted_usernames")
        changes.ignored = try ListParameter.names(body.ignoredUsernames, "ignored_usernames")
        changes.allowed = try ListParameter.names(body.allowedPMUsernames, "allowed_pm_usernames")
        changes.customFields = body.customFields ?? [:]
        changes.userFields = try (body.userFields ?? [:]).mapValues { try fieldText($0) }
        changes.externalIDs = body.externalIDs ?? [:]
        return changes
    }

    /// A field of a profile: a text, or several that were chosen.
    private static func fieldText(_ value: WireValue) throws(ForumError) -> String? {
        switch value {
        case .null: return nil
        case .string(let text), .number(let text): return text.isEmpty ? nil : text
        case .bool(let flag): return String(flag)
        case .array(let values):
            let texts = values.compactMap(\.stringValue)
            guard texts.count == values.count else { break }
            return texts.joined(separator: ", ")
        case .object, .file: break
        }
        throw ForumError(.malformed, "user_fields must be texts.", field: "user_fields")
    }

    private func addEmail(to routes: RouteTable) {
        for path in ["/u", "/users"] {
            let emails = Endpoint<NoBody, UserEmailsReply>(.get, "\(path)/{username}/emails")
            routes.serve(emails, .member) { call in
                let emails = try await community.emails(
                    of: call.requiredText("username"),
                    by: call.principal
                )
                return UserEmailsReply(
                    email: emails.primary,
                    secondaryEmails: emails.secondary,
                    unconfirmedEmails: emails.unconfirmed,
                    associatedAccounts: emails.accounts.map {
                        AssociatedAccountBody(name: $0.provider, description: $0.externalID)
                    }
                )
            }
            let change = Endpoint<EmailRequest, NoReply>(
                .put,
                "\(path)/{username}/preferences/email"
            )
            routes.serve(change, .member) { call in
                try await community.requestEmailChange(
                    of: call.requiredText("username"),
                    to: call.body.email,
                    by: call.principal
                )
                return NoReply()
            }
        }
        routes.serve(API.Accounts.addEmail, .member) { call in
            try await community.requestEmailChange(
                of: call.requiredText("username"),
                to: call.body.email,
                primary: false,
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.Accounts.removeEmail, .member) { call in
            try await community.removeEmail(
                call.body.email,
                of: call.requiredText("username"),
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.Accounts.setPrimaryEmail, .member) { call in
            try await community.makePrimary(
                call.body.email,
                of: call.requiredText("username"),
                by: call.principal,
                keepingSession: call.sessionToken
            )
            return SuccessReply()
        }
    }

    private func addSessions(to routes: RouteTable) {
        routes.serve(API.Accounts.revokeToken, .member) { call in
            try await community.endSessions(
                of: call.requiredText("username"),
                id: call.body.tokenID.map(Int64.init),
                keepingSession: call.sessionToken,
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.Accounts.setRelation, .member) { call in
            let relation: UserRelation? =
                switch call.body.notificationLevel {
                case .normal: nil
                case .mute: .muted
                case .ignore: .ignored
                }
            try await community.setRelation(
                relation,
                to: call.requiredText("username"),
                until: call.body.expiringAt.map { try TimeParameter.parse($0, "expiring_at") },
                by: call.principal
            )
            return SuccessReply()
        }
    }

    private func addPresence(to routes: RouteTable) {
        routes.serve(API.Accounts.featureTopic, .member) { call in
            try await community.featureTopic(
                TopicID(Int64(call.body.topicID)),
                of: call.requiredText("username"),
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.Accounts.clearFeaturedTopic, .member) { call in
            try await community.featureTopic(
                nil,
                of: call.requiredText("username"),
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.Accounts.status, .member) { call in
            let status = try await community.status(of: call.principal)
            return status.map { AccountPresenter.status($0) } ?? UserStatusBody()
        }
        routes.serve(API.Accounts.setStatus, .member) { call in
            try await community.setStatus(
                emoji: call.body.emoji,
                description: call.body.description,
                until: call.body.endsAt.map { try TimeParameter.parse($0, "ends_at") },
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.Accounts.clearStatus, .member) { call in
            try await community.clearStatus(by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.Accounts.rest, .member) { call in
            let end = try await community.rest(call.body.duration, by: call.principal)
            return RestReply(endsAt: end.iso8601)
        }
        routes.serve(API.Accounts.endRest, .member) { call in
            try await community.endRest(by: call.principal)
            return SuccessReply()
        }
    }
}

/// Lists as clients send them: several values, or one text with commas.
enum ListParameter {
    static func names(_ list: [String]?, _ name: String) throws(ForumError) -> [String]? {
        guard let list else { return nil }
        let names = list.flatMap { $0.split(separator: ",") }
            .map { String($0).trimmingSpaces }.filter { !$0.isEmpty }
        guard names.count <= Forum.Limits.preferencesListed else {
            throw ForumError(
                .invalid,
                "At most \(Forum.Limits.preferencesListed) \(name).",
                field: name
            )
        }
        return names
    }

    static func numbers(_ list: [String]?, _ name: String) throws(ForumError) -> [Int64]? {
        guard let names = try names(list, name) else { return nil }
        var numbers: [Int64] = []
        for text in names {
            guard let number = Int64(text) else {
                throw ForumError(.malformed, "\(name) must be numbers.", field: name)
            }
            numbers.append(number)
        }
        return numbers
    }
}

enum TimeParameter {
    /// - Throws: `.malformed` for what is no time.
    static func parse(_ text: String, _ name: String) throws(ForumError) -> Timestamp {
        let isDate = text.utf8.count == 10
        guard text.utf8.count <= 64,
            let time = Timestamp(iso8601: isDate ? "\(text)T00:00:00Z" : text)
        else {
            throw ForumError(
                .malformed,
                "\(name) must be a time such as 2030-01-31T12:00:00Z.",
                field: name
            )
        }
        return time
    }
}

extension String {
    var trimmingSpaces: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
