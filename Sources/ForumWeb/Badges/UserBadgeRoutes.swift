import Forum
import ForumAPI

/// Who has which badge.
struct UserBadgeRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Badges.ofUser, .everybody) { call in try await ofUser(call) }
        routes.serve(API.Badges.holders, .everybody) { call in try await holders(call) }
        routes.serve(API.Badges.grant, .member) { call in
            let granted = try await community.grantBadge(
                BadgeID(Int64(call.body.badgeID)),
                to: call.body.username,
                reason: call.body.reason,
                by: call.principal
            )
            let badge = try await community.badge(granted.badgeID)
            let types = try await community.badgeCatalogue(for: call.viewer).types
            return GrantedBadgeReply(
                badges: [BadgePresenter.body(badge)],
                badgeTypes: BadgePresenter.types(types, of: [badge]),
                grantedBies: [BadgePresenter.person(granted.grantedBy)],
                userBadge: BadgePresenter.withPost(granted, for: call.viewer)
            )
        }
        routes.serve(API.Badges.revoke, .member) { call in
            try await community.revokeBadge(UserBadgeID(call.id("id")), by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.Badges.toggleFavorite, .member) { call in
            let badge = try await community.toggleFavoriteBadge(
                UserBadgeID(call.id("id")),
                by: call.principal
            )
            return FavoriteBadgeReply(userBadge: BadgePresenter.held(badge, for: call.viewer))
        }
    }

    private func ofUser(_ call: Call<NoBody>) async throws -> UserBadgesReply {
        let (held, catalogue) = try await community.userBadges(
            of: call.requiredText("username"),
            for: call.viewer
        )
        guard !held.isEmpty else { return UserBadgesReply(userBadges: []) }
        let ids = Set(held.map(\.badgeID))
        let badges = catalogue.badges.filter { ids.contains($0.id) }
        return UserBadgesReply(
            badges: badges.map { BadgePresenter.body($0) },
            badgeTypes: BadgePresenter.types(catalogue.types, of: badges),
            grantedBies: BadgePresenter.people(held.map(\.grantedBy)),
            userBadges: held.map { BadgePresenter.held($0, for: call.viewer) }
        )
    }

    private func holders(_ call: Call<BadgeHoldersQuery>) async throws -> BadgeHoldersReply {
        let body = call.body
        let (badge, holders) = try await community.badgeHolders(
            of: BadgeID(Int64(body.badgeID)),
            username: body.username,
            offset: body.offset ?? 0,
            for: call.viewer
        )
        let types = try await community.badgeCatalogue(for: call.viewer).types
        return BadgeHoldersReply(
            userBadgeInfo: BadgeHoldersBody(
                grantCount: body.username == nil ? badge.grantCount : holders.count,
                username: body.username,
                userBadges: holders.map { held in
                    var shown = BadgePresenter.withPost(held, for: call.viewer)
                    shown.userID = Int(held.holder.id.value)
                    shown.username = held.holder.username
                    return shown
                }
            ),
            users: BadgePresenter.people(holders.flatMap { [$0.holder, $0.grantedBy] }),
            badges: [BadgePresenter.body(badge)],
            badgeTypes: BadgePresenter.types(types, of: [badge])
        )
    }
}
