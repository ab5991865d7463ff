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
        if event == .postCreated {
            messages += LiveQueries.publishUnread(of: topic, data: unread(entry, topic))
        }
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
        "archetype":"regular","tags":\(entry.tags)}}
        """
    }

    private static func unread(_ entry: OutboxEntry, _ topic: TopicID) -> String {
        """
        {"topic_id":\(topic),"message_type":"unread","payload":{\
        "highest_post_number":\(entry.highestPostNumber ?? 0),\
        "updated_at":\(JSONText.optional(entry.postUpdatedAt?.iso8601)),\
        "created_at":\(JSONText.optional(entry.topicCreatedAt?.iso8601)),\
        "category_id":\(JSONText.optional(entry.categoryID?.value)),\
        "archetype":"regular","tags":\(entry.tags)}}
        """
    }

    private static func new(_ entry: OutboxEntry, _ topic: TopicID) -> String {
        """
        {"topic_id":\(topic),"message_type":"new_topic","payload":{\
        "last_read_post_number":null,"highest_post_number":1,\
        "created_at":\(JSONText.optional(entry.topicCreatedAt?.iso8601)),\
        "category_id":\(JSONText.optional(entry.categoryID?.value)),\
        "archetype":"regular","created_in_new_period":true,"tags":\(entry.tags)}}
        """
    }
}
