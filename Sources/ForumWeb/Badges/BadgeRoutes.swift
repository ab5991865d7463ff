import Forum
import ForumAPI

/// Badges themselves: for everybody, and their administration.
struct BadgeRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Badges.list, .everybody) { call in
            let catalogue = try await community.badgeCatalogue(for: call.viewer)
            let isMember = call.viewer.principal != nil
            return BadgeListReply(
                badges: catalogue.badges.map { badge in
                    BadgePresenter.detail(
                        badge,
                        isHeld: isMember ? catalogue.held.contains(badge.id) : nil
                    )
                },
                badgeTypes: BadgePresenter.types(catalogue.types),
                badgeGroupings: BadgePresenter.groupings(catalogue.groupings)
            )
        }
        for endpoint in [API.Badges.show, API.Badges.showBySlug] {
            routes.serve(endpoint, .everybody) { call in
                let badge = try await community.badge(
                    BadgeID(call.id("id")),
                    for: call.viewer
                )
                let catalogue = try await community.badgeCatalogue(for: call.viewer)
                return BadgeReply(
                    badge: BadgePresenter.detail(
                        badge,
                        isHeld: call.viewer.principal == nil
                            ? nil : catalogue.held.contains(badge.id)
                    ),
                    badgeTypes: BadgePresenter.types(catalogue.types, of: [badge])
                )
            }
        }
        routes.serve(API.Badges.adminList, .admin) { call in try await adminList(call) }
        routes.serve(API.Badges.create, .admin) { call in
            try await reply(
                community.createBadge(Self.fields(call.body), by: call.principal),
                call.viewer
            )
        }
        routes.serve(API.Badges.update, .admin) { call in
            try await reply(
                community.updateBadge(
                    BadgeID(call.id("id")),
                    Self.fields(call.body),
                    by: call.principal
                ),
                call.viewer
            )
        }
        routes.serve(API.Badges.delete, .admin) { call in
            try await community.deleteBadge(BadgeID(call.id("id")), by: call.principal)
            return SuccessReply()
        }
    }

    private func adminList(_ call: Call<NoBody>) async throws -> AdminBadgeListReply {
        let catalogue = try await community.badgeCatalogue(for: call.viewer, isComplete: true)
        return AdminBadgeListReply(
            badges: catalogue.badges.map { BadgePresenter.admin($0) },
            badgeTypes: BadgePresenter.types(catalogue.types),
            badgeGroupings: BadgePresenter.groupings(catalogue.groupings),
            adminBadges: AdminBadgesBody(
                badgeIDs: catalogue.badges.map { Int($0.id.value) },
                badgeGroupingIDs: catalogue.groupings.map(\.id),
                badgeTypeIDs: catalogue.types.map(\.id)
            )
        )
    }

    private func reply(_ badge: Badge, _ viewer: Viewer) async throws -> AdminBadgeReply {
        let types = try await community.badgeCatalogue(for: viewer).types
        return AdminBadgeReply(
            badgeTypes: BadgePresenter.types(types, of: [badge]),
            badge: BadgePresenter.admin(badge)
        )
    }

    private static func fields(_ body: BadgeRequest) -> BadgeFields {
        var fields = BadgeFields()
        fields.name = body.name
        fields.typeID = body.badgeTypeID
        fields.description = body.description
        fields.longDescription = body.longDescription
        fields.groupingID = body.badgeGroupingID
        fields.icon = body.icon
        fields.imageUploadID = body.imageUploadID.map { UploadID(Int64($0)) }
        fields.allowsTitle = body.allowTitle
        fields.isMultiple = body.multipleGrant
        fields.isListable = body.listable
        fields.isEnabled = body.enabled
        fields.targetsPosts = body.targetPosts
        fields.showsPosts = body.showPosts
        fields.showsInPostHeader = body.showInPostHeader
        fields.autoRevokes = body.autoRevoke
        return fields
    }
}
