import Markup
package import Postgres

extension Community {
    /// The tags of a topic that is written in `transaction`: cleaned, without repetition, made when
    /// new. As in Discourse, what is beyond the limit, and new names of those who may make no tags,
    /// are left out.
    ///
    /// - Returns: In the order of `names`.
    package func resolveTags(
        _ names: [String],
        by principal: Principal,
        in transaction: some Querying
    ) async throws(PostgresError) -> [TagName] {
        let settings = settings.current
        guard settings.taggingEnabled, settings.maxTagsPerTopic > 0 else { return [] }
        var wanted: [String] = []
        for name in names.prefix(100) {
            let name = TagRules.cleaned(name, maximum: settings.maxTagLength)
            if !name.isEmpty, !wanted.contains(name) { wanted.append(name) }
        }
        guard !wanted.isEmpty else { return [] }
        let mayCreate = principal.mayCreateTags(settings)
        var found: [TagName]
        if mayCreate {
            wanted = Array(wanted.prefix(settings.maxTagsPerTopic))
            found = try await transaction.all(TagQueries.named(wanted))
            let missing = wanted.filter { name in !found.contains { $0.name == name } }
            if !missing.isEmpty {
                let slugs = missing.map { TagRules.slug($0) }
                let answers = try await transaction.batch([
                    TagQueries.create(missing, slugs: slugs),
                    TagQueries.named(wanted),
                ])
                found = try answers[1].decode()
            }
        } else {
            found = try await transaction.all(TagQueries.usable(wanted, by: principal))
        }
        let byName = Dictionary(
            found.map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return Array(wanted.compactMap { byName[$0] }.prefix(settings.maxTagsPerTopic))
    }
}

extension TagRules {
    /// The name in an address; names without Latin letters keep themselves.
    static func slug(_ name: String) -> String {
        let slug = Slug.make(name)
        return slug == "topic" && name != "topic" ? name : slug
    }
}
