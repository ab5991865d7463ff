import Forum
import ForumAPI
import Postgres

enum InvitePresenter {
    static func make(_ view: InviteView, _ community: Community) -> InviteBody {
        let invite = view.invite
        return InviteBody(
            id: Int(invite.id.value),
            inviteKey: invite.key,
            link: "\(community.baseURL)/invites/\(invite.key)",
            description: invite.description,
            email: invite.email,
            domain: invite.domain,
            emailed: invite.emailedAt != nil,
            maxRedemptionsAllowed: invite.maxRedemptions,
            redemptionCount: invite.redemptionCount,
            customMessage: invite.customMessage,
            createdAt: invite.createdAt.iso8601,
            updatedAt: invite.updatedAt.iso8601,
            expiresAt: invite.expiresAt.iso8601,
            expired: invite.isExpired(at: community.clock()),
            topics: topics(view),
            groups: groups(view)
        )
    }

    static func listed(_ view: InviteView, _ community: Community) -> InvitedBody {
        let invite = view.invite
        return InvitedBody(
            id: Int(invite.id.value),
            inviteKey: invite.key,
            link: "\(community.baseURL)/invites/\(invite.key)",
            description: invite.description,
            email: invite.email,
            domain: invite.domain,
            emailed: invite.emailedAt != nil,
            canDeleteInvite: true,
            maxRedemptionsAllowed: invite.maxRedemptions,
            redemptionCount: invite.redemptionCount,
            customMessage: invite.customMessage,
            createdAt: invite.createdAt.iso8601,
            updatedAt: invite.updatedAt.iso8601,
            expiresAt: invite.expiresAt.iso8601,
            expired: invite.isExpired(at: community.clock()),
            topics: topics(view),
            groups: groups(view)
        )
    }

    static func redeemed(_ invited: InvitedUser, now: Timestamp) -> InvitedBody {
        InvitedBody(
            id: Int(invited.inviteID.value),
            redeemedAt: invited.redeemedAt.iso8601,
            user: InvitedUserBody(
                id: Int(invited.user.id.value),
                username: invited.user.username,
                name: invited.user.name,
                avatarTemplate: AvatarTemplate.make(invited.user.username),
                createdAt: invited.createdAt.iso8601,
                lastSeenAt: invited.lastSeenAt?.iso8601,
                topicsEntered: invited.topicsEntered,
                postsReadCount: invited.postsRead,
                timeRead: Int(invited.timeReadMilliseconds / 1000),
                daysSinceCreated: Int((now - invited.createdAt) / 86_400)
            )
        )
    }

    static func counts(_ counts: InviteCounts) -> InviteCountsBody {
        InviteCountsBody(
            pending: counts.pending,
            expired: counts.expired,
            redeemed: counts.redeemed,
            total: counts.pending + counts.expired + counts.redeemed
        )
    }

    static func offer(_ offer: InviteOffer) -> InviteOfferBody {
        InviteOfferBody(
            invitedBy: UserPresenter.basic(offer.inviter),
            email: offer.isAddressProved ? offer.invite.email : nil,
            hiddenEmail: !offer.isAddressProved && !offer.invite.isLink,
            username: offer.suggestedUsername,
            isInviteLink: offer.invite.isLink,
            emailVerifiedByLink: offer.isAddressProved,
            domain: offer.invite.domain
        )
    }

    private static func topics(_ view: InviteView) -> [InviteTopicBody] {
        [view.topic].compactMap { $0 }.map {
            InviteTopicBody(
                id: Int($0.id.value),
                title: $0.title,
                fancyTitle: $0.fancyTitle,
                slug: $0.slug,
                postsCount: $0.postsCount
            )
        }
    }

    private static func groups(_ view: InviteView) -> [InviteGroupBody] {
        view.groups.map {
            InviteGroupBody(id: Int($0.id.value), name: $0.name, fullName: $0.fullName)
        }
    }
}
