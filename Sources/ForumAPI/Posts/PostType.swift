/// What a post is, under Discourse's numbers.
package enum PostType: Int, Codable, Sendable, CaseIterable {
    case regular = 1
    case moderatorAction
    case smallAction
    case whisper

    package static let numbers = NumberedNames(
        allCases.map { (snakeCased(String(describing: $0)), $0.rawValue) }
    )
}
