/// People.
extension API {
    package enum Users {
        /// Also `/users/{username}`.
        package static let show = Endpoint<NoBody, UserReply>(.get, "/u/{username}")
        package static let create = Endpoint<CreateUserRequest, CreateUserReply>(.post, "/users")

        static let signatures = [show.signature, create.signature]
    }
}
