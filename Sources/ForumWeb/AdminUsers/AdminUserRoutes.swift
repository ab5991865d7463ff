import Forum
import ForumAPI
import Hummingbird
import Postgres

/// Accounts as staff keeps them.
struct AdminUserRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.AdminUsers.list, .staff) { call in try await list(.all, call) }
        routes.serve(API.AdminUsers.listFlag, .staff) { call in
            let name = try call.requiredText("flag")
            // `blocked` is the older name of `silenced`.
            let flag = StaffUserFilter.Flag(rawValue: name == "blocked" ? "silenced" : name)
            guard let flag else { throw ForumError.notFound }
            return try await list(flag, call)
        }
        routes.serve(API.AdminUsers.show, .staff) { call in try await show(call) }
        routes.serve(API.AdminUsers.showNamed, .staff) { call in try await show(call) }
        addRemovals(to: routes)
        addPenalties(to: routes)
        addOffices(to: routes)
        addKeeping(to: routes)
        addImpersonation(to: routes)
    }

    private func list(
        _ flag: StaffUserFilter.Flag,
        _ call: Call<ListAdminUsersRequest>
    ) async throws -> [AdminUserRowBody] {
        let body = call.body
        let filter = StaffUserFilter(
            flag: flag,
            order: body.order.flatMap { StaffUserFilter.Order(rawValue: $0) },
            isAscending: body.asc.map { !$0.isEmpty && $0 != "false" } ?? false,
            // Discourse counts pages from 1; 0 is the first as well.
            page: max(0, (body.page ?? 1) - 1),
            showsEmails: body.showEmails ?? false,
            text: body.filter.flatMap { $0.isEmpty ? nil : $0 },
            email: body.email.flatMap { $0.isEmpty ? nil : $0 },
            clientIP: body.ip.flatMap { $0.isEmpty ? nil : $0 }
        )
        let now = community.clock()
        return try await community.staffUsers(filter, for: call.principal)
            .map { AdminUserPresenter.row($0, now: now) }
    }

    private func show<Body>(_ call: Call<Body>) async throws -> AdminUserBody {
        let name = try call.requiredText("id")
        let id: UserID
        if let number = Int64(name) {
            id = UserID(number)
        } else {
            guard let user = try await community.user(named: name) else {
                throw ForumError.notFound
            }
            id = user.id
        }
        let detail = try await community.staffUser(id, for: call.principal)
        // `/admin/users/1/ana` names the user twice; anything else behind a number names nothing.
        if let second = try call.text("username"),
            UsernameRules.fold(second) != UsernameRules.fold(detail.user.username)
        {
            throw ForumError.notFound
        }
        return AdminUserPresenter.detail(
            detail,
            viewer: call.viewer,
            now: community.clock()
        )
    }

    private func addRemovals(to routes: RouteTable) {
        routes.serve(API.AdminUsers.delete, .staff) { call in
            var deletion = UserDeletion()
            deletion.deletesPosts = call.body.deletePosts ?? false
            deletion.blocksEmail = call.body.blockEmail ?? false
            deletion.blocksURLs = call.body.blockURLs ?? false
            deletion.blocksIP = call.body.blockIP ?? false
            deletion.context = call.body.context
            try await community.deleteUser(call.userID(), deletion, by: call.principal)
            return DeletedReply()
        }
        routes.serve(API.AdminUsers.anonymize, .staff) { call in
            AnonymizeReply(
                username: try await community.anonymizeUser(call.userID(), by: call.principal)
            )
        }
        routes.serve(API.AdminUsers.merge, .staff) { call in
            let user = try await community.mergeUser(
                call.userID(),
                into: call.body.targetUsername,
                by: call.principal
            )
            let named = UserReference(id: user.id, username: user.username, name: user.name)
            return MergeUserReply(user: AdminUserPresenter.basic(named))
        }
        routes.serve(API.AdminUsers.deletePostsBatch, .staff) { call in
            DeletePostsBatchReply(
                postsDeleted: try await community.deletePostsBatch(
                    of: call.userID(),
                    by: call.principal
                )
            )
        }
    }

    private func addImpersonation(to routes: RouteTable) {
        routes.serve(API.AdminUsers.disableSecondFactor, .admin) { call in
            try await community.disableSecondFactor(of: call.userID(), by: call.principal)
            return SuccessReply()
        }
        let impersonate = API.AdminUsers.impersonate
        routes.serve(impersonate.method, impersonate.path, .admin) { call in
            let body = try decodeRequest(ImpersonateRequest.self, from: call.body)
            let token = try await community.impersonateUser(
                body.usernameOrEmail,
                by: call.principal
            )
            var response = Response.empty()
            response.setCookie(
                Cookie(
                    name: SessionCookie.session,
                    value: token,
                    path: "/",
                    secure: community.baseURL.hasPrefix("https:"),
                    httpOnly: true,
                    sameSite: .lax
                )
            )
            return response
        }
    }

    private func addPenalties(to routes: RouteTable) {
        routes.serve(API.AdminUsers.suspend, .staff) { call in
            let body = call.body
            let penalty = Penalty(
                until: try Self.time(body.suspendUntil, "suspend_until"),
                reason: try Self.reason(body.reason),
                message: body.message,
                postID: body.postID.map { PostID(Int64($0)) }
            )
            let imposed = try await community.suspendUser(
                call.userID(),
                penalty,
                by: call.principal
            )
            try await treat(penalty.postID, body.postAction, body.postEdit, by: call.principal)
            return AdminUserPresenter.suspension(imposed)
        }
        routes.serve(API.AdminUsers.unsuspend, .staff) { call in
            try await community.unsuspendUser(call.userID(), by: call.principal)
            return SuspensionReply(suspension: SuspensionReply.Suspension())
        }
        routes.serve(API.AdminUsers.silence, .staff) { call in
            let body = call.body
            let penalty = Penalty(
                until: try body.silencedTill.map { try Self.time($0, "silenced_till") }
                    ?? community.clock() + Self.forEver,
                reason: try Self.reason(body.reason),
                message: body.message,
                postID: body.postID.map { PostID(Int64($0)) }
            )
            let imposed = try await community.silenceUser(
                call.userID(),
                penalty,
                by: call.principal
            )
            try await treat(penalty.postID, body.postAction, body.postEdit, by: call.principal)
            return AdminUserPresenter.silence(imposed)
        }
        routes.serve(API.AdminUsers.unsilence, .staff) { call in
            try await community.unsilenceUser(call.userID(), by: call.principal)
            return UnsilenceReply(unsilence: SilenceBody())
        }
    }

    private func addOffices(to routes: RouteTable) {
        routes.serve(API.AdminUsers.grantAdmin, .admin) { call in
            try await community.grantAdmin(call.userID(), by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.AdminUsers.revokeAdmin, .admin) { call in
            try await community.grantAdmin(call.userID(), false, by: call.principal)
            return try await show(call)
        }
        routes.serve(API.AdminUsers.grantModeration, .admin) { call in
            try await community.grantModeration(call.userID(), by: call.principal)
            return try await show(call)
        }
        routes.serve(API.AdminUsers.revokeModeration, .admin) { call in
            try await community.grantModeration(call.userID(), false, by: call.principal)
            return try await show(call)
        }
    }

    private func addKeeping(to routes: RouteTable) {
        routes.serve(API.AdminUsers.activate, .staff) { call in
            try await community.activateUser(call.userID(), by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.AdminUsers.deactivate, .staff) { call in
            try await community.deactivateUser(call.userID(), by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.AdminUsers.logOut, .staff) { call in
            try await community.logOutUser(call.userID(), by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.AdminUsers.approve, .staff) { call in
            try await community.approveUser(call.userID(), by: call.principal)
            return NoReply()
        }
        routes.serve(API.AdminUsers.approveBulk, .staff) { call in
            try await community.approveUsers(
                call.body.users.map { UserID(Int64($0)) },
                by: call.principal
            )
            return NoReply()
        }
        routes.serve(API.AdminUsers.trustLevel, .staff) { call in
            let id = try call.userID()
            try await community.setTrustLevel(call.body.level, of: id, by: call.principal)
            let now = community.clock()
            let detail = try await community.staffUser(id, for: call.principal)
            return AdminUserReply(adminUser: AdminUserPresenter.row(detail.row, now: now))
        }
        routes.serve(API.AdminUsers.trustLevelLock, .staff) { call in
            try await community.lockTrustLevel(
                call.body.locked,
                of: call.userID(),
                by: call.principal
            )
            return NoReply()
        }
        routes.serve(API.AdminUsers.primaryGroup, .staff) { call in
            let text = call.body.primaryGroupID ?? ""
            let group = Int64(text)
            guard group != nil || text.isEmpty else {
                throw ForumError(
                    .malformed,
                    "primary_group_id must be a number.",
                    field: "primary_group_id"
                )
            }
            try await community.setPrimaryGroup(
                group.map { GroupID($0) },
                of: call.userID(),
                by: call.principal
            )
            return NoReply()
        }
        routes.serve(API.AdminUsers.resetBounceScore, .staff) { call in
            try await community.resetBounceScore(of: call.userID(), by: call.principal)
            return SuccessReply()
        }
    }

    /// What becomes of the post that a penalty is about.
    private func treat(
        _ post: PostID?,
        _ action: String?,
        _ text: String?,
        by principal: Principal
    ) async throws {
        guard let post, let action, !action.isEmpty, action != "none" else { return }
        switch action {
        case "delete", "delete_replies": try await community.deletePost(post, by: principal)
        case "edit":
            _ = try await community.editPost(post, raw: text ?? "", by: principal)
        default:
            throw ForumError(
                .malformed,
                "post_action must be delete, delete_replies or edit.",
                field: "post_action"
            )
        }
    }

    /// A thousand years, as Discourse means “for ever”.
    private static let forEver = 1000 * 365.25 * 86_400

    private static func time(_ text: String, _ field: String) throws -> Timestamp {
        guard let time = try AdminDates.time(text, field) else {
            throw WireError.missing(parameter: field)
        }
        return time
    }

    private static func reason(_ text: String) throws -> String {
        guard !text.allSatisfy(\.isWhitespace) else { throw WireError.missing(parameter: "reason") }
        return text
    }
}

extension Call {
    /// The user whose number the path gives as `id`.
    func userID() throws(ForumError) -> UserID { UserID(try id("id")) }
}
