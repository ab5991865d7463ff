import Forum
import ForumAPI

/// Groups as they are read: lists, one, its members, what they write.
struct GroupRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serveGroups(API.Groups.list, .everybody) { call in try await list(call) }
        routes.serveGroups(API.Groups.search, .everybody) { call in
            let groups = try await community.searchGroups(
                call.body.term ?? "",
                ignoringAutomatic: call.body.ignoreAutomatic ?? false,
                for: call.viewer
            )
            return groups.map { GroupPresenter.body($0, viewer: call.viewer) }
        }
        routes.serveGroups(API.Groups.checkName, .member) { call in
            let (problems, suggestion) = try await community.groupNameProblem(call.body.groupName)
            var reply = GroupNameReply()
            if problems.isEmpty {
                reply.available = suggestion == nil
                reply.suggestion = suggestion
            } else {
                reply.errors = problems
            }
            return reply
        }
        routes.serveGroups(API.Groups.show, .everybody) { call in
            try await show(group(call), call.viewer)
        }
        routes.serveGroups(API.Groups.showByID, .everybody) { call in
            let id = GroupID(try call.id("id"))
            return try await show(community.group(id, for: call.viewer), call.viewer)
        }
        routes.serveGroups(API.Groups.members, .everybody) { call in
            call.body.requesters == true
                ? try await requests(call) : try await members(call)
        }
        routes.serveGroups(API.Groups.requests, .member) { call in try await requests(call) }
        routes.serveGroups(API.Groups.mentionable, .member) { call in
            var reply = MentionableReply()
            reply.mentionable = try await group(call).isMentionable(by: call.viewer)
            return reply
        }
        routes.serveGroups(API.Groups.messageable, .member) { call in
            var reply = MessageableReply()
            reply.messageable = try await group(call).isMessageable(by: call.viewer)
            return reply
        }
        routes.serveGroups(API.Groups.logs, .member) { call in try await logs(call) }
        addActivity(to: routes)
    }

    private func addActivity(to routes: RouteTable) {
        routes.serveGroups(API.Groups.posts, .everybody) { call in
            try await posts(call, mentioning: false)
        }
        routes.serveGroups(API.Groups.mentions, .everybody) { call in
            try await posts(call, mentioning: true)
        }
        routes.serveGroups(API.Groups.topics, .everybody) { call in try await topics(call) }
        // Discourse's own address of the same list.
        let list = Endpoint<ForumAPI.TopicListQuery, TopicListReply>(.get, "/topics/groups/{name}")
        routes.serve(list, .everybody) { call in try await topics(call) }
    }

    /// By name; by number where no group has such a name.
    private func group<Body>(_ call: Call<Body>) async throws -> Forum.Group {
        let name = try call.requiredText("name")
        do {
            return try await community.group(named: name, for: call.viewer)
        } catch let error as ForumError where error.code == .notFound && Int64(name) != nil {
            return try await community.group(idOrName: name, for: call.viewer)
        }
    }

    private func show(_ group: Forum.Group, _ viewer: Viewer) async throws -> GroupReply {
        let details = try await community.groupDetails(group, for: viewer)
        return GroupPresenter.detail(group, details, viewer: viewer)
    }

    private func list(_ call: Call<GroupListRequest>) async throws -> GroupListReply {
        let body = call.body
        var query = GroupListQuery()
        var address = body.type.map { "&type=\(percentEncoded($0))" } ?? ""
        if let type = body.type, !type.isEmpty {
            guard let known = GroupListQuery.Kind(rawValue: type) else {
                throw ForumError(.malformed, "type is not known: \(type)", field: "type")
            }
            query.type = known
        }
        if let username = body.username, !username.isEmpty {
            guard let user = try await community.user(named: username) else {
                throw ForumError.notFound
            }
            query.member = user.id
            address += "&username=\(percentEncoded(username))"
        }
        if let filter = body.filter, !filter.isEmpty {
            query.text = filter
            address += "&filter=\(percentEncoded(filter))"
        }
        if let order = body.order.flatMap({ GroupListQuery.Order(rawValue: $0) }) {
            query.order = order
            query.isAscending = body.asc ?? false
            address += "&order=\(order.rawValue)&asc=\(query.isAscending)"
        }
        let page = min(max(body.page ?? 0, 0), 100_000)
        query.offset = page * query.limit
        let (groups, total) = try await community.groupList(query, for: call.viewer)
        var reply = GroupListReply()
        reply.groups = groups.map { GroupPresenter.body($0, viewer: call.viewer, isListed: true) }
        reply.extras.typeFilters = Self.filters(call.viewer, ofUser: query.member != nil)
        reply.totalRowsGroups = total
        reply.loadMoreGroups = "/groups?page=\(page + 1)\(address)"
        return reply
    }

    private static func filters(_ viewer: Viewer, ofUser: Bool) -> [String] {
        let own = viewer.principal != nil && !ofUser ? ["my", "owner"] : []
        return own + ["public", "close"] + (viewer.isStaff ? ["automatic"] : [])
    }

    private func members(_ call: Call<GroupMembersQuery>) async throws -> GroupMembersReply {
        let group = try await group(call)
        guard group.canSeeMembers else { throw ForumError.forbidden }
        var query = GroupMemberListQuery()
        query.limit = try Self.limit(call.body)
        query.offset = max(call.body.offset ?? 0, 0)
        query.text = call.body.filter
        if let order = call.body.order.flatMap({ GroupMemberListQuery.Order(rawValue: $0) }) {
            query.order = order
            query.isAscending = call.body.asc ?? !(call.body.desc ?? false)
        }
        let (members, total) = try await community.members(of: group, query, for: call.viewer)
        let owners = try await community.owners(of: group, for: call.viewer)
        var reply = GroupMembersReply()
        reply.members = members.map { GroupPresenter.member($0) }
        reply.owners = owners.map { GroupPresenter.member($0) }
        reply.meta.total = total
        reply.meta.limit = query.limit
        reply.meta.offset = query.offset
        return reply
    }

    private func requests(_ call: Call<GroupMembersQuery>) async throws -> GroupMembersReply {
        let limit = try Self.limit(call.body)
        let offset = max(call.body.offset ?? 0, 0)
        let (requests, total) = try await community.requests(
            for: group(call),
            limit: limit,
            offset: offset,
            by: call.principal
        )
        var reply = GroupMembersReply()
        reply.members = requests.map { GroupPresenter.requester($0) }
        reply.meta.total = total
        reply.meta.limit = limit
        reply.meta.offset = offset
        return reply
    }

    private static func limit(_ query: GroupMembersQuery) throws(ForumError) -> Int {
        let limit = query.limit ?? Forum.Limits.groupMembersPerPage
        guard (0...Forum.Limits.groupMembersPerPageMax).contains(limit) else {
            throw ForumError(
                .malformed,
                "limit must be from 0 to \(Forum.Limits.groupMembersPerPageMax).",
                field: "limit"
            )
        }
        return max(1, limit)
    }

    private func logs(_ call: Call<GroupLogsQuery>) async throws -> GroupLogsReply {
        var query = GroupLogQuery()
        query.page = call.body.offset ?? 0
        let filters = call.body.filters
        if let name = filters?.action, !name.isEmpty {
            guard let action = GroupLog.Action(name: name) else {
                throw ForumError(.malformed, "action is not known: \(name)", field: "filters")
            }
            query.action = action
        }
        query.actor = filters?.actingUser
        query.target = filters?.targetUser
        query.subject = filters?.subject
        let (logs, isAll) = try await community.logs(of: group(call), query, by: call.principal)
        var reply = GroupLogsReply()
        reply.logs = logs.map { GroupPresenter.log($0) }
        reply.allLoaded = isAll
        return reply
    }

    private func posts(
        _ call: Call<GroupPostsQuery>,
        mentioning: Bool
    ) async throws -> GroupPostsReply {
        let posts = try await community.posts(
            of: group(call),
            mentioning: mentioning,
            before: call.body.beforePostID.map { PostID(Int64($0)) },
            for: call.viewer
        )
        var reply = GroupPostsReply()
        reply.posts = posts.map { GroupPresenter.post($0) }
        return reply
    }

    private func topics(_ call: Call<ForumAPI.TopicListQuery>) async throws -> TopicListReply {
        let group = try await group(call)
        guard group.canSeeMembers else { throw ForumError.forbidden }
        var query = Forum.TopicListQuery(.byGroup(group.id))
        query.page = min(max(call.body.page ?? 0, 0), 100_000)
        let page = try await community.topicList(query, for: call.viewer)
        return TopicListPresenter.reply(
            page,
            .init(path: "/topics/groups/\(percentEncoded(group.name))"),
            viewer: call.viewer
        )
    }
}

extension RouteTable {
    /// Serves what is below `/groups` also below `/g`, its newer name.
    func serveGroups<Body, Reply>(
        _ endpoint: Endpoint<Body, Reply>,
        _ policy: RoutePolicy,
        _ handler: @escaping @Sendable (Call<Body>) async throws -> Reply
    ) {
        serve(endpoint, policy, handler)
        let path = "/g" + endpoint.path.dropFirst("/groups".count)
        serve(Endpoint<Body, Reply>(endpoint.method, path), policy, handler)
    }
}
