/// What happened, recorded in the transaction that made it happen.
///
/// The raw values stand in the `outbox` table: a case may be added, never renamed.
package enum Event: String, Sendable, CaseIterable {
    case topicCreated = "topic_created"
    case topicEdited = "topic_edited"
    case topicDeleted = "topic_destroyed"
    case topicRecovered = "topic_recovered"
    case postCreated = "post_created"
    case postEdited = "post_edited"
    case postDeleted = "post_destroyed"
    case postRecovered = "post_recovered"
    case postLiked = "post_liked"
    case postUnliked = "post_unliked"
    case pollChanged = "poll_changed"
    case solutionAccepted = "accepted_solution"
    case solutionWithdrawn = "unaccepted_solution"
    case postsMoved = "posts_moved"
    case categoryChanged = "category_updated"
    case userCreated = "user_created"
    case groupCreated = "group_created"
    case groupUpdated = "group_updated"
    case groupDestroyed = "group_destroyed"
    case userAddedToGroup = "user_added_to_group"
    case userRemovedFromGroup = "user_removed_from_group"
    /// The owners of a group have a message of somebody who wants to be let in.
    case membershipRequested = "membership_requested"
    /// Who may read a message is not who it was.
    case messageReadersChanged = "message_readers_changed"
    case avatarChanged = "avatar_changed"
    /// Notices were taken back from people who are here.
    case noticesWithdrawn = "notices_withdrawn"
    case reviewableChanged = "reviewable_updated"
    /// Something that webhooks alone are told of; a trigger wrote it.
    case webHook = "web_hook"
}
