/// A post as the plain text of a mail.
///
/// Lines are wrapped where they stand, at 72 columns, and not marked `format=flowed` (RFC 3676): what a
/// reader quotes comes back line by line as it was sent and stays within 80 columns four quotes deep,
/// and code needs no stuffing that would change it.
package enum MailText {
    /// Columns of a line; addresses and code may be longer.
    package static let columns = 72

    /// The words that stand for what text cannot show.
    package struct Labels: Sendable {
        /// `anna wrote:`
        package var wrote: @Sendable (String) -> String
        package var image: String
        package var poll: String
        package var spoiler: String

        package init(
            wrote: @escaping @Sendable (String) -> String,
            image: String,
            poll: String,
            spoiler: String
        ) {
            self.wrote = wrote
            self.image = image
            self.poll = poll
            self.spoiler = spoiler
        }
    }

    /// The addresses of a mail by the numbers that stand for them.
    package struct References: Sendable {
        private(set) var addresses: [String] = []
        private var numbers: [String: Int] = [:]

        package init() {}

        /// - Returns: `nil` when there are too many.
        mutating func number(of address: String) -> Int? {
            if let number = numbers[address] { return number }
            guard addresses.count < Limits.textReferences else { return nil }
            addresses.append(address)
            numbers[address] = addresses.count
            return addresses.count
        }
    }

    /// Writes cooked HTML as text. Links are numbers in brackets; those that are new in `references` are
    /// listed below the text.
    ///
    /// - Parameters:
    ///   - baseURL: What addresses within the site are relative to.
    ///   - page: Where polls and spoilers can be opened.
    ///   - columns: Of a line.
    package static func text(
        _ html: String,
        baseURL: String,
        page: String,
        labels: Labels,
        references: inout References,
        columns: Int = columns
    ) -> String {
        var writer = MailTextWriter(
            baseURL: baseURL,
            page: page,
            labels: labels,
            references: references,
            columns: columns
        )
        writer.write(HTMLTree(parsing: html))
        let known = references.addresses.count
        references = writer.references
        var lines = writer.finish()
        let added = references.addresses[known...]
        if !added.isEmpty {
            if !lines.isEmpty { lines.append("") }
            lines += zip((known + 1)..., added).map { "[\($0)] \($1)" }
        }
        return lines.joined(separator: "\n")
    }

    /// Plain sentences, wrapped; line ends in them stay.
    package static func wrapped(_ text: String) -> String {
        TextWrap.lines(text, columns: columns).joined(separator: "\n")
    }

    /// The lines of a text as a quotation.
    package static func quoted(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty || $0.hasPrefix(">") ? ">\($0)" : "> \($0)" }
            .joined(separator: "\n")
    }
}
