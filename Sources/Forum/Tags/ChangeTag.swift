import Postgres

extension Community {
    /// Renames or describes a tag; `nil` leaves as it is.
    ///
    /// - Throws: `.forbidden` for anybody but staff, `.notFound`, `.invalid`.
    package func updateTag(
        named name: String,
        to newName: String? = nil,
        description: String? = nil,
        by principal: Principal
    ) async throws -> Tag {
        let permitted = try principal.may(.manageTags, WholeSite())
        let tag = try await tag(named: name, for: .member(principal))
        var cleaned: String?
        if let newName {
            let name = TagRules.cleaned(newName, maximum: settings.current.maxTagLength)
            guard !name.isEmpty else {
                throw ForumError(.invalid, "Name can't be blank", field: "name")
            }
            cleaned = name
        }
        if let description, description.unicodeScalars.count > 1000 || description.utf8.contains(0)
        {
            throw ForumError(
                .invalid,
                "Description is too long (maximum is 1000 characters)",
                field: "description"
            )
        }
        do throws(any Error) {
            try await database.execute(
                TagQueries.update(
                    tag.id,
                    name: cleaned,
                    slug: cleaned.map { TagRules.slug($0) },
                    description: description,
                    permitted
                )
            )
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            throw ForumError(.invalid, "Name has already been taken", field: "name")
        }
        signals.committed(.site)
        return try await self.tag(named: cleaned ?? tag.name, for: .member(principal))
    }

    /// Makes tags; what exists already is left alone.
    ///
    /// - Returns: Which were made, and which there were.
    /// - Throws: `.forbidden` for anybody but staff.
    package func createTags(
        _ names: [String],
        by principal: Principal
    ) async throws -> (created: [String], existing: [String]) {
        _ = try principal.may(.manageTags, WholeSite())
        guard names.count <= Limits.tagsPerGroupMax else {
            throw ForumError(
                .invalid,
                "At most \(Limits.tagsPerGroupMax) tags at once.",
                field: "tags"
            )
        }
        var wanted: [String] = []
        for name in names {
            let name = TagRules.cleaned(name, maximum: settings.current.maxTagLength)
            if !name.isEmpty, !wanted.contains(name) { wanted.append(name) }
        }
        guard !wanted.isEmpty else { return ([], []) }
        let answers = try await database.batch([
            TagQueries.named(wanted),
            TagQueries.create(wanted, slugs: wanted.map { TagRules.slug($0) }),
        ])
        let existing = try answers[0].decode(TagName.self).map(\.askedName)
        signals.committed(.site)
        return (wanted.filter { !existing.contains($0) }, existing)
    }

    /// Removes a tag from every topic and altogether, with its synonyms.
    ///
    /// - Throws: `.forbidden` for anybody but staff, `.notFound`.
    package func deleteTag(named name: String, by principal: Principal) async throws {
        let permitted = try principal.may(.manageTags, WholeSite())
        let tag = try await tag(named: name, for: .member(principal))
        try await database.execute(TagQueries.delete(tag.id, permitted))
        signals.committed(.site)
    }

    /// Tags that nothing uses. Which these are also tells of what only some may read, so this is for
    /// administrators, who may read everything.
    ///
    /// - Throws: `.forbidden` for anybody else.
    package func unusedTags(by principal: Principal) async throws -> [String] {
        _ = try principal.may(.manageTags, WholeSite())
        guard principal.isAdmin else { throw ForumError.forbidden }
        return try await database.values(TagQueries.unused)
    }

    package func deleteUnusedTags(by principal: Principal) async throws {
        let permitted = try principal.may(.manageTags, WholeSite())
        guard principal.isAdmin else { throw ForumError.forbidden }
        try await database.execute(TagQueries.deleteUnused(permitted))
        signals.committed(.site)
    }

    // MARK: Synonyms

    /// Makes tags mean the same as `name`: topics that carry them carry `name` from now on, and
    /// whoever writes one of them writes `name`.
    ///
    /// - Throws: `.forbidden` for anybody but staff, `.notFound`, `.invalid`.
    package func addSynonyms(
        _ synonyms: [String],
        of name: String,
        by principal: Principal
    ) async throws {
        let permitted = try principal.may(.manageTags, WholeSite())
        let target = try await tag(named: name, for: .member(principal))
        guard target.targetID == nil else {
            throw ForumError(
                .invalid,
                "The tag \"\(target.name)\" is a synonym itself.",
                field: "tag_name"
            )
        }
        guard synonyms.count <= 100 else {
            throw ForumError(.invalid, "At most 100 synonyms at once.", field: "synonyms")
        }
        let names = Set(
            synonyms.map { TagRules.cleaned($0, maximum: settings.current.maxTagLength) }
        ).subtracting(["", target.name]).sorted()
        guard !names.isEmpty else {
            throw ForumError(.invalid, "Synonyms can't be blank", field: "synonyms")
        }
        try await database.transaction { transaction in
            let answers = try await transaction.batch([
                TagQueries.create(names, slugs: names.map { TagRules.slug($0) }),
                TagQueries.exactly(names),
            ])
            let ids: [Int64] = try answers[1].values()
            _ = try await transaction.batch(TagQueries.fold(ids, into: target.id, permitted))
            _ = try await transaction.query(TagGroupQueries.markRestricted)
        }
        signals.committed(.site)
    }

    /// Makes a synonym a tag of its own again; its old topics stay with the other one.
    ///
    /// - Throws: `.forbidden` for anybody but staff, `.notFound`.
    package func removeSynonym(
        _ synonym: String,
        of name: String,
        by principal: Principal
    ) async throws {
        let permitted = try principal.may(.manageTags, WholeSite())
        let target = try await tag(named: name, for: .member(principal))
        let other = try await tag(named: synonym, for: .member(principal))
        guard other.targetID == target.id else { throw ForumError.notFound }
        try await database.execute(
            TagQueries.removeSynonym(other.id, of: target.id, permitted)
        )
        signals.committed(.site)
    }
}
