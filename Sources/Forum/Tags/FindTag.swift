package import Postgres

extension Community {
    /// The tags that the viewer may know of, the most used first, with the number of topics that
    /// the viewer may read.
    package func tags(for viewer: Viewer) async throws(PostgresError) -> [Tag] {
        guard settings.current.taggingEnabled else { return [] }
        return try await database.all(TagQueries.tags(for: viewer))
    }

    /// - Throws: `.notFound` also for a tag that stands only on topics the viewer may not read, or
    ///   that is hidden from them.
    package func tag(named name: String, for viewer: Viewer) async throws -> Tag {
        // Imported tags may be longer than the site's setting now allows.
        let key = TagRules.cleaned(name, maximum: 100)
        guard settings.current.taggingEnabled, !key.isEmpty else { throw ForumError.notFound }
        let tag: Tag? = try await database.first(TagQueries.tag(nameKey: key, for: viewer))
        guard let tag else { throw ForumError.notFound }
        return tag
    }

    /// The tag of a number, as newer addresses of Discourse name it.
    ///
    /// - Throws: `.notFound` as for names.
    package func tag(_ id: TagID, for viewer: Viewer) async throws -> Tag {
        guard settings.current.taggingEnabled,
            let tag: Tag = try await database.first(TagQueries.tag(id, for: viewer))
        else { throw ForumError.notFound }
        return tag
    }

    /// What stands around a tag: synonyms, groups, categories.
    ///
    /// - Throws: `.notFound`.
    package func tagInfo(_ tag: Tag, for viewer: Viewer) async throws -> TagInfo {
        let answers = try await database.batch([
            TagQueries.synonyms(of: tag.id, for: viewer),
            TagQueries.groupNames(of: tag.id, for: viewer),
            TagQueries.categories(of: tag.id, for: viewer),
        ])
        return TagInfo(
            tag: tag,
            synonyms: try answers[0].decode(TagCardRow.self).map(\.tag),
            groupNames: try answers[1].values(),
            categoryIDs: try answers[2].values()
        )
    }

    /// Tags whose names contain what somebody typed.
    ///
    /// - Parameter category: Only tags that topics there may carry.
    package func searchTags(
        _ text: String,
        for viewer: Viewer,
        excluding names: [String] = [],
        category: CategoryID? = nil,
        limit: Int = 5
    ) async throws -> [Tag] {
        guard settings.current.taggingEnabled else { return [] }
        let typed = String(text.trimmingWhitespace.unicodeScalars.prefix(100).map(Character.init))
        let part = TagRules.cleaned(typed, maximum: 100)
        // A text of nothing but punctuation is in no name.
        guard !part.isEmpty || typed.isEmpty else { return [] }
        return try await database.all(
            TagQueries.search(
                part,
                for: viewer,
                excluding: names.prefix(100).map { TagRules.cleaned($0, maximum: 100) },
                category: category,
                limit: min(max(limit, 1), Limits.tagsFoundMax)
            )
        )
    }

    /// Which tags belong to which categories alone, as far as the viewer may know of both.
    package func tagsByCategory(
        for viewer: Viewer
    ) async throws -> [CategoryID: [TagID]] {
        guard settings.current.taggingEnabled else { return [:] }
        var result: [CategoryID: [TagID]] = [:]
        for row in try await database.query(TagQueries.byCategory(for: viewer)) {
            result[try row.get(0, as: CategoryID.self), default: []].append(try row.get(1))
        }
        return result
    }

    /// The tags of the principal's messages, with how many bear each.
    package func messageTags(
        of principal: Principal
    ) async throws -> [(tag: TagCard, count: Int)] {
        guard settings.current.taggingEnabled else { return [] }
        return try await database.query(TagQueries.ofMessages(for: principal)).map { row in
            (
                TagCard(id: try row.get(0), name: try row.get(1), slug: try row.get(2)),
                try row.get(3, as: Int.self)
            )
        }
    }
}
