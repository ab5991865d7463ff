import Markup
package import Postgres

/// An honour that people get, by the forum's own judgement or by that of its staff.
package struct Badge: Sendable, Equatable, RowDecodable {
    package let id: BadgeID
    package let name: String
    package let description: String
    package let longDescription: String
    /// 1 gold, 2 silver, 3 bronze.
    package let typeID: Int
    package let groupingID: Int
    package let grantCount: Int
    package let allowsTitle: Bool
    package let isMultiple: Bool
    package let icon: String
    package let imageUploadID: UploadID?
    package let imageName: UploadName?
    package let imageExtension: String?
    package let isListable: Bool
    package let isEnabled: Bool
    /// Granted by the forum itself.
    package let isSystem: Bool
    package let trigger: Int?
    package let targetsPosts: Bool
    package let showsPosts: Bool
    package let showsInPostHeader: Bool
    package let autoRevokes: Bool

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        name = try row.next()
        description = try row.next()
        longDescription = try row.next()
        typeID = try row.next()
        groupingID = try row.next()
        grantCount = try row.next()
        allowsTitle = try row.next()
        isMultiple = try row.next()
        icon = try row.next()
        imageUploadID = try row.next()
        let image: String? = try row.next()
        imageName = image.map { UploadName(hex: $0) }
        imageExtension = try row.next()
        isListable = try row.next()
        isEnabled = try row.next()
        isSystem = try row.next()
        trigger = try row.next()
        targetsPosts = try row.next()
        showsPosts = try row.next()
        showsInPostHeader = try row.next()
        autoRevokes = try row.next()
    }

    package var slug: String {
        let slug = Slug.make(name)
        return slug.isEmpty ? "-" : slug
    }

    package var imageURL: String? {
        imageName.map { "/uploads/default/original/1X/\($0.hex).\(imageExtension ?? "png")" }
    }

    /// Whether staff may give it to somebody.
    package var isManuallyGrantable: Bool { isEnabled && !isSystem }
}

package struct BadgeType: Sendable, Equatable, RowDecodable {
    package let id: Int
    package let name: String
    package let sortOrder: Int

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        name = try row.next()
        sortOrder = try row.next()
    }
}

package struct BadgeGrouping: Sendable, Equatable, RowDecodable {
    package let id: Int
    package let name: String
    package let description: String?
    package let position: Int

    /// The first five are the forum's own.
    package var isSystem: Bool { id <= 5 }

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        name = try row.next()
        description = try row.next()
        position = try row.next()
    }
}

/// That somebody has a badge, as one viewer may know of it.
package struct UserBadge: Sendable, Equatable, RowDecodable {
    package let id: UserBadgeID
    package let badgeID: BadgeID
    package let holder: BadgePerson
    package let grantedBy: BadgePerson
    package let grantedAt: Timestamp
    package let groupingPosition: Int
    package let isFavorite: Bool
    /// Only when the viewer may see it.
    package let postID: PostID?
    package let postNumber: Int?
    package let topicID: TopicID?
    package let topicTitle: String?

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        badgeID = try row.next()
        holder = try BadgePerson(from: &row)
        grantedBy = try BadgePerson(from: &row)
        grantedAt = try row.next()
        groupingPosition = try row.next()
        isFavorite = try row.next()
        postID = try row.next()
        postNumber = try row.next()
        topicID = try row.next()
        topicTitle = try row.next()
    }
}

package struct BadgePerson: Sendable, Equatable, RowDecodable {
    package let id: UserID
    package let username: String
    package let name: String?
    package let isAdmin: Bool
    package let isModerator: Bool
    package let trustLevel: Int

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        username = try row.next()
        name = try row.next()
        isAdmin = try row.next()
        isModerator = try row.next()
        trustLevel = try row.next()
    }
}
