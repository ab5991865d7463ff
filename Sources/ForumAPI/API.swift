/// Every operation, in one enum for each noun.
package enum API {
    /// `METHOD /path` of every operation: what a server must serve.
    package static let catalogue: [String] = [
        Site.signatures, Categories.signatures, Topics.signatures, Posts.signatures,
        PostActions.signatures, Users.signatures, Sessions.signatures, Tags.signatures,
        Search.signatures, Notifications.signatures, Email.signatures, MessageBus.signatures,
        Changes.signatures,
        Groups.signatures, Messages.signatures,
        UserAPIKeys.signatures, AdminAPIKeys.signatures, Administration.signatures,
        TagGroups.signatures,
        PostChanges.signatures, TopicChanges.signatures, Bookmarks.signatures, Drafts.signatures,
        Polls.signatures,
        Uploads.signatures, Badges.signatures, Backups.signatures, Events.signatures,
        Accounts.signatures, People.signatures, Invites.signatures,
        AdminUsers.signatures, Review.signatures, AdminLogs.signatures,
        SecondFactors.signatures, Exports.signatures,
        WatchedWords.signatures, AdminEmail.signatures, Reports.signatures,
        WebHooks.signatures,
        Jobs.signatures,
        Imports.signatures,
    ].flatMap(\.self)
}
