import Postgres

extension Community {
    /// Makes a tag group; without permissions everyone may use its tags.
    ///
    /// - Throws: `.forbidden` for anybody but staff, `.invalid` with the field.
    package func createTagGroup(
        _ fields: TagGroupFields,
        by principal: Principal
    ) async throws -> TagGroup {
        let permitted = try principal.may(.manageTags, WholeSite())
        let fields = try checked(fields)
        guard let name = fields.name else {
            throw ForumError(.invalid, "Name can't be blank", field: "name")
        }
        let permissions = try await tagGroupPermissions(fields.permissions) ?? [0: 1]
        let id = try await Self.namingTagGroup {
            try await database.transaction { transaction in
                let id: TagGroupID? = try await transaction.value(
                    TagGroupQueries.insert(
                        name: name,
                        isOnePerTopic: fields.isOnePerTopic ?? false,
                        permitted
                    )
                )
                guard let id else { throw ForumError(.bug, "No number for the tag group.") }
                try await write(fields, permissions, of: id, permitted, in: transaction)
                try await transaction.execute(
                    logLine(StaffAction(.createTagGroup, subject: name), by: principal)
                )
                return id
            }
        }
        signals.committed(.site)
        return try await tagGroup(id, by: principal)
    }

    /// Changes what is given and leaves the rest.
    ///
    /// - Throws: `.forbidden` for anybody but staff, `.notFound`, `.invalid` with the field.
    package func updateTagGroup(
        _ id: TagGroupID,
        _ fields: TagGroupFields,
        by principal: Principal
    ) async throws -> TagGroup {
        let permitted = try principal.may(.manageTags, WholeSite())
        let old = try await tagGroup(id, by: principal)
        let fields = try checked(fields)
        let permissions = try await tagGroupPermissions(fields.permissions)
        try await Self.namingTagGroup {
            try await database.transaction { transaction in
                _ = try await transaction.query(
                    TagGroupQueries.update(
                        id,
                        name: fields.name,
                        isOnePerTopic: fields.isOnePerTopic,
                        permitted
                    )
                )
                try await write(fields, permissions, of: id, permitted, in: transaction)
                try await transaction.execute(
                    logLine(
                        StaffAction(
                            .changeTagGroup,
                            subject: old.name,
                            from: old.name,
                            to: fields.name ?? old.name
                        ),
                        by: principal
                    )
                )
            }
        }
        signals.committed(.site)
        return try await tagGroup(id, by: principal)
    }

    /// Removes a tag group; its tags stay, and those that were hidden by it alone are hidden no more.
    ///
    /// - Throws: `.forbidden` for anybody but staff, `.notFound`.
    package func deleteTagGroup(_ id: TagGroupID, by principal: Principal) async throws {
        let permitted = try principal.may(.manageTags, WholeSite())
        let group = try await tagGroup(id, by: principal)
        try await database.transaction { transaction in
            _ = try await transaction.batch([
                TagGroupQueries.delete(id, permitted), TagGroupQueries.markRestricted,
                logLine(StaffAction(.deleteTagGroup, subject: group.name), by: principal),
            ])
        }
        signals.committed(.site)
    }

    private func write(
        _ fields: TagGroupFields,
        _ permissions: [Int64: Int]?,
        of id: TagGroupID,
        _ permitted: Permitted<ManagingTags, WholeSite>,
        in transaction: Transaction
    ) async throws {
        let parent = fields.parentTagName
        let names = fields.tagNames
        let made = ((names ?? []) + [parent ?? ""]).filter { !$0.isEmpty }.sorted()
        var statements: [SQL] = []
        if !made.isEmpty {
            statements.append(TagQueries.create(made, slugs: made.map { TagRules.slug($0) }))
        }
        if let names { statements += TagGroupQueries.setTags(names, of: id, permitted) }
        if let parent {
            let name = parent.isEmpty ? nil : parent
            statements.append(TagGroupQueries.setParent(name, of: id, permitted))
        }
        if let permissions {
            statements += TagGroupQueries.setPermissions(permissions, of: id, permitted)
        }
        statements.append(TagGroupQueries.markRestricted)
        _ = try await transaction.batch(statements)
    }

    private func checked(_ fields: TagGroupFields) throws(ForumError) -> TagGroupFields {
        var fields = fields
        if let name = fields.name {
            let trimmed = name.trimmingWhitespace
            guard !trimmed.isEmpty else {
                throw ForumError(.invalid, "Name can't be blank", field: "name")
            }
            guard trimmed.unicodeScalars.count <= Limits.tagGroupNameMax, !trimmed.utf8.contains(0)
            else {
                throw ForumError(
                    .invalid,
                    "Name is too long (maximum is \(Limits.tagGroupNameMax) characters)",
                    field: "name"
                )
            }
            fields.name = trimmed
        }
        let maximum = settings.current.maxTagLength
        if let names = fields.tagNames {
            guard names.count <= Limits.tagsPerGroupMax else {
                throw ForumError(
                    .invalid,
                    "A tag group has at most \(Limits.tagsPerGroupMax) tags.",
                    field: "tag_names"
                )
            }
            fields.tagNames = Set(names.map { TagRules.cleaned($0, maximum: maximum) })
                .subtracting([""]).sorted()
        }
        fields.parentTagName = fields.parentTagName.map { TagRules.cleaned($0, maximum: maximum) }
        return fields
    }

    /// Groups by name or number, with 1 or 3.
    ///
    /// - Throws: `.invalid` for a name that is no group, or another permission.
    private func tagGroupPermissions(
        _ given: [String: Int]?
    ) async throws -> [Int64: Int]? {
        guard let given, !given.isEmpty else { return given == nil ? nil : [0: 1] }
        guard given.count <= 100, given.values.allSatisfy({ $0 == 1 || $0 == 3 }) else {
            throw ForumError(
                .invalid,
                "The permission of a group must be 1 (use) or 3 (see)",
                field: "permissions"
            )
        }
        let numbers = given.keys.compactMap { Int64($0) }
        let names = given.filter { Int64($0.key) == nil }
        var result =
            names.isEmpty ? [:] : try await groupIDs(of: names) ?? [:]
        let known: [Int64] =
            numbers.isEmpty ? [] : try await database.values(GroupQueries.known(numbers))
        for (key, permission) in given {
            guard let number = Int64(key) else { continue }
            guard known.contains(number) else {
                throw ForumError(
                    .invalid,
                    "There is no group numbered \(number)",
                    field: "permissions"
                )
            }
            result[number] = permission
        }
        return result
    }

    private static func namingTagGroup<Value>(
        _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            throw ForumError(.invalid, "Name has already been taken", field: "name")
        }
    }
}
