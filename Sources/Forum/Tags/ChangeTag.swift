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

    /// Removes a tag from every topic and altogether.
    ///
    /// - Throws: `.forbidden` for anybody but staff, `.notFound`.
    package func deleteTag(named name: String, by principal: Principal) async throws {
        let permitted = try principal.may(.manageTags, WholeSite())
        let tag = try await tag(named: name, for: .member(principal))
        try await database.execute(TagQueries.delete(tag.id, permitted))
        signals.committed(.site)
    }
}
