package import Postgres

package typealias WebHookID = ID<WebHook>

/// An address that is told of what happens.
package struct WebHook: Sendable, RowDecodable {
    /// Discourse's numbers.
    package enum ContentType: Int, Sendable, CaseIterable {
        case json = 1
        case form = 2

        package var name: String {
            switch self {
            case .json: "application/json"
            case .form: "application/x-www-form-urlencoded"
            }
        }
    }

    /// How the last delivery went; Discourse's numbers.
    package enum Status: Int, Sendable, CaseIterable {
        case inactive = 1
        case failed
        case successful
        /// Turned off because nobody took what was sent.
        case disabled
    }

    package let id: WebHookID
    package let payloadURL: String
    package let contentType: ContentType
    package let status: Status
    package let hasSecret: Bool
    /// Everything, also what later versions tell of.
    package let isWildcard: Bool
    package let eventTypes: [WebHookEventType]
    package let categoryIDs: [CategoryID]
    package let tagNames: [String]
    package let groupIDs: [GroupID]
    package let verifiesCertificate: Bool
    package let isActive: Bool

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        payloadURL = try row.next()
        contentType = ContentType(rawValue: try row.next()) ?? .json
        status = Status(rawValue: try row.next()) ?? .inactive
        hasSecret = try row.next()
        isWildcard = try row.next()
        let types: [Int64] = try row.next()
        eventTypes = types.compactMap { WebHookEventType(rawValue: Int($0)) }
        let categories: [Int64] = try row.next()
        categoryIDs = categories.map { CategoryID($0) }
        tagNames = try row.next()
        let groups: [Int64] = try row.next()
        groupIDs = groups.map { GroupID($0) }
        verifiesCertificate = try row.next()
        isActive = try row.next()
    }

    /// The address without its query, which often holds a password of its own: for logs.
    var shownURL: String { String(payloadURL.prefix { $0 != "?" }) }
}

/// What an administrator says about a webhook; `nil` leaves as it is.
package struct WebHookFields: Sendable {
    package var payloadURL: String?
    package var contentType: Int?
    /// Empty for none.
    package var secret: String?
    package var isWildcard: Bool?
    package var eventTypes: [Int]?
    package var categoryIDs: [Int64]?
    package var tagNames: [String]?
    package var groupIDs: [Int64]?
    package var verifiesCertificate: Bool?
    package var isActive: Bool?

    package init() {}
}

/// The fields after the rules have looked at them.
struct CheckedWebHook: Sendable {
    let payloadURL: String
    let contentType: Int
    let sealedSecret: SecretChange
    let isWildcard: Bool
    let eventTypes: [Int64]
    let categoryIDs: [Int64]
    let tagIDs: [Int64]
    let groupIDs: [Int64]
    let verifiesCertificate: Bool
    let isActive: Bool

    enum SecretChange: Sendable {
        case keep
        case none
        case set([UInt8])
    }
}
