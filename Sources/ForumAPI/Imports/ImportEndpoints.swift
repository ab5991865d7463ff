/// What was imported and waits for everybody to see it. Discourse has no such operations.
extension API {
    package enum Imports {
        package static let list = Endpoint<NoBody, ImportListReply>(.get, "/admin/imports")
        package static let publish = Endpoint<NoBody, ImportReply>(
            .put,
            "/admin/imports/{id}/publish"
        )
        package static let discard = Endpoint<NoBody, ImportReply>(.delete, "/admin/imports/{id}")

        static let signatures = [list.signature, publish.signature, discard.signature]
    }
}
