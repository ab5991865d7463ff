/// How the posts of a followed category or tag come by mail, on sites that let members choose.
package enum Delivery: String, Sendable, Hashable, Codable, CaseIterable {
    case each
    case daily
    case weekly
    case web

    package var name: String {
        switch self {
        case .each: "a mail for each post"
        case .daily: "one mail a day"
        case .weekly: "one mail a week"
        case .web: "no mail"
        }
    }

    /// What it does.
    var summary: String {
        switch self {
        case .each: "as soon as it is written"
        case .daily: "with what is new, none on quiet days"
        case .weekly: "with what is new, none in quiet weeks"
        case .web: "what is new is shown here alone"
        }
    }
}
