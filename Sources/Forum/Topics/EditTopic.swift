import Markup
import Postgres

extension Community {
    /// Changes title, category or tags of a topic; what is `nil` stays.
    ///
    /// - Throws: `ForumError`: `.invalid`, `.notFound`, `.forbidden`.
    package func editTopic(
        _ id: TopicID,
        title: String? = nil,
        categoryID: CategoryID? = nil,
        tags: [String]? = nil,
        by principal: Principal
    ) async throws {
        let viewer = Viewer.member(principal)
        let now = clock()
        let answers = try await database.batch([
            TopicQueries.access(id, for: viewer),
            CreateTopicQueries.place(categoryID ?? .uncategorized, for: viewer),
            TopicQueries.tags(of: [id], for: viewer),
        ])
        guard let topic = try answers[0].first(TopicAccess.self) else { throw ForumError.notFound }
        let permitted = try principal.may(
            .editingTopic(settings.current, now: now),
            topic
        )
        var edit = TopicEdit(modifications: "{}", now: now)
        if let categoryID, categoryID != topic.categoryID {
            guard topic.archetype == .regular, let row = answers[1].first else {
                throw ForumError.notFound
            }
            let place = try TopicPlace(categoryID: categoryID, from: row)
            _ = try principal.may(.creatingTopic, place)
            edit.categoryID = categoryID
        }
        if let title {
            try setTitle(PostText.cleanedTitle(title), of: topic, in: &edit)
        }
        // Tags that are hidden from the editor stay: this list does not have them.
        let present = try answers[2].decode(TaggedTopic.self).map(\.tag)
        let oldTags = present.map(\.name)
        let newTags = tags.flatMap { $0.sorted() == oldTags.sorted() ? nil : $0 }
        edit.modifications = Self.modifications(topic, edit, oldTags: oldTags, newTags: newTags)
        guard edit.title != nil || edit.categoryID != nil || newTags != nil else { return }
        let prepared = edit
        try await database.transaction { transaction in
            var edit = prepared
            if let newTags {
                edit.replacedTagIDs = present.map(\.id)
                edit.tagIDs = try await resolveTags(
                    newTags,
                    by: principal,
                    category: edit.categoryID ?? topic.categoryID,
                    present: edit.categoryID == nil ? present : [],
                    in: transaction
                ).map(\.id)
            }
            _ = try await transaction.batch(EditTopicQueries.edit(permitted, edit))
        }
        signals.committed(.topic(id), .site)
    }

    private func setTitle(
        _ title: String,
        of topic: TopicAccess,
        in edit: inout TopicEdit
    ) throws(ForumError) {
        guard title != topic.title else { return }
        let settings = settings.current
        try PostText.refuse([
            PostText.problem(
                title: title,
                minimum: topic.archetype == .message
                    ? settings.minPersonalMessageTitleLength : settings.minTopicTitleLength,
                settings
            )
        ])
        edit.title = title
        edit.fancyTitle = Escape.html(title)
        edit.slug = Slug.make(title)
    }

    /// As `post_revisions.modifications` keeps it.
    private static func modifications(
        _ topic: TopicAccess,
        _ edit: TopicEdit,
        oldTags: [String],
        newTags: [String]?
    ) -> String {
        var fields: [String] = []
        if let title = edit.title {
            fields.append(
                "\"title\":[\(JSONText.string(topic.title)),\(JSONText.string(title))]"
            )
        }
        if let category = edit.categoryID {
            fields.append("\"category_id\":[\(topic.categoryID?.value ?? 0),\(category)]")
        }
        if let newTags {
            let before = oldTags.map { JSONText.string($0) }.joined(separator: ",")
            let after = newTags.map { JSONText.string($0.cleanedOfNUL) }.joined(separator: ",")
            fields.append("\"tags\":[[\(before)],[\(after)]]")
        }
        return "{\(fields.joined(separator: ","))}"
    }
}
