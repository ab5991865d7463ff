@testable import ForumWeb

extension TwoWorldTable {
    static let identity: [TwoWorldLine] = [
        TwoWorldLine("GET /u/trusted-session", "/u/trusted-session.json"),
        TwoWorldLine("GET /export_csv/download/{token}", "/export_csv/download/0123"),
    ]
}
