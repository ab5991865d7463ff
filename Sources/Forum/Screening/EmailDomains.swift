extension SiteSettings {
    /// Whether accounts may be made with an address, by its domain and those above it (Discourse's
    /// `allowed_email_domains`, which go before `blocked_email_domains`).
    func allowsAccounts(with email: String) -> Bool {
        let domain = email.lastIndex(of: "@").map { email[email.index(after: $0)...] } ?? ""
        if !allowedEmailDomains.isEmpty { return Self.names(allowedEmailDomains, domain) }
        return !Self.names(blockedEmailDomains, domain)
    }

    private static func names(_ list: String, _ domain: Substring) -> Bool {
        let domain = domain.lowercased()
        return list.lowercased().split(separator: "|").contains { name in
            domain == name || domain.hasSuffix(".\(name)")
        }
    }
}

extension ForumError {
    static var emailNotAllowed: Self {
        ForumError(
            .invalid,
            "Email is not allowed from that email provider. Please use another email address.",
            reason: .emailNotAllowed,
            field: "email"
        )
    }
}
