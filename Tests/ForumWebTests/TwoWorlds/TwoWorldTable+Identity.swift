@testable import ForumWeb

extension TwoWorldTable {
    static let identity: [TwoWorldLine] = [
        TwoWorldLine("GET /u/trusted-session", "/u/trusted-session.json")
    ]
}
