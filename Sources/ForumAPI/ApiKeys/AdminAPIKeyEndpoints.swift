/// Administrators' keys.
extension API {
    package enum AdminAPIKeys {
        package static let list = Endpoint<AdminAPIKeyListQuery, AdminAPIKeyListReply>(
            .get,
            "/admin/api/keys"
        )
        package static let scopes = Endpoint<NoBody, APIKeyScopesReply>(
            .get,
            "/admin/api/keys/scopes"
        )
        package static let show = Endpoint<NoBody, AdminAPIKeyReply>(.get, "/admin/api/keys/{id}")
        package static let create = Endpoint<AdminAPIKeyRequest, AdminAPIKeyReply>(
            .post,
            "/admin/api/keys"
        )
        package static let update = Endpoint<AdminAPIKeyRequest, AdminAPIKeyReply>(
            .put,
            "/admin/api/keys/{id}"
        )
        package static let delete = Endpoint<NoBody, NoReply>(.delete, "/admin/api/keys/{id}")
        package static let revoke = Endpoint<NoBody, AdminAPIKeyReply>(
            .post,
            "/admin/api/keys/{id}/revoke"
        )
        package static let undoRevoke = Endpoint<NoBody, AdminAPIKeyReply>(
            .post,
            "/admin/api/keys/{id}/undo-revoke"
        )

        static let signatures = [
            list.signature, scopes.signature, show.signature, create.signature, update.signature,
            delete.signature, revoke.signature, undoRevoke.signature,
        ]
    }
}
