/// What a category is given; `nil` leaves the default, or in a change what it was.
package struct CategoryFields: Sendable {
    package var name: String?
    package var slug: String?
    package var color: String?
    package var textColor: String?
    package var description: String?
    /// The number of the parent; 0 takes the parent away.
    package var parentID: CategoryID?
    /// Names of groups with 1, 2 or 3; who is not named may not even know of the category.
    package var permissions: [String: Int]?
    package var position: Int?
    /// Addresses with `|` between them; empty for none.
    package var emailIn: String?
    package var emailInAllowStrangers: Bool?
    package var mailingListMirror: Bool?
    package var listID: String?
    package var defaultView: String?
    package var topicTemplate: String?
    package var minimumRequiredTags: Int?
    package var numFeaturedTopics: Int?
    package var settings = CategorySettingFields()

    package init() {}

    package init(name: String, parentID: CategoryID? = nil, permissions: [String: Int]? = nil) {
        self.name = name
        self.parentID = parentID
        self.permissions = permissions
    }
}

/// A new category is told by the same fields as a change of one; the name is required.
package typealias NewCategory = CategoryFields

extension CategoryFields {
    /// Cleans what has one true form and refuses what no category can have.
    func checked() throws(ForumError) -> CategoryFields {
        var fields = self
        fields.name = name?.trimmingWhitespace
        fields.slug = slug?.trimmingWhitespace.lowercased()
        fields.color = try Self.color(color, field: "color")
        fields.textColor = try Self.color(textColor, field: "text_color")
        fields.listID = listID?.trimmingWhitespace.lowercased()
        try Self.check(length: fields.name, 1...Limits.categoryNameMax, "name", "Name")
        try Self.check(length: fields.slug, 0...255, "slug", "Slug")
        try Self.check(length: description, 0...Limits.postMax, "description", "Description")
        try Self.check(length: topicTemplate, 0...Limits.postMax, "topic_template", "Template")
        try Self.check(length: fields.listID, 0...255, "list_id", "List-Id")
        try Self.check(length: defaultView, 0...50, "default_view", "Default view")
        if let slug = fields.slug, !slug.isEmpty {
            let isNumber = slug.utf8.allSatisfy { (48...57).contains($0) }
            let isClean = slug.unicodeScalars.allSatisfy {
                UsernameRules.isAlphanumeric($0) || $0 == "-" || $0 == "_" || $0.value > 0x7F
            }
            guard isClean, !isNumber else {
                throw ForumError(.invalid, "Slug is not valid", field: "slug")
            }
        }
        for (group, permission) in permissions ?? [:] where !(1...3).contains(permission) {
            throw ForumError(
                .invalid,
                "The permission of \(group.prefix(100)) must be 1, 2 or 3",
                field: "permissions"
            )
        }
        for (value, field) in [
            (position, "position"), (minimumRequiredTags, "minimum_required_tags"),
            (numFeaturedTopics, "num_featured_topics"),
        ] {
            if let value, !(0...1_000_000).contains(value) {
                throw ForumError(.invalid, "\(field) is out of range", field: field)
            }
        }
        fields.emailIn = try Self.addresses(emailIn)
        fields.settings = try settings.checked()
        return fields
    }

    private static func color(_ text: String?, field: String) throws(ForumError) -> String? {
        guard let text else { return nil }
        let digits = text.hasPrefix("#") ? String(text.dropFirst()) : text
        guard digits.utf8.count == 3 || digits.utf8.count == 6,
            digits.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
        else {
            throw ForumError(.invalid, "Color must be 3 or 6 hexadecimal digits", field: field)
        }
        return digits
    }

    private static func check(
        length text: String?,
        _ range: ClosedRange<Int>,
        _ field: String,
        _ name: String
    ) throws(ForumError) {
        guard let text else { return }
        let count = text.unicodeScalars.count
        if count < range.lowerBound {
            throw ForumError(.invalid, "\(name) can't be blank", field: field)
        }
        guard count <= range.upperBound else {
            throw ForumError(
                .invalid,
                "\(name) is too long (maximum is \(range.upperBound) characters)",
                field: field
            )
        }
        guard !text.utf8.contains(0) else {
            throw ForumError(.invalid, "\(name) contains a NUL character", field: field)
        }
    }

    private static func addresses(_ text: String?) throws(ForumError) -> String? {
        guard let text else { return nil }
        var addresses: [String] = []
        for part in text.split(whereSeparator: { $0 == "|" || $0 == "," || $0.isWhitespace }) {
            guard let address = EmailAddressRules.normalise(String(part)), addresses.count < 10
            else {
                throw ForumError(
                    .invalid,
                    "'\(part.prefix(100))' is not a valid email address",
                    field: "email_in"
                )
            }
            addresses.append(address)
        }
        return addresses.joined(separator: "|")
    }
}
