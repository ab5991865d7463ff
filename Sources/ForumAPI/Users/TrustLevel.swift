/// How well the forum knows a member, under Discourse's names and numbers.
package enum TrustLevel: Int, Codable, Sendable, CaseIterable {
    case newuser
    case basic
    case member
    case regular
    case leader

    package static let numbers = NumberedNames(
        allCases.map { (String(describing: $0), $0.rawValue) }
    )
}
