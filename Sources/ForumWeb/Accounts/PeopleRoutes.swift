import Forum
import ForumAPI
import Postgres

/// Finding people: the directory, searches, what somebody did.
struct PeopleRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        for prefix in ["/u", "/users"] {
            let byID = Endpoint<NoBody, UserReply>(.get, "\(prefix)/by-external/{external_id}")
            routes.serve(byID, .admin) { call in
                try await external(call, ExternalAccount.connect)
            }
            let byProvider = Endpoint<NoBody, UserReply>(
                .get,
                "\(prefix)/by-external/{provider}/{external_id}"
            )
            routes.serve(byProvider, .admin) { call in
                try await external(call, call.requiredText("provider"))
            }
            addNames(to: routes, prefix)
        }
        routes.serve(API.People.directory, .everybody, cached: .lists) { call in
            try await directory(call)
        }
        for path in ["/u", "/users"] {
            let all = Endpoint<NoBody, DirectoryReply>(.get, path)
            routes.serve(all, .everybody, cached: .lists) { call in
                let query = DirectoryQuery()
                let (items, total) = try await community.directory(query, for: call.viewer)
                return DirectoryPresenter.make(items, total, query, now: community.clock())
            }
        }
        routes.serve(API.People.actions, .everybody) { call in try await actions(call) }
        routes.serve(API.People.summary, .everybody) { call in
            UserSummaryPresenter.make(
                try await community.summary(
                    of: call.requiredText("username"),
                    for: call.viewer
                )
            )
        }
        routes.serve(API.People.card, .everybody) { call in
            try await ProfileReply.make(
                community,
                named: call.requiredText("username"),
                viewer: call.viewer,
                proof: call.proof
            )
        }
        routes.serve(API.People.cards, .everybody) { call in try await cards(call) }
    }

    private func external(_ call: Call<NoBody>, _ provider: String) async throws -> UserReply {
        let user = try await community.user(
            provider: provider,
            externalID: call.requiredText("external_id"),
            by: call.principal
        )
        return try await ProfileReply.make(
            community,
            named: user.username,
            viewer: call.viewer,
            proof: call.proof
        )
    }

    private func addNames(to routes: RouteTable, _ prefix: String) {
        let checkName = Endpoint<CheckUsernameRequest, CheckUsernameReply>(
            .get,
            "\(prefix)/check_username"
        )
        routes.serve(checkName, .open) { call in try await checkUsername(call) }
        let checkEmail = Endpoint<CheckEmailRequest, CheckEmailReply>(
            .get,
            "\(prefix)/check_email"
        )
        routes.serve(checkEmail, .open) { call in
            let problem = try await community.problem(ofEmail: call.body.email, for: call.viewer)
            guard let problem else { return CheckEmailReply(success: "OK") }
            return CheckEmailReply(failed: "FAILED", errors: [problem])
        }
        let local = Endpoint<LocalNamesRequest, LocalNamesReply>(
            .get,
            "\(prefix)/is_local_username"
        )
        routes.serve(local, .everybody) { call in
            let list = (call.body.usernames ?? []) + [call.body.username].compactMap { $0 }
            let names = try ListParameter.names(list, "usernames") ?? []
            return LocalNamesReply(
                valid: try await community.knownUsernames(names),
                maxUsersNotifiedPerGroupMention:
                    community.settings.current.maxUsersNotifiedPerGroupMention
            )
        }
        let search = Endpoint<UserSearchRequest, UserSearchReply>(
            .get,
            "\(prefix)/search/users"
        )
        routes.serve(search, .everybody) { call in try await self.search(call) }
    }

    private func checkUsername(
        _ call: Call<CheckUsernameRequest>
    ) async throws -> CheckUsernameReply {
        guard let username = call.body.username, !username.isEmpty else {
            guard let email = call.body.email else {
                throw WireError.missing(parameter: "username")
            }
            return CheckUsernameReply(
                suggestion: try await community.suggestedUsername(for: email)
            )
        }
        let owner =
            call.viewer.isAdmin
            ? call.body.forUserID.map { UserID(Int64($0)) } : call.viewer.principal?.id
        switch try await community.verdict(onName: username, for: owner) {
        case .free, .own: return CheckUsernameReply(available: true, isDeveloper: false)
        case .taken(let suggestion):
            return CheckUsernameReply(available: false, suggestion: suggestion)
        case .wrong(let problems): return CheckUsernameReply(errors: problems)
        }
    }

    private func search(_ call: Call<UserSearchRequest>) async throws -> UserSearchReply {
        let body = call.body
        var query = PeopleQuery()
        query.term = String((body.term ?? "").prefix(100))
        query.topicID = body.topicID.map { TopicID(Int64($0)) }
        query.categoryID = body.categoryID.map { CategoryID(Int64($0)) }
        query.groups = Array((try ListParameter.names(body.groups, "groups") ?? []).prefix(10))
        query.usernames = try ListParameter.names(body.usernames.map { [$0] }, "usernames") ?? []
        query.limit = min(max(body.limit ?? Forum.Limits.userSearchResults, 1), 50)
        let users = try await community.people(query, for: call.viewer)
        var groups: [GroupNameBody]?
        if body.includeGroups == true {
            let term = query.term.lowercased()
            groups = try await community.groups(for: call.viewer)
                .filter { $0.id != Forum.Group.everyone && $0.name.lowercased().hasPrefix(term) }
                .prefix(query.limit)
                .map { GroupNameBody(name: $0.name, fullName: $0.fullName) }
        }
        return UserSearchReply(users: users.map { UserPresenter.basic($0) }, groups: groups)
    }

    private func cards(_ call: Call<UserCardsRequest>) async throws -> UserCardsReply {
        let ids = try ListParameter.numbers(call.body.userIDs, "user_ids") ?? []
        guard ids.count <= Forum.Limits.usersPerRequest else {
            throw ForumError(
                .malformed,
                "At most \(Forum.Limits.usersPerRequest) user_ids at once.",
                field: "user_ids"
            )
        }
        var users: [UserBody] = []
        for name in try await community.visibleNames(of: ids, for: call.viewer) {
            users.append(
                try await ProfileReply.body(
                    community,
                    named: name,
                    viewer: call.viewer,
                    proof: call.proof
                )
            )
        }
        return UserCardsReply(users: users)
    }

    private func directory(_ call: Call<DirectoryRequest>) async throws -> DirectoryReply {
        let body = call.body
        var query = DirectoryQuery()
        query.period = DirectoryPeriod(rawValue: body.period.rawValue) ?? .all
        query.order = body.order.flatMap { DirectoryOrder(rawValue: $0.rawValue) } ?? .likesReceived
        query.isAscending = body.asc.map { !$0.isEmpty && $0 != "false" } ?? false
        query.page = body.page ?? 0
        guard (0...Forum.Limits.directoryPagesMax).contains(query.page) else {
            throw ForumError(.malformed, "page must not be less than 0.", field: "page")
        }
        query.name = body.name.flatMap { $0.isEmpty ? nil : String($0.prefix(100)) }
        query.group = body.group.flatMap { $0.isEmpty ? nil : $0 }
        query.excluded = Array(
            (try ListParameter.names(body.excludeUsernames.map { [$0] }, "exclude_usernames") ?? [])
                .prefix(100)
        )
        let (items, total) = try await community.directory(query, for: call.viewer)
        return DirectoryPresenter.make(items, total, query, now: community.clock())
    }

    private func actions(_ call: Call<UserActionsRequest>) async throws -> UserActionsReply {
        let body = call.body
        guard !body.username.isEmpty else { throw WireError.missing(parameter: "username") }
        let offset = body.offset ?? 0
        guard offset >= 0 else {
            throw ForumError(.malformed, "offset must not be less than 0.", field: "offset")
        }
        var kinds: Set<UserActionKind> = []
        let words = try ListParameter.names(body.filter.map { [$0] }, "filter") ?? []
        for word in words {
            guard let number = Int(word) else {
                throw ForumError(.malformed, "filter must be numbers.", field: "filter")
            }
            if let kind = UserActionKind(rawValue: number) { kinds.insert(kind) }
        }
        // Only kinds that do not exist here: nobody did any of them.
        if !words.isEmpty, kinds.isEmpty { return UserActionsReply(userActions: []) }
        let found = try await community.userActions(
            of: body.username,
            kinds: kinds,
            offset: offset,
            limit: min(
                max(body.limit ?? Forum.Limits.userActionsPerPage, 1),
                Forum.Limits.userActionsPerPage
            ),
            for: call.viewer
        )
        return UserActionsReply(userActions: found.map { UserActionPresenter.make($0) })
    }
}
