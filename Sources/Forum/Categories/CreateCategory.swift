import Markup
import Postgres

extension Community {
    /// Makes a category. Without permissions it is open to everyone, or as its parent is.
    ///
    /// - Throws: `.forbidden` for anybody but administrators, `.invalid` with the field.
    package func createCategory(
        _ new: NewCategory,
        by principal: Principal
    ) async throws -> Category {
        let permitted = try principal.may(.createCategory, WholeSite())
        let fields = try new.checked()
        guard let name = fields.name else {
            throw ForumError(.invalid, "Name can't be blank", field: "name")
        }
        let groups = try await groupIDs(of: fields.permissions)
        let cooked = cookedDescription(fields.description)
        let now = clock()
        let id = try await Self.translatingConflicts(of: fields) {
            try await database.transaction { transaction in
                try await transaction.execute(ChangeCategoryQueries.lockPermissions)
                let next: CategoryID? = try await transaction.value(ChangeCategoryQueries.nextID)
                guard let id = next else { throw ForumError(.bug, "No number for the category.") }
                try await Self.checkEmailIn(fields, of: id, in: transaction)
                try await transaction.execute(
                    ChangeCategoryQueries.insert(
                        id,
                        fields,
                        slug: Self.slug(fields.slug, name: name, id: id),
                        cooked: cooked,
                        permitted,
                        at: now
                    )
                )
                let parent = fields.parentID.flatMap { $0.value == 0 ? nil : $0 }
                if let parent { try await Self.checkParent(parent, of: id, in: transaction) }
                let permissions = try await Self.permissions(
                    groups,
                    parent: parent,
                    in: transaction
                )
                _ = try await transaction.batch(
                    ChangeCategoryQueries.setPermissions(permissions, of: id)
                )
                try await Self.checkPermissions(of: id, parent: parent, in: transaction)
                try await writeSettings(fields.settings, of: id, in: transaction)
                _ = try await transaction.batch([
                    Self.event(id, by: principal),
                    logLine(
                        StaffAction(.createCategory, subject: name, category: id),
                        by: principal
                    ),
                ])
                return id
            }
        }
        signals.committed(.site)
        return try await category(id, for: .member(principal))
    }

    /// - Parameter deleted: The category, when it is gone.
    static func event(
        _ id: CategoryID,
        deleted: Category? = nil,
        by principal: Principal
    ) -> SQL {
        let wasOpen = deleted.map { #", "was_open": \#(!$0.isReadRestricted)"# } ?? ""
        return OutboxQueries.record(
            .categoryChanged,
            topic: nil,
            by: principal.id,
            data: "{\"category_id\": \(id)\(wasOpen)}"
        )
    }

    /// What a new category is open to: as told, else as its parent, else to everyone.
    private static func permissions(
        _ given: [Int64: Int]?,
        parent: CategoryID?,
        in transaction: Transaction
    ) async throws -> [Int64: Int] {
        if let given { return given }
        guard let parent else { return [Group.everyone.value: 1] }
        let rows: [GroupPermission] = try await transaction.all(
            ChangeCategoryQueries.permissions(of: parent)
        )
        let inherited = Dictionary(
            rows.map { ($0.groupID, $0.permission) },
            uniquingKeysWith: { first, _ in first }
        )
        // Everyone sees the parent, so the child starts as any open category does.
        return inherited[Group.everyone.value] == nil ? inherited : [Group.everyone.value: 1]
    }

    /// A name without Latin letters has no slug of its own: Discourse then takes the number.
    private static func slug(_ given: String?, name: String, id: CategoryID) -> String {
        if let given, !given.isEmpty { return given }
        let made = Slug.make(name)
        return made == "topic" && name.lowercased() != "topic" ? "\(id)-category" : made
    }

    /// Turns a broken constraint into what the person can do about it.
    ///
    /// A slug that was not given comes from the name, so the name is what to change.
    static func translatingConflicts<Value>(
        of fields: CategoryFields,
        _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            switch error.constraint {
            case "categories_by_slug" where fields.slug?.isEmpty == false:
                throw ForumError(.invalid, "Slug is already in use", field: "slug")
            case "categories_list_id_key":
                throw ForumError(.invalid, "List-Id has already been taken", field: "list_id")
            default:
                throw ForumError(.invalid, "Category Name has already been taken", field: "name")
            }
        } catch let error as PostgresError where error.sqlState == .foreignKeyViolation {
            throw ForumError(
                .conflict,
                "The category is in use, or what it names does not exist any more."
            )
        }
    }

    /// - Throws: `.invalid` for a name that is no group.
    func groupIDs(of permissions: [String: Int]?) async throws -> [Int64: Int]? {
        guard let permissions else { return nil }
        guard !permissions.isEmpty else { return [Group.everyone.value: 1] }
        let keys = permissions.keys.map { UsernameRules.fold(String($0.prefix(100))) }
        let found: [GroupName] = try await database.all(GroupQueries.ids(nameKeys: keys))
        let ids = Dictionary(found.map { ($0.nameKey, $0.id) }, uniquingKeysWith: { $1 })
        var result: [Int64: Int] = [:]
        for (name, permission) in permissions {
            guard let id = ids[UsernameRules.fold(String(name.prefix(100)))] else {
                throw ForumError(
                    .invalid,
                    "There is no group named \(name.prefix(100))",
                    field: "permissions"
                )
            }
            result[id.value] = permission
        }
        return result
    }

    func cookedDescription(_ raw: String?) -> String? {
        raw.map { raw in
            Markdown.cook(raw, options: CookOptions(baseURL: baseURL), context: CookContext()).html
        }
    }

    static func checkEmailIn(
        _ fields: CategoryFields,
        of id: CategoryID,
        in transaction: Transaction
    ) async throws {
        guard let addresses = fields.emailIn, !addresses.isEmpty else { return }
        let other: String? = try await transaction.value(
            ChangeCategoryQueries.categoryName(
                emailIn: addresses.split(separator: "|").map { String($0) },
                except: id
            )
        )
        if let other {
            throw ForumError(
                .invalid,
                "'\(addresses)' is already in use by the category '\(other)'",
                field: "email_in"
            )
        }
    }
}
