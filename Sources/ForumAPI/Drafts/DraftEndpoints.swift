/// Text that is not posted yet.
extension API {
    package enum Drafts {
        package static let list = Endpoint<DraftQuery, DraftListReply>(.get, "/drafts")
        package static let save = Endpoint<SaveDraftRequest, SaveDraftReply>(.post, "/drafts")
        package static let show = Endpoint<DraftQuery, DraftReply>(.get, "/drafts/{draft_key}")
        package static let delete = Endpoint<DraftQuery, SuccessReply>(
            .delete,
            "/drafts/{draft_key}"
        )

        static let signatures = [
            list.signature, save.signature, show.signature, delete.signature,
        ]
    }
}
