import Cryptography
import Foundation
package import Postgres

/// What a mail to a command address asks for.
package enum MailCommand: String, Sendable, CaseIterable, Codable {
    /// Every post by mail.
    case subscribe
    case unsubscribe
    /// Once a day one mail with what is new.
    case digest
    /// No mail at all any more.
    case stop

    /// How the category or tag of the command is followed from then on.
    var subscription: Subscription? {
        switch self {
        case .subscribe: Subscription(level: .watching, delivery: .each)
        case .digest: Subscription(level: .tracking, delivery: .daily)
        case .unsubscribe: Subscription(level: .regular, delivery: .each)
        case .stop: nil
        }
    }
}

/// What a command address is an address of.
package struct MailCommandPlace: Sendable, Codable, Equatable {
    package var category: Int64?
    package var tag: String?
    /// The address without anything behind a plus: `ideas@forum.example`.
    package var address: String

    package init(category: CategoryID?, tag: String?, address: String) {
        self.category = category?.value
        self.tag = tag
        self.address = address
    }

    var categoryID: CategoryID? { category.map { CategoryID($0) } }
}

/// What the queue keeps of a mail that answers a command.
struct MailCommandData: Codable, Sendable {
    var command: MailCommand?
    var place: MailCommandPlace
    /// Message-ID of the mail that is answered.
    var inReplyTo: String?

    static func read(_ json: String) throws -> MailCommandData {
        try JSONDecoder().decode(MailCommandData.self, from: Data(json.utf8))
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

extension ForumError {
    /// A mail from an address that has no account, where one is needed.
    static var noSuchReader: Self {
        ForumError(.forbidden, "There is no account with this address.", reason: .staged)
    }
}

/// The secret that confirms a command: 128 bits in 32 hexadecimal digits, short enough for an address.
package enum MailCommandToken {
    package static let length = 32

    static func hash(_ token: String) -> [UInt8] { Digest.sha256(token.lowercased()) }
}

/// Something asked for by mail that waits for a yes.
package struct PendingMailCommand: Sendable, RowDecodable {
    package let command: MailCommand
    package let address: String
    package let categoryID: CategoryID?
    package let categoryName: String?
    package let tagName: String?

    package init(from row: inout RowReader) throws(PostgresError) {
        let name = try row.next(String.self)
        guard let command = MailCommand(rawValue: name) else {
            throw PostgresError(.decoding, "there is no mail command \(name)")
        }
        self.command = command
        address = try row.next()
        categoryID = try row.next()
        categoryName = try row.next()
        tagName = try row.next()
    }

    /// What it is, in words.
    package func wish(siteTitle: String) -> String {
        command.wish(tagName ?? categoryName ?? siteTitle)
    }
}
