import Forum
import ForumAPI

/// Groups as they are changed: by administrators, by their owners, by who joins and leaves.
struct GroupChangeRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Groups.create, .admin) { call in
            let group = try await community.createGroup(
                Self.fields(call.body.group),
                members: Self.names([call.body.group.usernames ?? ""]),
                owners: Self.names([call.body.group.ownerUsernames ?? ""]),
                by: call.principal
            )
            var reply = CreatedGroupReply()
            reply.basicGroup = GroupPresenter.body(group, viewer: call.viewer)
            return reply
        }
        routes.serveGroups(API.Groups.update, .member) { call in
            _ = try await community.updateGroup(
                GroupID(call.id("id")),
                Self.fields(call.body.group),
                updatingMembers: call.body.updateExistingUsers ?? false,
                by: call.principal
            )
            return SuccessReply()
        }
        // What older clients call.
        let update = API.Groups.update
        routes.serve(
            Endpoint<GroupChangeRequest, SuccessReply>(update.method, "/admin/groups/{id}"),
            .admin
        ) { call in
            _ = try await community.updateGroup(
                GroupID(call.id("id")),
                Self.fields(call.body.group),
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.Groups.delete, .admin) { call in
            try await community.deleteGroup(GroupID(call.id("id")), by: call.principal)
            return SuccessReply()
        }
        addMembers(to: routes)
        addOwners(to: routes)
        addOneself(to: routes)
        addUsers(to: routes)
    }

    private func addMembers(to routes: RouteTable) {
        let add = API.Groups.addMembers
        let remove = API.Groups.removeMembers
        routes.serveGroups(add, .member) { call in try await added(call, asOwners: false) }
        routes.serveGroups(remove, .member) { call in try await removed(call) }
        routes.serve(
            Endpoint<GroupMembersRequest, GroupMembersAddedReply>(add.method, "/admin" + add.path),
            .admin
        ) { call in try await added(call, asOwners: false) }
        routes.serve(
            Endpoint<GroupMembersRequest, GroupMembersRemovedReply>(
                remove.method,
                "/admin" + remove.path
            ),
            .admin
        ) { call in try await removed(call) }
    }

    private func addOwners(to routes: RouteTable) {
        let add = API.Groups.addOwners
        let remove = API.Groups.removeOwners
        routes.serveGroups(add, .member) { call in try await added(call, asOwners: true) }
        routes.serveGroups(remove, .member) { call in try await removedOwners(call) }
        routes.serve(
            Endpoint<GroupMembersRequest, GroupMembersAddedReply>(add.method, "/admin" + add.path),
            .admin
        ) { call in try await added(call, asOwners: true) }
        routes.serve(
            Endpoint<GroupMembersRequest, SuccessReply>(remove.method, "/admin" + remove.path),
            .admin
        ) { call in try await removedOwners(call) }
    }

    private func addOneself(to routes: RouteTable) {
        routes.serveGroups(API.Groups.join, .member) { call in
            let principal = try call.principal
            let group = try await group(call, "id")
            try await community.joinGroup(group, by: principal)
            var reply = GroupMembersAddedReply()
            reply.usernames = [principal.username]
            return reply
        }
        routes.serveGroups(API.Groups.leave, .member) { call in
            let principal = try call.principal
            let group = try await group(call, "id")
            try await community.leaveGroup(group, by: principal)
            var reply = GroupMembersRemovedReply()
            reply.usernames = [principal.username]
            return reply
        }
        routes.serveGroups(API.Groups.requestMembership, .member) { call in
            let message = try await community.requestMembership(
                of: group(call, "name"),
                reason: call.body.reason,
                by: call.principal
            )
            var reply = MembershipRequestedReply()
            reply.relativeURL = message.map { "/t/\($0.topicSlug)/\($0.topicID)" }
            return reply
        }
        routes.serveGroups(API.Groups.decideRequest, .member) { call in
            try await community.decideRequest(
                of: UserID(Int64(call.body.userID)),
                for: group(call, "id"),
                accept: call.body.accept ?? false,
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serveGroups(API.Groups.setLevel, .member) { call in
            guard let level = Forum.NotificationLevel(rawValue: call.body.notificationLevel) else {
                throw ForumError(
                    .malformed,
                    "notification_level must be a number from 0 (muted) to 4 (watching first "
                        + "post).",
                    field: "notification_level"
                )
            }
            try await community.setGroupLevel(
                level,
                in: group(call, "name"),
                of: call.body.userID.map { UserID(Int64($0)) },
                by: call.principal
            )
            return SuccessReply()
        }
    }

    private func addUsers(to routes: RouteTable) {
        routes.serve(API.Groups.addUser, .admin) { call in
            let user = UserID(try call.id("user_id"))
            _ = try await community.addMembers(
                GroupPeople(ids: [user]),
                to: GroupID(Int64(call.body.groupID)),
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.Groups.removeUser, .admin) { call in
            let user = UserID(try call.id("user_id"))
            let (removed, _) = try await community.removeMembers(
                GroupPeople(ids: [user]),
                from: GroupID(call.id("group_id")),
                by: call.principal
            )
            guard !removed.isEmpty else { throw ForumError.notFound }
            return SuccessReply()
        }
    }

    private func group<Body>(_ call: Call<Body>, _ name: String) async throws -> Forum.Group {
        try await community.group(idOrName: call.requiredText(name), for: call.viewer)
    }

    private func added(
        _ call: Call<GroupMembersRequest>,
        asOwners: Bool
    ) async throws -> GroupMembersAddedReply {
        let people = try await community.addMembers(
            Self.people(call.body),
            to: GroupID(call.id("id")),
            asOwners: asOwners,
            telling: call.body.notifyUsers ?? call.body.group?.notifyUsers ?? false,
            by: call.principal
        )
        var reply = GroupMembersAddedReply()
        reply.usernames = people.map(\.username)
        return reply
    }

    private func removed(
        _ call: Call<GroupMembersRequest>
    ) async throws -> GroupMembersRemovedReply {
        let (removed, skipped) = try await community.removeMembers(
            Self.people(call.body),
            from: GroupID(call.id("id")),
            by: call.principal
        )
        var reply = GroupMembersRemovedReply()
        reply.usernames = removed.map(\.username)
        reply.skippedUsernames = skipped.map(\.username)
        return reply
    }

    private func removedOwners(_ call: Call<GroupMembersRequest>) async throws -> SuccessReply {
        _ = try await community.removeOwners(
            Self.people(call.body),
            from: GroupID(call.id("id")),
            by: call.principal
        )
        return SuccessReply()
    }

    /// Lists come by comma, as lists, or both.
    private static func names(_ texts: [String]) -> [String] {
        texts.flatMap { $0.split(separator: ",") }
            .map { String($0.filter { !$0.isWhitespace }) }.filter { !$0.isEmpty }
    }

    private static func people(_ body: GroupMembersRequest) throws(ForumError) -> GroupPeople {
        var people = GroupPeople()
        people.usernames = names(
            (body.usernames ?? []) + (body.group?.usernames ?? []) + [body.username ?? ""]
        )
        people.emails = names((body.emails ?? []) + (body.userEmails ?? []))
        people.ids = [body.userID, body.group?.userID].compactMap { $0 }.map { UserID(Int64($0)) }
        for text in names(body.userIDs ?? []) {
            guard let id = Int64(text) else {
                throw ForumError(.malformed, "user_ids must be numbers.", field: "user_ids")
            }
            people.ids.append(UserID(id))
        }
        return people
    }

    private static func fields(_ body: GroupFieldsRequest) -> GroupFields {
        var fields = GroupFields()
        fields.name = body.name
        fields.fullName = body.fullName
        fields.bioRaw = body.bioRaw
        fields.title = body.title
        fields.visibilityLevel = body.visibilityLevel
        fields.membersVisibilityLevel = body.membersVisibilityLevel
        fields.mentionableLevel = body.mentionableLevel
        fields.messageableLevel = body.messageableLevel
        fields.defaultNotificationLevel = body.defaultNotificationLevel
        fields.isPrimary = body.primaryGroup
        fields.grantTrustLevel = body.grantTrustLevel
        fields.flairIcon = body.flairIcon
        fields.flairColor = body.flairColor
        fields.flairBackground = body.flairBgColor
        fields.isOpenToJoin = body.publicAdmission
        fields.isOpenToLeave = body.publicExit
        fields.takesRequests = body.allowMembershipRequests
        fields.requestTemplate = body.membershipRequestTemplate
        fields.publishesReadState = body.publishReadState
        fields.emailDomains = body.automaticMembershipEmailDomains
        fields.incomingEmail = body.incomingEmail
        let categories = [
            body.mutedCategoryIDs, body.regularCategoryIDs, body.trackingCategoryIDs,
            body.watchingCategoryIDs, body.watchingFirstPostCategoryIDs,
        ]
        for (level, ids) in categories.enumerated() {
            if let ids { fields.categories[level] = ids.map { CategoryID(Int64($0)) } }
        }
        let tags = [
            body.mutedTags, body.regularTags, body.trackingTags, body.watchingTags,
            body.watchingFirstPostTags,
        ]
        for (level, names) in tags.enumerated() {
            if let names { fields.tags[level] = names }
        }
        return fields
    }
}
