import Foundation

/// Discourse's rules for usernames, with ASCII letters only: two names never look alike by using
/// letters of two scripts.
package enum UsernameRules {
    /// The key under which a name is unique: NFKC, then lower case, then NFKC again because
    /// lowering may undo it (Unicode Standard Annex 15).
    package static func fold(_ username: String) -> String {
        if username.utf8.allSatisfy({ $0 < 0x80 }) { return username.lowercased() }
        return
            username
            .precomposedStringWithCompatibilityMapping
            .lowercased()
            .precomposedStringWithCompatibilityMapping
    }

    /// The key to look a name up by, or `nil` for what cannot be a name.
    static func lookupKey(_ username: String) -> String? {
        guard !username.isEmpty, username.utf8.count <= 4 * Limits.usernameStoredMax,
            !username.unicodeScalars.contains(where: { $0.value < 0x20 })
        else { return nil }
        return fold(username)
    }

    /// What is wrong with a name, in Discourse's words; empty when it is good.
    ///
    /// - Parameter lengths: How many characters it may have, in Unicode scalars.
    package static func problems(
        _ username: String,
        lengths: ClosedRange<Int> = Limits.usernameMin...Limits.usernameMax
    ) -> [String] {
        let scalars = Array(username.unicodeScalars)
        guard let first = scalars.first, let last = scalars.last else {
            return ["Username can't be blank"]
        }
        var problems: [String] = []
        if scalars.count < lengths.lowerBound {
            problems.append("Username must be at least \(lengths.lowerBound) characters")
        }
        if scalars.count > lengths.upperBound {
            problems.append("Username must be no more than \(lengths.upperBound) characters")
        }
        guard scalars.allSatisfy({ isAlphanumeric($0) || isSpecial($0) }) else {
            problems.append(
                "Username must only include numbers, letters, dashes, dots, and underscores"
            )
            return problems
        }
        if !isAlphanumeric(first), first != "_" {
            problems.append("Username must begin with a letter, a number or an underscore")
        }
        if !isAlphanumeric(last) {
            problems.append("Username must end with a letter or a number")
        }
        if zip(scalars, scalars.dropFirst()).contains(where: { isSpecial($0) && isSpecial($1) }) {
            problems.append(
                "Username must not contain a sequence of 2 or more special characters (.-_)"
            )
        }
        if hasConfusingSuffix(username) {
            problems.append(
                "Username must not end with a confusing suffix like .json or .png etc."
            )
        }
        return problems
    }

    /// Whether only the forum's own administration may give the name away.
    package static func isReserved(_ username: String) -> Bool {
        reserved.contains(fold(username))
    }

    static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }

    private static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar == "-" || scalar == "."
    }

    private static func hasConfusingSuffix(_ username: String) -> Bool {
        guard let dot = username.lastIndex(of: ".") else { return false }
        return confusingSuffixes.contains(username[username.index(after: dot)...].lowercased())
    }

    /// Endings that an address of the site would take for a format.
    private static let confusingSuffixes: Set<String> = [
        "js", "json", "css", "htm", "html", "xml", "jpg", "jpeg", "png", "gif", "bmp", "ico",
        "tif", "tiff", "woff", "woff2", "svg", "webp", "rss", "atom", "ics", "md", "txt",
    ]

    /// Discourse's reserved names, the mailboxes of RFC 2142, and the words that stand for people.
    private static let reserved: Set<String> = [
        "admin", "administrator", "admins", "moderator", "moderators", "mod", "staff", "sys",
        "system", "root", "community", "info", "you", "name", "username", "user", "users",
        "nickname", "discourse", "discourseorg", "discourseforum", "parley", "support", "all",
        "here", "everyone", "abuse", "hostmaster", "mailer-daemon", "no-reply", "noreply",
        "postmaster", "security", "webmaster", "anonymous", "by-external", "account-created",
        "activate-account", "is_local_username", "check_username", "check_email",
        "password-reset", "admin-login", "search", "hp", "summary", "unsubscribe", "me", "new",
        "notifications",
    ]
}
