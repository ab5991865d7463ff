import Forum
import ForumAPI
import Postgres

enum EventPresenter {
    static func body(
        _ event: CalendarEvent,
        includesDetails: Bool,
        now: Timestamp
    ) -> EventBody {
        var body = EventBody()
        body.id = Int(event.postID.value)
        body.categoryID = event.categoryID.map { Int($0.value) }
        body.name = event.name
        body.startsAt = event.startsAt.iso8601
        body.endsAt = event.endsAt?.iso8601
        body.timezone = event.timezone
        body.allDay = event.isAllDay
        body.post = post(event)
        body.occurrences = [
            EventOccurrenceBody(
                startsAt: event.startsAt.iso8601,
                endsAt: event.endsAt?.iso8601
            )
        ]
        body.isClosed = event.isClosed
        body.isExpired = event.lastsUntil < now
        body.isOngoing = event.startsAt <= now && now <= event.lastsUntil
        body.isPrivate = event.status == "private"
        body.isPublic = event.status == "public"
        body.isStandalone = event.status == "standalone"
        body.status = event.status
        body.location = event.location
        body.url = event.url
        guard includesDetails else { return body }
        body.creator = EventCreatorBody(
            id: Int(event.creator.id.value),
            username: event.creator.username,
            name: event.creator.name,
            avatarTemplate: AvatarTemplate.make(event.creator.username)
        )
        return body
    }

    private static func post(_ event: CalendarEvent) -> EventPostBody {
        var topic = EventTopicBody()
        topic.id = Int(event.topicID.value)
        topic.title = event.topicTitle
        topic.slug = event.topicSlug
        topic.tags = event.tags
        var post = EventPostBody()
        post.id = Int(event.postID.value)
        post.postNumber = event.postNumber
        post.url = "/t/\(event.topicSlug)/\(event.topicID)/\(event.postNumber)"
        post.categorySlug = event.categorySlug ?? ""
        post.topic = topic
        return post
    }
}
