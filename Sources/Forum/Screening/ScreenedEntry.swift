import Markup
package import Postgres

/// What is done with a sign-up that matches; the numbers are Discourse's.
package enum ScreeningAction: Int, Sendable, CaseIterable {
    case block = 1
    case doNothing = 2
    case allowAdmin = 3

    /// Discourse's name.
    package var name: String {
        switch self {
        case .block: "block"
        case .doNothing: "do_nothing"
        case .allowAdmin: "allow_admin"
        }
    }
}

/// An address, a network or a page that is watched for.
package struct ScreenedEntry: Sendable, RowDecodable {
    package let id: Int64
    /// The address of a mailbox, a network in CIDR form, or the address of a page.
    package let what: String
    /// The domain of a page.
    package let domain: String?
    package let action: Int
    package let matchCount: Int
    package let lastMatchAt: Timestamp?
    package let createdAt: Timestamp
    package let clientIP: String?

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        what = try row.next()
        domain = try row.next()
        action = try row.next()
        matchCount = try row.next()
        lastMatchAt = try row.next()
        createdAt = try row.next()
        clientIP = try row.next()
    }
}

/// A page that a post links to.
struct ScreenedLink: Sendable, Hashable {
    let url: String
    let domain: String

    static func found(inCooked html: String) -> [ScreenedLink] {
        let tree = HTMLTree(parsing: html)
        var links: [ScreenedLink] = []
        var index = tree.following(0, within: 0)
        while index != HTMLTree.none {
            if tree[index].name == "a", let address = tree[index].attribute("href"),
                let link = ScreenedLink(address)
            {
                links.append(link)
            }
            index = tree.following(index, within: 0)
        }
        return links
    }

    private init?(_ address: String) {
        guard address.hasPrefix("http://") || address.hasPrefix("https://"),
            address.unicodeScalars.count <= 2000
        else { return nil }
        let rest = address.drop { $0 != ":" }.dropFirst(3)
        let domain = rest.prefix { $0 != "/" && $0 != ":" && $0 != "?" && $0 != "#" }.lowercased()
        guard !domain.isEmpty, domain.unicodeScalars.count <= 255 else { return nil }
        url = address
        self.domain = domain
    }
}
