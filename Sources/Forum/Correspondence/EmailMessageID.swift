/// The Message-IDs that this forum gives to its posts (RFC 5322 §3.6.4), in Discourse's form.
package enum EmailMessageID {
    /// Stable for the life of the post: mail clients thread by it.
    package static func make(_ post: PostID, host: String) -> String {
        "discourse/post/\(post)@\(host)"
    }

    /// What the Message-ID of each digest begins with.
    package static func digest(_ rest: String, host: String) -> String { "digest/\(rest)@\(host)" }

    package static func isDigest(_ messageID: String, host: String) -> Bool {
        messageID.hasPrefix("digest/") && messageID.hasSuffix("@\(host)")
    }

    /// The post a Message-ID of this forum names.
    package static func post(_ messageID: String, host: String) -> PostID? {
        let prefix = "discourse/post/"
        let suffix = "@\(host)"
        guard messageID.hasPrefix(prefix), messageID.hasSuffix(suffix) else { return nil }
        let number = messageID.dropFirst(prefix.count).dropLast(suffix.count)
        guard number.utf8.count < 19, number.utf8.allSatisfy({ (48...57).contains($0) }),
            let value = Int64(number), value > 0
        else { return nil }
        return PostID(value)
    }
}
