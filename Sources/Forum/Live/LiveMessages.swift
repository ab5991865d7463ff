import Postgres

/// The live messages of an event, with Discourse's channels and payloads.
enum LiveMessages {
    static func created(_ entry: OutboxEntry, _ event: Event) -> [SQL] {
        guard let topic = entry.topicID else { return [] }
        var messages = changed(entry, "created")
        guard entry.archetype == "regular" else { return messages }
        messages += LiveQueries.publish(
            channel: "/latest",
            data: latest(entry, topic),
            to: .readers(topic),
            about: topic
        )
        if event == .postCreated { messages += replied(entry, topic) }
        if event == .topicCreated {
            messages += LiveQueries.publish(
                channel: "/new",
                data: new(entry, topic),
                to: .readers(topic),
                about: topic
            )
        }
        return messages
    }

    /// Tells those who follow a topic that there is more of it to read, and those whose list of topics
    /// would hide or show it by a choice of their own.
    private static func replied(_ entry: OutboxEntry, _ topic: TopicID) -> [SQL] {
        [
            LiveQueries.publish(
                channel: "/latest",
                data: choice("muted"),
                toPeople: LivePeopleQueries.muting,
                about: topic
            ),
            LiveQueries.publish(
                channel: "/latest",
                data: choice("unmuted"),
                toPeople: LivePeopleQueries.followingDespiteMute,
                about: topic
            ),
            LiveQueries.publish(
                channel: "/unread",
                data: "\(unread(entry, topic))::jsonb",
                toPeople: LivePeopleQueries.following(butNot: entry.authorID),
                about: topic
            ),
        ]
    }

    private static func choice(_ type: String) -> SQL {
        "jsonb_build_object('topic_id', t.id, 'message_type', \(type)::text)"
    }

    /// Tells those who read the topic that one of its posts is new or changed.
    static func changed(_ entry: OutboxEntry, _ type: String) -> [SQL] {
        guard let topic = entry.topicID, let post = entry.postID else { return [] }
        let data = """
            {"id":\(post),"post_number":\(entry.postNumber ?? 0),\
            "updated_at":\(JSONText.optional(entry.postUpdatedAt?.iso8601)),\
            "user_id":\(JSONText.optional(entry.authorID?.value)),\
            "last_editor_id":\(JSONText.optional(entry.lastEditorID?.value)),\
            "type":\(JSONText.string(type)),"version":\(entry.version ?? 1)}
            """
        return LiveQueries.publish(
            channel: "/topic/\(topic)",
            data: data,
            to: .readers(topic),
            about: topic
        )
    }

    static func ofTopic(_ entry: OutboxEntry, _ type: String) -> [SQL] {
        guard let topic = entry.topicID else { return [] }
        let data = #"{"topic_id":\#(topic),"message_type":"\#(type)"}"#
        return LiveQueries.publish(
            channel: "/\(type)",
            data: data,
            to: .readers(topic),
            about: topic
        )
            + LiveQueries.publish(
                channel: "/topic/\(topic)",
                data: #"{"reload_topic":true}"#,
                to: .readers(topic),
                about: topic
            )
    }

    /// Tells the other programs of whoever wants to be told no more of some topics.
    static func dismissed(_ topics: [TopicID], _ type: String, by principal: Principal) -> [SQL] {
        guard !topics.isEmpty else { return [] }
        let list = topics.map(\.description).joined(separator: ",")
        return LiveQueries.publish(
            on: .unread,
            of: principal.id,
            data: #"{"message_type":"\#(type)","payload":{"topic_ids":[\#(list)]}}"#
        )
    }

    /// Tells the other programs of whoever chose it.
    static func levelChanged(
        _ level: NotificationLevel,
        of topic: TopicID,
        for principal: Principal
    ) -> [SQL] {
        LiveQueries.publish(
            channel: "/topic/\(topic)",
            data: """
                {"notification_level_change":\(level.rawValue),\
                "notifications_reason_id":\(NotificationReason.userChanged.rawValue)}
                """,
            to: .users([principal.id.value]),
            about: topic
        )
    }

    /// Whoever has the topic open asks for it again, if they still may.
    static func reload(_ entry: OutboxEntry) -> [SQL] {
        guard let topic = entry.topicID else { return [] }
        return LiveQueries.publish(
            channel: "/topic/\(topic)",
            data: #"{"reload_topic":true}"#,
            to: .readers(topic),
            about: topic
        )
    }

    /// Carries nothing but that something changed: whoever cares asks for what they may see.
    static func siteChanged() -> [SQL] {
        LiveQueries.publish(channel: "/site", data: "{}", to: .everybody, about: nil)
    }

    private static func latest(_ entry: OutboxEntry, _ topic: TopicID) -> String {
        """
        {"topic_id":\(topic),"message_type":"latest","payload":{\
        "bumped_at":\(JSONText.optional(entry.bumpedAt?.iso8601)),\
        "category_id":\(JSONText.optional(entry.categoryID?.value)),\
        "archetype":"regular","tags":\(entry.tags),"topic_tag_ids":\(entry.tagIDs)}}
        """
    }

    private static func unread(_ entry: OutboxEntry, _ topic: TopicID) -> String {
        """
        {"topic_id":\(topic),"message_type":"unread","payload":{\
        "highest_post_number":\(entry.highestPostNumber ?? 0),\
        "updated_at":\(JSONText.optional(entry.postUpdatedAt?.iso8601)),\
        "created_at":\(JSONText.optional(entry.topicCreatedAt?.iso8601)),\
        "category_id":\(JSONText.optional(entry.categoryID?.value)),\
        "archetype":"regular","tags":\(entry.tags),"topic_tag_ids":\(entry.tagIDs)}}
        """
    }

    private static func new(_ entry: OutboxEntry, _ topic: TopicID) -> String {
        """
        {"topic_id":\(topic),"message_type":"new_topic","payload":{\
        "last_read_post_number":null,"highest_post_number":1,\
        "created_at":\(JSONText.optional(entry.topicCreatedAt?.iso8601)),\
        "category_id":\(JSONText.optional(entry.categoryID?.value)),\
        "archetype":"regular","created_in_new_period":true,"tags":\(entry.tags),"topic_tag_ids":\(entry.tagIDs)}}
        """
    }
}
