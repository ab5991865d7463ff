/// Badges and who has them.
extension API {
    package enum Badges {
        package static let adminList = Endpoint<NoBody, AdminBadgeListReply>(
            .get,
            "/admin/badges"
        )
        package static let create = Endpoint<BadgeRequest, AdminBadgeReply>(
            .post,
            "/admin/badges"
        )
        package static let update = Endpoint<BadgeRequest, AdminBadgeReply>(
            .put,
            "/admin/badges/{id}"
        )
        package static let delete = Endpoint<NoBody, SuccessReply>(.delete, "/admin/badges/{id}")
        package static let list = Endpoint<BadgeListQuery, BadgeListReply>(.get, "/badges")
        package static let show = Endpoint<NoBody, BadgeReply>(.get, "/badges/{id}")
        package static let showBySlug = Endpoint<NoBody, BadgeReply>(.get, "/badges/{id}/{slug}")
        package static let ofUser = Endpoint<NoBody, UserBadgesReply>(
            .get,
            "/user-badges/{username}"
        )
        package static let holders = Endpoint<BadgeHoldersQuery, BadgeHoldersReply>(
            .get,
            "/user_badges"
        )
        package static let grant = Endpoint<GrantBadgeRequest, GrantedBadgeReply>(
            .post,
            "/user_badges"
        )
        package static let revoke = Endpoint<NoBody, SuccessReply>(.delete, "/user_badges/{id}")
        package static let toggleFavorite = Endpoint<NoBody, FavoriteBadgeReply>(
            .put,
            "/user_badges/{id}/toggle_favorite"
        )

        static let signatures = [
            adminList.signature, create.signature, update.signature, delete.signature,
            list.signature, show.signature, showBySlug.signature, ofUser.signature,
            holders.signature, grant.signature, revoke.signature, toggleFavorite.signature,
        ]
    }
}
