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
    case categoryChanged = "category_updated"
    case userCreated = "user_created"
    case reviewableChanged = "reviewable_updated"
}
