/// Groups: who is given permission together. Also under `/g/…`.
extension API {
    package enum Groups {
        package static let list = Endpoint<GroupListRequest, GroupListReply>(.get, "/groups")
        package static let search = Endpoint<GroupSearchRequest, [GroupBody]>(
            .get,
            "/groups/search"
        )
        package static let checkName = Endpoint<GroupNameRequest, GroupNameReply>(
            .get,
            "/groups/check-name"
        )
        package static let show = Endpoint<NoBody, GroupReply>(.get, "/groups/{name}")
        package static let showByID = Endpoint<NoBody, GroupReply>(.get, "/groups/by-id/{id}")
        package static let create = Endpoint<GroupChangeRequest, CreatedGroupReply>(
            .post,
            "/admin/groups"
        )
        package static let update = Endpoint<GroupChangeRequest, SuccessReply>(.put, "/groups/{id}")
        package static let delete = Endpoint<NoBody, SuccessReply>(.delete, "/admin/groups/{id}")
        package static let members = Endpoint<GroupMembersQuery, GroupMembersReply>(
            .get,
            "/groups/{name}/members"
        )
        package static let addMembers = Endpoint<GroupMembersRequest, GroupMembersAddedReply>(
            .put,
            "/groups/{id}/members"
        )
        package static let removeMembers = Endpoint<GroupMembersRequest, GroupMembersRemovedReply>(
            .delete,
            "/groups/{id}/members"
        )
        package static let addOwners = Endpoint<GroupMembersRequest, GroupMembersAddedReply>(
            .put,
            "/groups/{id}/owners"
        )
        package static let removeOwners = Endpoint<GroupMembersRequest, SuccessReply>(
            .delete,
            "/groups/{id}/owners"
        )
        package static let join = Endpoint<NoBody, GroupMembersAddedReply>(
            .put,
            "/groups/{id}/join"
        )
        package static let leave = Endpoint<NoBody, GroupMembersRemovedReply>(
            .delete,
            "/groups/{id}/leave"
        )
        package static let requestMembership = Endpoint<
            MembershipRequest, MembershipRequestedReply
        >(.post, "/groups/{name}/request_membership")
        package static let requests = Endpoint<GroupMembersQuery, GroupMembersReply>(
            .get,
            "/groups/{name}/requests"
        )
        package static let decideRequest = Endpoint<MembershipDecision, SuccessReply>(
            .put,
            "/groups/{id}/handle_membership_request"
        )
        package static let setLevel = Endpoint<GroupLevelRequest, SuccessReply>(
            .post,
            "/groups/{name}/notifications"
        )
        package static let posts = Endpoint<GroupPostsQuery, GroupPostsReply>(
            .get,
            "/groups/{name}/posts"
        )
        package static let mentions = Endpoint<GroupPostsQuery, GroupPostsReply>(
            .get,
            "/groups/{name}/mentions"
        )
        package static let topics = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/groups/{name}/topics"
        )
        package static let logs = Endpoint<GroupLogsQuery, GroupLogsReply>(
            .get,
            "/groups/{name}/logs"
        )
        package static let mentionable = Endpoint<NoBody, MentionableReply>(
            .get,
            "/groups/{name}/mentionable"
        )
        package static let messageable = Endpoint<NoBody, MessageableReply>(
            .get,
            "/groups/{name}/messageable"
        )
        package static let addUser = Endpoint<AddToGroupRequest, SuccessReply>(
            .post,
            "/admin/users/{user_id}/groups"
        )
        package static let removeUser = Endpoint<NoBody, SuccessReply>(
            .delete,
            "/admin/users/{user_id}/groups/{group_id}"
        )

        static let signatures = [
            list.signature, search.signature, checkName.signature, show.signature,
            showByID.signature, create.signature, update.signature, delete.signature,
            members.signature, addMembers.signature, removeMembers.signature, addOwners.signature,
            removeOwners.signature, join.signature, leave.signature, requestMembership.signature,
            requests.signature, decideRequest.signature, setLevel.signature, posts.signature,
            mentions.signature, topics.signature, logs.signature, mentionable.signature,
            messageable.signature, addUser.signature, removeUser.signature,
        ]
    }
}
