import Markup
package import Postgres

extension Community {
    /// The tags of a topic that is written in `transaction`: cleaned, without repetition, made when
    /// new, synonyms replaced by what they stand for, parents added. As in Discourse, what is beyond
    /// the limit, and new names of those who may make no tags, are left out.
    ///
    /// - Parameters:
    ///   - category: Whose rules about tags hold.
    ///   - present: Tags that the topic has already: hidden ones stay, and old ones are not asked
    ///     whether they may be added.
    ///   - isChecked: `false` for topics that come from elsewhere with their tags.
    /// - Returns: In the order of `names`.
    /// - Throws: `.invalid` when the tags break a rule of a tag group or of the category.
    package func resolveTags(
        _ names: [String],
        by principal: Principal,
        category: CategoryID? = nil,
        present: [TagCard] = [],
        isChecked: Bool = true,
        in transaction: some Querying
    ) async throws -> [TagName] {
        let settings = settings.current
        guard settings.taggingEnabled, settings.maxTagsPerTopic > 0 else { return [] }
        var wanted: [String] = []
        for name in names.prefix(100) {
            let name = TagRules.cleaned(name, maximum: settings.maxTagLength)
            if !name.isEmpty, !wanted.contains(name) { wanted.append(name) }
        }
        guard !wanted.isEmpty || category != nil else { return [] }
        var resolved = try await found(&wanted, by: principal, in: transaction)
        resolved = Array(resolved.prefix(settings.maxTagsPerTopic))
        guard isChecked else { return resolved }
        let parents: [TagName] =
            resolved.isEmpty
            ? []
            : try await transaction.all(
                TopicTagRuleQueries.missingParents(of: resolved.map(\.id.value))
            )
        // A parent comes along wherever its tags may be.
        let old = Set((present.map(\.id) + parents.map(\.id)).map(\.value))
        resolved += parents
        let ids = resolved.map(\.id.value)
        let problem: TopicTagProblem? = try await transaction.first(
            TopicTagRuleQueries.problems(
                of: ids,
                added: ids.filter { !old.contains($0) },
                in: category,
                by: principal
            )
        )
        if let problem { throw problem.error }
        return resolved
    }

    /// - Parameter wanted: Cut to what is looked at.
    private func found(
        _ wanted: inout [String],
        by principal: Principal,
        in transaction: some Querying
    ) async throws -> [TagName] {
        guard !wanted.isEmpty else { return [] }
        let settings = settings.current
        var found: [TagName]
        if principal.mayCreateTags(settings) {
            wanted = Array(wanted.prefix(settings.maxTagsPerTopic))
            found = try await transaction.all(TagQueries.named(wanted))
            let missing = wanted.filter { name in !found.contains { $0.askedName == name } }
            if !missing.isEmpty {
                let slugs = missing.map { TagRules.slug($0) }
                _ = try await transaction.query(TagQueries.create(missing, slugs: slugs))
            }
            found = try await transaction.all(
                TagQueries.namedAndVisible(wanted, to: principal)
            )
        } else {
            found = try await transaction.all(TagQueries.usable(wanted, by: principal))
        }
        let byName = Dictionary(
            found.map { ($0.askedName, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var seen: Set<TagID> = []
        return wanted.compactMap { byName[$0] }.filter { seen.insert($0.id).inserted }
    }
}

extension TagRules {
    /// The name in an address; names without Latin letters keep themselves.
    static func slug(_ name: String) -> String {
        let slug = Slug.make(name)
        return slug == "topic" && name != "topic" ? name : slug
    }
}
