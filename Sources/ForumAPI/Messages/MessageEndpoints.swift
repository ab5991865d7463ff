/// Messages between people.
extension API {
    package enum Messages {
        package static let inbox = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/topics/private-messages/{username}"
        )
        package static let sent = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/topics/private-messages-sent/{username}"
        )
        package static let unread = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/topics/private-messages-unread/{username}"
        )
        package static let new = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/topics/private-messages-new/{username}"
        )
        package static let archived = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/topics/private-messages-archive/{username}"
        )
        package static let group = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/topics/private-messages-group/{username}/{group_name}"
        )
        package static let groupUnread = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/topics/private-messages-group/{username}/{group_name}/unread"
        )
        package static let groupNew = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/topics/private-messages-group/{username}/{group_name}/new"
        )
        package static let groupArchived = Endpoint<TopicListQuery, TopicListReply>(
            .get,
            "/topics/private-messages-group/{username}/{group_name}/archive"
        )
        package static let invite = Endpoint<InviteToTopicRequest, InvitedUserReply>(
            .post,
            "/t/{topic_id}/invite"
        )
        package static let inviteGroup = Endpoint<InviteGroupRequest, InvitedGroupReply>(
            .post,
            "/t/{topic_id}/invite-group"
        )
        /// Points people to what they can read anyway.
        package static let inviteNotify = Endpoint<InviteNotifyRequest, SuccessReply>(
            .post,
            "/t/{topic_id}/invite-notify"
        )
        package static let removeUser = Endpoint<RemoveAllowedUserRequest, SuccessReply>(
            .put,
            "/t/{topic_id}/remove-allowed-user"
        )
        package static let removeGroup = Endpoint<RemoveAllowedGroupRequest, SuccessReply>(
            .put,
            "/t/{topic_id}/remove-allowed-group"
        )
        package static let putAway = Endpoint<NoBody, ArchiveMessageReply>(
            .put,
            "/t/{topic_id}/archive-message"
        )
        package static let bringBack = Endpoint<NoBody, ArchiveMessageReply>(
            .put,
            "/t/{topic_id}/move-to-inbox"
        )
        package static let convert = Endpoint<ConvertTopicRequest, ConvertTopicReply>(
            .put,
            "/t/{topic_id}/convert-topic/{type}"
        )

        static let signatures = [
            inbox.signature, sent.signature, unread.signature, new.signature, archived.signature,
            group.signature, groupUnread.signature, groupNew.signature, groupArchived.signature,
            invite.signature, inviteGroup.signature, inviteNotify.signature, removeUser.signature,
            removeGroup.signature,
            putAway.signature, bringBack.signature, convert.signature,
        ]
    }
}
