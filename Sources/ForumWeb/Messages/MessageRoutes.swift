import Forum
import ForumAPI

/// Messages between people: the boxes they lie in, who reads them.
struct MessageRoutes: Sendable {
    let community: Community

    private typealias ListCall = Call<ForumAPI.TopicListQuery>

    func add(to routes: RouteTable) {
        addBoxes(to: routes)
        addGroupBoxes(to: routes)
        addReaders(to: routes)
        routes.serve(API.Messages.putAway, .member) { call in
            var reply = ArchiveMessageReply()
            reply.groupName = try await community.setArchived(
                true,
                message: call.topicID(),
                by: call.principal
            )
            return reply
        }
        routes.serve(API.Messages.bringBack, .member) { call in
            var reply = ArchiveMessageReply()
            reply.groupName = try await community.setArchived(
                false,
                message: call.topicID(),
                by: call.principal
            )
            return reply
        }
        routes.serve(API.Messages.convert, .member) { call in try await convert(call) }
    }

    private func addBoxes(to routes: RouteTable) {
        let boxes: [(Endpoint<ForumAPI.TopicListQuery, TopicListReply>, Box)] = [
            (API.Messages.inbox, .inbox), (API.Messages.sent, .sent),
            (API.Messages.unread, .unread), (API.Messages.new, .new),
            (API.Messages.archived, .archive),
        ]
        for (endpoint, box) in boxes {
            routes.serve(endpoint, .member) { call in
                try await list(call, box, path: endpoint.path)
            }
        }
    }

    private typealias Box = Forum.TopicListQuery.MessageBox

    private func addGroupBoxes(to routes: RouteTable) {
        let boxes:
            [(
                Endpoint<ForumAPI.TopicListQuery, TopicListReply>,
                @Sendable (GroupID) -> Box
            )] = [
                (API.Messages.group, { .group($0) }),
                (API.Messages.groupUnread, { .groupUnread($0) }),
                (API.Messages.groupNew, { .groupNew($0) }),
                (API.Messages.groupArchived, { .groupArchive($0) }),
            ]
        for (endpoint, box) in boxes {
            routes.serve(endpoint, .member) { call in
                let group = try await community.group(
                    named: call.requiredText("group_name"),
                    for: call.viewer
                )
                return try await list(call, box(group.id), path: endpoint.path, group)
            }
        }
    }

    private func list(
        _ call: ListCall,
        _ box: Box,
        path: String,
        _ group: Forum.Group? = nil
    ) async throws -> TopicListReply {
        guard let user = try await community.user(named: call.requiredText("username")) else {
            throw ForumError.notFound
        }
        var query = Forum.TopicListQuery(.messages(box, of: user.id))
        query.page = min(max(call.body.page ?? 0, 0), 100_000)
        let page = try await community.topicList(query, for: call.viewer)
        let audiences = try await community.audiences(of: page)
        let address =
            path
            .replacing("{username}", with: percentEncoded(user.username.lowercased()))
            .replacing("{group_name}", with: percentEncoded(group?.name ?? ""))
        var reply = TopicListPresenter.reply(page, .init(path: address), viewer: call.viewer)
        MessagePresenter.add(audiences, to: &reply, viewer: call.viewer)
        return reply
    }

    private func addReaders(to routes: RouteTable) {
        routes.serve(API.Messages.invite, .member) { call in
            guard let name = call.body.user ?? call.body.email, !name.isEmpty else {
                throw WireError.missing(parameter: "user")
            }
            var reply = InvitedUserReply()
            reply.user = UserPresenter.basic(
                try await community.invite(name, to: call.topicID(), by: call.principal)
            )
            return reply
        }
        routes.serve(API.Messages.inviteGroup, .member) { call in
            let group = try await community.inviteGroup(
                named: call.body.group,
                to: call.topicID(),
                telling: call.body.shouldNotify ?? true,
                by: call.principal
            )
            return InvitedGroupReply(
                group: GroupReferenceBody(id: Int(group.id.value), name: group.name)
            )
        }
        routes.serve(API.Messages.inviteNotify, .member) { call in
            try await community.pointPeople(
                named: call.body.usernames,
                to: call.topicID(),
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.Messages.removeUser, .member) { call in
            try await community.removeReader(
                named: call.body.username,
                from: call.topicID(),
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.Messages.removeGroup, .member) { call in
            try await community.removeReaders(
                ofGroupNamed: call.body.name,
                from: call.topicID(),
                by: call.principal
            )
            return SuccessReply()
        }
    }

    private func convert(_ call: Call<ConvertTopicRequest>) async throws -> ConvertTopicReply {
        let topic: TopicAccess
        switch try call.requiredText("type") {
        case "private":
            topic = try await community.convertToMessage(call.topicID(), by: call.principal)
        case "public":
            topic = try await community.convertToTopic(
                call.topicID(),
                category: call.body.categoryID.map { CategoryID(Int64($0)) },
                by: call.principal
            )
        default: throw ForumError.notFound
        }
        var reply = ConvertTopicReply()
        reply.url = "/t/\(topic.slug)/\(topic.id)"
        return reply
    }
}
