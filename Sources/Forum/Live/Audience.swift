/// Who may receive a live message. There is no default: whoever publishes has to say.
package enum Audience: Sendable, Equatable {
    case everybody
    /// Members of any of the groups, and administrators.
    case groups([Int64])
    case users([Int64])
    /// What a topic's category or list of participants allows, taken from the database.
    case readers(TopicID)

    /// Everybody who has an account.
    static let members = Audience.groups([10])
    static let administrators = Audience.groups([1])
}
