package import Postgres

/// How the posts of a followed category or tag reach their follower, beside what the site shows.
///
/// Not Discourse's: there a watched category means a mail for each post.
package enum Delivery: String, Sendable, CaseIterable {
    /// A mail for each post, as soon as it is written.
    case each
    /// One mail a day with what is new; none on a day without anything.
    case daily
    /// The same once a week.
    case weekly
    /// No mail.
    case web

    /// How often a digest comes; `nil` for those that have none.
    var intervalSeconds: Double? {
        switch self {
        case .daily: 86_400
        case .weekly: 7 * 86_400
        case .each, .web: nil
        }
    }
}

extension Delivery: RowDecodable {
    /// Without a row nobody has chosen: `each`.
    package init(from row: inout RowReader) throws(PostgresError) {
        let word: String? = try row.next()
        self = word.flatMap(Delivery.init(rawValue:)) ?? .each
    }
}

/// What somebody chooses for a category or a tag; `nil` leaves as it is.
package struct Subscription: Sendable, Equatable {
    package var level: NotificationLevel?
    package var delivery: Delivery?

    package init(level: NotificationLevel? = nil, delivery: Delivery? = nil) {
        self.level = level
        self.delivery = delivery
    }
}
