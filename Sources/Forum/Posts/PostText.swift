import Foundation

/// What people write, brought into the form in which it is kept, and its lengths checked.
enum PostText {
    /// Without NUL, which PostgreSQL's text cannot hold, with LF line ends, without blank lines
    /// around it.
    static func cleaned(_ raw: String) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(raw.utf8.count)
        var previous: UInt8 = 0
        for byte in raw.utf8 {
            defer { previous = byte }
            switch byte {
            case 0: continue
            case UInt8(ascii: "\r"): text.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "\n") where previous == UInt8(ascii: "\r"): continue
            default: text.append(byte)
            }
        }
        while let last = text.last, isSpace(last) { text.removeLast() }
        return String(decoding: text[firstLine(of: text)...], as: UTF8.self)
    }

    /// Where the first line begins that is not blank: its own indentation may mean code.
    private static func firstLine(of text: [UInt8]) -> Int {
        var start = 0
        for (index, byte) in text.enumerated() {
            if byte == UInt8(ascii: "\n") { start = index + 1 }
            if !isSpace(byte) { break }
        }
        return start
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t")
    }

    /// A title on one line with single spaces.
    static func cleanedTitle(_ title: String) -> String {
        let words = title.unicodeScalars.split { scalar in
            scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
        }
        return words.map { String($0) }.joined(separator: " ")
    }

    /// - Returns: What is wrong with the body, or `nil`.
    static func problem(
        body raw: String,
        minimum: Int,
        _ settings: SiteSettings
    ) -> ForumError? {
        let count = raw.unicodeScalars.count
        if count == 0 {
            return ForumError(.invalid, "Body can't be blank", reason: .bodyTooShort, field: "raw")
        }
        if count < minimum {
            return ForumError(
                .invalid,
                "Body is too short (minimum is \(minimum) characters)",
                reason: .bodyTooShort,
                field: "raw"
            )
        }
        let maximum = settings.maxPostLength
        guard count <= maximum else {
            return ForumError(
                .invalid,
                "Body is limited to \(maximum) characters; you entered \(count).",
                reason: .bodyTooLong,
                field: "raw"
            )
        }
        return nil
    }

    static func problem(
        title: String,
        minimum: Int,
        _ settings: SiteSettings
    ) -> ForumError? {
        let count = title.unicodeScalars.count
        if count == 0 {
            return ForumError(
                .invalid,
                "Title can't be blank",
                reason: .titleTooShort,
                field: "title"
            )
        }
        if count < minimum {
            return ForumError(
                .invalid,
                "Title is too short (minimum is \(minimum) characters)",
                reason: .titleTooShort,
                field: "title"
            )
        }
        let maximum = min(settings.maxTopicTitleLength, Limits.titleMax)
        guard count <= maximum else {
            return ForumError(
                .invalid,
                "Title is too long (maximum is \(maximum) characters)",
                reason: .titleTooLong,
                field: "title"
            )
        }
        return nil
    }

    /// One refusal that says all that is wrong, with the reason of the first.
    static func refuse(_ problems: [ForumError?]) throws(ForumError) {
        let problems = problems.compactMap(\.self)
        guard let first = problems.first else { return }
        throw ForumError(
            first.code,
            problems.flatMap(\.messages),
            reason: first.reason,
            field: first.field
        )
    }
}

extension String {
    /// Without NUL, which PostgreSQL's text cannot hold.
    var cleanedOfNUL: String {
        utf8.contains(0) ? String(decoding: utf8.filter { $0 != 0 }, as: UTF8.self) : self
    }

    /// For a LIKE pattern: `%`, `_` and the backslash stand for themselves.
    var escapedForLike: String {
        replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
    }
}
