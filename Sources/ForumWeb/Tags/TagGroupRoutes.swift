import Forum
import ForumAPI

/// Groups of tags, kept by staff.
struct TagGroupRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.TagGroups.list, .member) { call in
            let groups = try await community.tagGroups(by: call.principal)
            return TagGroupListReply(tagGroups: groups.map { TagPresenter.group($0) })
        }
        routes.serve(API.TagGroups.show, .member) { call in
            let group = try await community.tagGroup(try Self.id(call), by: call.principal)
            return TagGroupReply(tagGroup: TagPresenter.group(group))
        }
        routes.serve(API.TagGroups.create, .member) { call in
            let group = try await community.createTagGroup(
                Self.fields(call.body),
                by: call.principal
            )
            return TagGroupReply(tagGroup: TagPresenter.group(group))
        }
        routes.serve(API.TagGroups.update, .member) { call in
            let group = try await community.updateTagGroup(
                try Self.id(call),
                Self.fields(call.body),
                by: call.principal
            )
            return TagGroupReply(
                success: "OK",
                tagGroup: TagPresenter.group(group, withNames: true)
            )
        }
        routes.serve(API.TagGroups.delete, .member) { call in
            try await community.deleteTagGroup(try Self.id(call), by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.TagGroups.search, .everybody) { call in
            let groups = try await community.searchTagGroups(
                call.body.query ?? "",
                for: call.viewer,
                limit: call.body.limit ?? 5
            )
            return TagGroupSearchReply(
                results: groups.map { group in
                    var body = TagPresenter.group(group, withNames: true)
                    // Who may use them is for those to know who decide it.
                    if !call.viewer.isStaff { body.permissions = [:] }
                    return body
                }
            )
        }
    }

    private static func id<Body>(_ call: Call<Body>) throws(ForumError) -> TagGroupID {
        TagGroupID(try call.id("tag_group_id"))
    }

    private static func fields(_ body: TagGroupRequest) -> TagGroupFields {
        var fields = TagGroupFields()
        fields.name = body.name
        fields.tagNames = body.tagNames ?? body.tags?.map(\.name)
        if let parent = body.parentTagName ?? body.parentTag?.map(\.name) {
            fields.parentTagName = parent.first ?? ""
        }
        fields.isOnePerTopic = body.onePerTopic
        fields.permissions = body.permissions
        return fields
    }
}
