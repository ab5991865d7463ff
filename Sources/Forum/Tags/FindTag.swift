package import Postgres

extension Community {
    /// The tags that the viewer may know of, the most used first, with the number of topics that
    /// the viewer may read.
    package func tags(for viewer: Viewer) async throws(PostgresError) -> [Tag] {
        guard settings.current.taggingEnabled else { return [] }
        return try await database.all(TagQueries.tags(for: viewer))
    }

    /// - Throws: `.notFound` also for a tag that stands only on topics the viewer may not read.
    package func tag(named name: String, for viewer: Viewer) async throws -> Tag {
        // Imported tags may be longer than the site's setting now allows.
        let key = TagRules.cleaned(name, maximum: 100)
        guard settings.current.taggingEnabled, !key.isEmpty else { throw ForumError.notFound }
        let tag: Tag? = try await database.first(TagQueries.tag(nameKey: key, for: viewer))
        guard let tag else { throw ForumError.notFound }
        return tag
    }
}
