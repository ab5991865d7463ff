/// The channels that each person has for themself: the raw value and the number of the person.
enum PersonalChannel: String, CaseIterable {
    case notification = "/notification/"
    case notificationAlert = "/notification-alert/"
    case unread = "/unread/"
    case reviewableCounts = "/reviewable_counts/"
    case doNotDisturb = "/do-not-disturb/"
    case drafts = "/user-drafts/"
    case logOut = "/logout/"
}
