/// Every operation, in one enum for each noun.
package enum API {
    /// `METHOD /path` of every operation: what a server must serve.
    package static let catalogue: [String] = [
        Site.signatures, Categories.signatures, Topics.signatures, Posts.signatures,
        PostActions.signatures, Users.signatures, Sessions.signatures, Tags.signatures,
        Search.signatures, Notifications.signatures, Email.signatures, MessageBus.signatures,
        Groups.signatures, Messages.signatures,
        UserAPIKeys.signatures, AdminAPIKeys.signatures, Administration.signatures,
    ].flatMap(\.self)
}
