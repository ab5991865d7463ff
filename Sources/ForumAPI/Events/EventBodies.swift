/// An event of the calendar (Discourse's plugin "calendar").
package struct EventBody: Codable, Sendable, Equatable {
    /// That of its post.
    package var id: Int = 0
    package var categoryID: Int?
    package var name: String?
    package var recurrence: String?
    package var recurrenceUntil: String?
    package var startsAt: String?
    package var endsAt: String?
    package var showLocalTime: Bool = false
    package var timezone: String?
    package var allDay: Bool = false
    package var post = EventPostBody()
    package var occurrences: [EventOccurrenceBody] = []
    package var canActOnDiscoursePostEvent: Bool = false
    package var canUpdateAttendance: Bool = false
    package var isClosed: Bool = false
    package var isExpired: Bool = false
    package var isOngoing: Bool = false
    package var isPrivate: Bool = false
    package var isPublic: Bool = true
    package var isStandalone: Bool = false
    package var shouldDisplayInvitees: Bool = false
    package var status: String = "public"
    package var location: String?
    package var atCapacity: Bool = false
    package var maxAttendees: Int?
    @IfPresent package var url: String?
    /// With `include_details`.
    @IfPresent package var creator: EventCreatorBody?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case categoryID = "category_id"
        case name
        case recurrence
        case recurrenceUntil = "recurrence_until"
        case startsAt = "starts_at"
        case endsAt = "ends_at"
        case showLocalTime = "show_local_time"
        case timezone
        case allDay = "all_day"
        case post
        case occurrences
        case canActOnDiscoursePostEvent = "can_act_on_discourse_post_event"
        case canUpdateAttendance = "can_update_attendance"
        case isClosed = "is_closed"
        case isExpired = "is_expired"
        case isOngoing = "is_ongoing"
        case isPrivate = "is_private"
        case isPublic = "is_public"
        case isStandalone = "is_standalone"
        case shouldDisplayInvitees = "should_display_invitees"
        case status
        case location
        case atCapacity = "at_capacity"
        case maxAttendees = "max_attendees"
        case url
        case creator
    }
}

package struct EventPostBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var postNumber: Int = 1
    package var url: String = ""
    package var categorySlug: String = ""
    package var topic = EventTopicBody()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case postNumber = "post_number"
        case url
        case categorySlug = "category_slug"
        case topic
    }
}

package struct EventTopicBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var title: String = ""
    package var tags: [String] = []
    package var tagsDescriptions: [String: String] = [:]
    package var slug: String = ""

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case title
        case tags
        case tagsDescriptions = "tags_descriptions"
        case slug
    }
}

package struct EventOccurrenceBody: Codable, Sendable, Equatable {
    package var startsAt: String?
    package var endsAt: String?

    package init(startsAt: String?, endsAt: String?) {
        self.startsAt = startsAt
        self.endsAt = endsAt
    }

    private enum CodingKeys: String, CodingKey {
        case startsAt = "starts_at"
        case endsAt = "ends_at"
    }
}

package struct EventCreatorBody: Codable, Sendable, Equatable {
    package var id: Int
    package var username: String
    package var name: String?
    package var avatarTemplate: String

    package init(id: Int, username: String, name: String?, avatarTemplate: String) {
        self.id = id
        self.username = username
        self.name = name
        self.avatarTemplate = avatarTemplate
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case username
        case name
        case avatarTemplate = "avatar_template"
    }
}

/// `GET /discourse-post-event/events`.
package struct EventListReply: Codable, Sendable, Equatable {
    package var events: [EventBody]

    package init(events: [EventBody]) { self.events = events }
}

/// The query of both lists of events.
package struct EventListQuery: Codable, Sendable, Equatable {
    package var includeDetails: Bool?
    package var categoryID: Int?
    package var includeSubcategories: Bool?
    package var postID: Int?
    package var attendingUser: String?
    /// ISO 8601.
    package var before: String?
    package var after: String?
    package var includeExpired: Bool?
    /// `asc` or `desc`.
    package var order: String?
    package var limit: Int?

    private enum CodingKeys: String, CodingKey {
        case includeDetails = "include_details"
        case categoryID = "category_id"
        case includeSubcategories = "include_subcategories"
        case postID = "post_id"
        case attendingUser = "attending_user"
        case before
        case after
        case includeExpired = "include_expired"
        case order
        case limit
    }
}

/// The calendar's events.
extension API {
    package enum Events {
        package static let list = Endpoint<EventListQuery, EventListReply>(
            .get,
            "/discourse-post-event/events"
        )

        static let signatures = [list.signature]
    }
}
