import Cryptography

/// The secret in a reply address: who may answer which post with it.
///
/// It is derived, not stored, so that the database holds nothing anybody could answer with; what
/// is stored is its hash, to find the person and the post by.
package struct ReplyKey: Sendable, Hashable {
    /// 32 lower-case hexadecimal digits (128 bits), as Discourse's addresses have.
    package let text: String

    package init(user: UserID, post: PostID, secret: [UInt8]) {
        let message = Array("reply:\(user):\(post)".utf8)
        text = Hex.encode(Array(HMAC.sha256(key: secret, message: message).prefix(16)))
    }

    /// - Parameter text: From an address; case does not matter there.
    package init?(_ text: some StringProtocol) {
        let lower = text.lowercased()
        guard lower.utf8.count == 32,
            lower.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { return nil }
        self.text = lower
    }

    var hash: [UInt8] { Digest.sha256(text) }
}

/// What one click in a mail stops.
package enum UnsubscribeScope: Sendable, Equatable {
    case topic(TopicID)
    case all
    /// Summaries of what somebody missed.
    case summaries
    /// The digest of one category or tag.
    case digest(DigestPlace)

    var name: String {
        switch self {
        case .topic: "topic"
        case .all: "all"
        case .summaries: "digest"
        case .digest(.category): "category_digest"
        case .digest(.tag): "tag_digest"
        }
    }

    var topicID: TopicID? {
        guard case .topic(let id) = self else { return nil }
        return id
    }

    var categoryID: CategoryID? {
        guard case .digest(.category(let id)) = self else { return nil }
        return id
    }

    var tagID: TagID? {
        guard case .digest(.tag(let id)) = self else { return nil }
        return id
    }

    /// The number of what it is of, as it stands in the secret.
    fileprivate var number: String {
        let number = topicID?.value ?? categoryID?.value ?? tagID?.value
        return number.map { String($0) } ?? ""
    }
}

/// The secret of a List-Unsubscribe address (RFC 8058): opaque, and bound to one person and scope.
package struct UnsubscribeKey: Sendable, Hashable {
    /// 64 lower-case hexadecimal digits.
    package let text: String

    package init(user: UserID, scope: UnsubscribeScope, secret: [UInt8]) {
        let message = Array("unsubscribe:\(user):\(scope.name):\(scope.number)".utf8)
        text = Hex.encode(HMAC.sha256(key: secret, message: message))
    }

    package init?(_ text: some StringProtocol) {
        let lower = text.lowercased()
        guard lower.utf8.count == 64 else { return nil }
        self.text = lower
    }

    var hash: [UInt8] { Digest.sha256(text) }
}
