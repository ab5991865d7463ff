import Postgres

extension Community {
    /// Writes what is given of a category's settings, in the transaction that changes it.
    ///
    /// - Throws: `.invalid` for a tag group that does not exist.
    func writeSettings(
        _ fields: CategorySettingFields,
        of id: CategoryID,
        in transaction: Transaction
    ) async throws {
        var statements = [CategorySettingQueries.update(id, fields)]
        let required = fields.requiredTagGroups ?? []
        let groups = Set(
            ((fields.allowedTagGroups ?? []) + required.map(\.name)).map {
                $0.cleanedOfNUL.lowercased()
            }
        )
        if !groups.isEmpty {
            let known: [String] = try await transaction.values(
                CategorySettingQueries.tagGroupNames(groups.sorted())
            )
            if let unknown = groups.subtracting(known).sorted().first {
                throw ForumError(
                    .invalid,
                    "There is no tag group named \(unknown.prefix(100))",
                    field: "allowed_tag_groups"
                )
            }
        }
        if let tags = fields.allowedTags {
            let maximum = settings.current.maxTagLength
            let names = Set(tags.map { TagRules.cleaned($0, maximum: maximum) })
                .subtracting([""]).sorted()
            if !names.isEmpty {
                statements.append(
                    TagQueries.create(names, slugs: names.map { TagRules.slug($0) })
                )
            }
            statements += CategorySettingQueries.setTags(names, of: id)
        }
        if let names = fields.allowedTagGroups {
            statements += CategorySettingQueries.setTagGroups(
                names.map { $0.cleanedOfNUL.lowercased() },
                of: id
            )
        }
        if fields.requiredTagGroups != nil {
            statements += CategorySettingQueries.setRequired(required, of: id)
        }
        _ = try await transaction.batch(statements)
    }
}
