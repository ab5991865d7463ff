import Postgres

/// What a badge is to be; `nil` leaves as it is.
package struct BadgeFields: Sendable {
    package var name: String?
    package var typeID: Int?
    package var description: String?
    package var longDescription: String?
    package var groupingID: Int?
    package var icon: String?
    package var imageUploadID: UploadID?
    package var allowsTitle: Bool?
    package var isMultiple: Bool?
    package var isListable: Bool?
    package var isEnabled: Bool?
    package var targetsPosts: Bool?
    package var showsPosts: Bool?
    package var showsInPostHeader: Bool?
    package var autoRevokes: Bool?

    package init() {}
}

extension Community {
    /// Makes a badge that staff can grant.
    ///
    /// - Throws: `.invalid` for what is missing, too long or taken.
    package func createBadge(_ fields: BadgeFields, by principal: Principal) async throws -> Badge {
        let permitted = try principal.may(.changeBadge, BadgeAdministration())
        guard fields.name != nil else { throw Self.blankBadgeName }
        guard fields.typeID != nil else {
            throw ForumError(.invalid, "Badge type must exist", field: "badge_type_id")
        }
        try await check(fields)
        let count: Int? = try await database.value(BadgeQueries.count())
        guard (count ?? 0) < Limits.badgesMax else {
            throw ForumError(.invalid, "There are \(Limits.badgesMax) badges already.")
        }
        do {
            let answers = try await database.batch([
                BadgeQueries.insert(permitted, fields),
                logLine(StaffAction(.createBadge, subject: fields.name), by: principal),
            ])
            let id = try answers[0].firstValue(BadgeID.self)
            guard let id else { throw ForumError(.bug, "The badge was not written.") }
            return try await badge(id)
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            throw Self.takenBadgeName
        }
    }

    /// - Throws: `.notFound`, `.invalid`.
    package func updateBadge(
        _ id: BadgeID,
        _ fields: BadgeFields,
        by principal: Principal
    ) async throws -> Badge {
        let permitted = try principal.may(.changeBadge, BadgeAdministration())
        let old = try await badge(id)
        try await check(fields)
        let action = StaffAction(
            .changeBadge,
            subject: old.name,
            from: old.name,
            to: fields.name ?? old.name
        )
        let statements = [
            BadgeQueries.update(permitted, id, fields), logLine(action, by: principal),
        ]
        do throws(any Error) {
            _ = try await database.batch(statements)
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            throw Self.takenBadgeName
        }
        signals.committed(.site)
        return try await badge(id)
    }

    /// Takes a badge away from everybody and removes it.
    ///
    /// - Throws: `.notFound`, `.invalid` for one of the forum itself.
    package func deleteBadge(_ id: BadgeID, by principal: Principal) async throws {
        let permitted = try principal.may(.changeBadge, BadgeAdministration())
        let badge = try await badge(id)
        guard !badge.isSystem else {
            throw ForumError(.invalid, "System badges cannot be deleted; disable it instead.")
        }
        _ = try await database.batch([
            BadgeQueries.delete(permitted, id),
            logLine(StaffAction(.deleteBadge, subject: badge.name), by: principal),
        ])
        signals.committed(.site)
    }

    private func check(_ fields: BadgeFields) async throws {
        if let name = fields.name, name.allSatisfy(\.isWhitespace) { throw Self.blankBadgeName }
        let texts = [
            ("name", fields.name, Limits.badgeNameMax),
            ("description", fields.description, Limits.badgeDescriptionMax),
            ("long_description", fields.longDescription, Limits.badgeLongDescriptionMax),
            ("icon", fields.icon, Limits.badgeIconMax),
        ]
        for case (let field, let text?, let maximum) in texts
        where text.unicodeScalars.count > maximum {
            throw ForumError(
                .invalid,
                "\(field) is too long (maximum is \(maximum) characters)",
                field: field
            )
        }
        if let type = fields.typeID, !(1...3).contains(type) {
            throw ForumError(.invalid, "Badge type must exist", field: "badge_type_id")
        }
        let answers = try await database.batch([
            BadgeQueries.groupings(),
            UploadQueries.upload(fields.imageUploadID ?? UploadID(0), for: .member(.system)),
        ])
        if let grouping = fields.groupingID {
            let known = try answers[0].decode(BadgeGrouping.self)
            guard known.contains(where: { $0.id == grouping }) else {
                throw ForumError(
                    .invalid,
                    "Badge grouping must exist",
                    field: "badge_grouping_id"
                )
            }
        }
        if fields.imageUploadID != nil {
            guard let image = try answers[1].decode(Upload.self).first, image.isImage else {
                throw ForumError(.invalid, "Image must be an upload", field: "image_upload_id")
            }
        }
    }

    private static var blankBadgeName: ForumError {
        ForumError(.invalid, "Name can't be blank", field: "name")
    }

    private static var takenBadgeName: ForumError {
        ForumError(.invalid, "Name has already been taken", field: "name")
    }
}
