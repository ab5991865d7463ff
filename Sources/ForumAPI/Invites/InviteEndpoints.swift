/// Bringing people in.
extension API {
    package enum Invites {
        package static let create = Endpoint<InviteRequest, InviteBody>(.post, "/invites")
        package static let createMultiple = Endpoint<CreateInvitesRequest, CreateInvitesReply>(
            .post,
            "/invites/create-multiple"
        )
        package static let retrieve = Endpoint<InviteEmailRequest, InviteBody>(
            .get,
            "/invites/retrieve"
        )
        package static let update = Endpoint<InviteRequest, InviteBody>(.put, "/invites/{id}")
        package static let delete = Endpoint<DeleteInviteRequest, SuccessReply>(
            .delete,
            "/invites"
        )
        package static let destroyAllExpired = Endpoint<NoBody, SuccessReply>(
            .post,
            "/invites/destroy-all-expired"
        )
        package static let reinvite = Endpoint<InviteEmailRequest, SuccessReply>(
            .post,
            "/invites/reinvite"
        )
        package static let reinviteAll = Endpoint<NoBody, SuccessReply>(
            .post,
            "/invites/reinvite-all"
        )
        package static let invited = Endpoint<InvitedRequest, InvitedReply>(
            .get,
            "/u/{username}/invited"
        )
        package static let redeem = Endpoint<RedeemInviteRequest, RedeemInviteReply>(
            .put,
            "/invites/show/{key}"
        )

        static let signatures = [
            create.signature, createMultiple.signature, retrieve.signature, update.signature,
            delete.signature, destroyAllExpired.signature, reinvite.signature,
            reinviteAll.signature, invited.signature, redeem.signature,
        ]
    }
}
