/// Logging in and out.
extension API {
    package enum Sessions {
        package static let csrf = Endpoint<NoBody, CSRFReply>(.get, "/session/csrf")
        /// 404 with an empty body for those who are not logged in.
        package static let current = Endpoint<NoBody, CurrentSessionReply>(
            .get,
            "/session/current"
        )
        /// Wrong credentials answer 200 with `error`.
        package static let create = Endpoint<LogInRequest, LogInReply>(.post, "/session")
        package static let delete = Endpoint<NoBody, LogOutReply>(
            .delete,
            "/session/{username}",
            takesSuffix: false
        )

        static let signatures = [
            csrf.signature, current.signature, create.signature, delete.signature,
        ]
    }
}
