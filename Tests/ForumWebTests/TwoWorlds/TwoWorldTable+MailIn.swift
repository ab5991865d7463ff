@testable import ForumWeb

/// Pages that links in mails about mail lead to.
extension TwoWorldTable {
    static let mailIn: [TwoWorldLine] = [
        TwoWorldLine("GET /email/confirm/{token}", "/email/confirm/0123")
    ]
}
