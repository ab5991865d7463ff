import Forum

/// The address of a category, perhaps with tags behind a plus: `ideas+swift+linux@forum.example`.
struct CategoryAddress: Sendable, Equatable {
    /// Without what stands behind the plus.
    let base: String
    let tags: [String]

    /// - Returns: `nil` for an address that has nothing behind a plus.
    init?(subaddressed address: String) {
        guard let at = address.lastIndex(of: "@") else { return nil }
        let local = address[..<at]
        guard let plus = local.firstIndex(of: "+"), plus != local.startIndex else { return nil }
        let tags = local[local.index(after: plus)...]
            .split(separator: "+", maxSplits: MailLimits.tagsPerAddress)
            .prefix(MailLimits.tagsPerAddress)
            .map(String.init)
        guard !tags.isEmpty else { return nil }
        base = String(local[..<plus]) + address[at...]
        self.tags = tags
    }
}

/// Where a mail to an address of a category begins a topic.
struct CategoryPlace: Sendable {
    let category: EmailInCategory
    /// The address as the category has it.
    let base: String
    /// What the address names behind its pluses.
    let tags: [String]
}

extension Community {
    /// The category that a mail to the address begins a topic in, and the tags the address names.
    ///
    /// A category may have an address with a plus of its own: it comes first.
    func place(emailIn address: String) async throws -> CategoryPlace? {
        if let category = try await category(emailIn: address) {
            return CategoryPlace(category: category, base: address, tags: [])
        }
        guard let parts = CategoryAddress(subaddressed: address),
            let category = try await category(emailIn: parts.base)
        else { return nil }
        return CategoryPlace(category: category, base: parts.base, tags: parts.tags)
    }
}

/// Tags that a subject names in brackets before its title: `[swift] [linux] How to …`.
struct SubjectTags: Sendable, Equatable {
    var tags: [String]
    var title: String

    /// Takes a word in brackets for a tag where `isTag` says that it is one. The rest is the title:
    /// `[PATCH 1/2]` stays what it is.
    init(_ subject: String, isTag: (String) async throws -> Bool) async throws {
        tags = []
        var rest = subject[...]
        while tags.count < MailLimits.tagsPerSubject, rest.first == "[",
            let close = rest.firstIndex(of: "]")
        {
            let name = String(rest[rest.index(after: rest.startIndex)..<close]).trimmed
            let after = rest[rest.index(after: close)...].drop { $0.isWhitespace }
            guard !name.isEmpty, name.utf8.count <= 400, !after.isEmpty, try await isTag(name)
            else { break }
            tags.append(name)
            rest = after
        }
        title = String(rest)
    }
}
