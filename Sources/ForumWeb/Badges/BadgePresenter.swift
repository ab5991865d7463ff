import Forum
import ForumAPI
import Postgres

enum BadgePresenter {
    static func body(_ badge: Badge) -> BadgeBody {
        var body = BadgeBody()
        body.id = Int(badge.id.value)
        body.name = badge.name
        body.description = badge.description
        body.grantCount = badge.grantCount
        body.allowTitle = badge.allowsTitle
        body.multipleGrant = badge.isMultiple
        body.icon = badge.icon
        body.imageURL = badge.imageURL
        body.listable = badge.isListable
        body.enabled = badge.isEnabled
        body.badgeGroupingID = badge.groupingID
        body.system = badge.isSystem
        body.slug = badge.slug
        body.manuallyGrantable = badge.isManuallyGrantable
        body.badgeTypeID = badge.typeID
        return body
    }

    static func detail(_ badge: Badge, isHeld: Bool?) -> BadgeBody {
        var body = body(badge)
        body.longDescription = badge.longDescription
        body.hasBadge = isHeld
        return body
    }

    static func admin(_ badge: Badge) -> AdminBadgeBody {
        var body = AdminBadgeBody()
        body.id = Int(badge.id.value)
        body.name = badge.name
        body.description = badge.description
        body.grantCount = badge.grantCount
        body.allowTitle = badge.allowsTitle
        body.multipleGrant = badge.isMultiple
        body.icon = badge.icon
        body.imageURL = badge.imageURL
        body.imageUploadID = badge.imageUploadID.map { Int($0.value) }
        body.listable = badge.isListable
        body.enabled = badge.isEnabled
        body.badgeGroupingID = badge.groupingID
        body.system = badge.isSystem
        body.longDescription = badge.longDescription
        body.slug = badge.slug
        body.manuallyGrantable = badge.isManuallyGrantable
        body.trigger = badge.trigger
        body.targetPosts = badge.targetsPosts
        body.autoRevoke = badge.autoRevokes
        body.showPosts = badge.showsPosts
        body.badgeTypeID = badge.typeID
        body.showInPostHeader = badge.showsInPostHeader
        return body
    }

    static func types(_ types: [BadgeType], of badges: [Badge]? = nil) -> [BadgeTypeBody] {
        let used = badges.map { Set($0.map(\.typeID)) }
        return types.filter { used?.contains($0.id) ?? true }.map {
            BadgeTypeBody(id: $0.id, name: $0.name, sortOrder: $0.sortOrder)
        }
    }

    static func groupings(_ groupings: [BadgeGrouping]) -> [BadgeGroupingBody] {
        groupings.map {
            BadgeGroupingBody(
                id: $0.id,
                name: $0.name,
                description: $0.description,
                position: $0.position,
                system: $0.isSystem
            )
        }
    }

    static func person(_ person: BadgePerson) -> BadgeUserBody {
        BadgeUserBody(
            id: Int(person.id.value),
            username: person.username,
            name: person.name ?? "",
            avatarTemplate: AvatarTemplate.make(person.username),
            admin: person.isAdmin,
            moderator: person.isModerator,
            trustLevel: person.trustLevel
        )
    }

    static func held(_ held: UserBadge, for viewer: Viewer) -> UserBadgeBody {
        var body = UserBadgeBody()
        body.id = Int(held.id.value)
        body.grantedAt = held.grantedAt.iso8601
        body.groupingPosition = held.groupingPosition
        body.isFavorite = held.isFavorite
        body.canFavorite = viewer.principal?.id == held.holder.id
        body.badgeID = Int(held.badgeID.value)
        body.grantedByID = Int(held.grantedBy.id.value)
        return body
    }

    /// With the post it was granted for.
    static func withPost(_ held: UserBadge, for viewer: Viewer) -> UserBadgeBody {
        var body = self.held(held, for: viewer)
        body.postID = held.postID.map { Int($0.value) }
        body.postNumber = held.postNumber
        body.topicID = held.topicID.map { Int($0.value) }
        body.topicTitle = held.topicTitle
        return body
    }

    /// Each person once, in order.
    static func people(_ people: [BadgePerson]) -> [BadgeUserBody] {
        var seen: Set<UserID> = []
        return people.filter { seen.insert($0.id).inserted }.map { person($0) }
    }
}
