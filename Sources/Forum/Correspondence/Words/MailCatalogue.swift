/// The texts of mails in one language, as a file of lines `key = text` says them.
package struct MailCatalogue: Sendable {
    /// What is wrong in a file, by its line.
    package struct Fault: Sendable, Equatable, CustomStringConvertible {
        package let line: Int
        package let message: String

        package var description: String { "line \(line): \(message)" }
    }

    /// `en`, `pt_BR`.
    package let locale: String
    private(set) var texts: [MailPhrase: [PluralForm: String]] = [:]
    package private(set) var faults: [Fault] = []

    /// - Parameter original: What the texts are translations of: they have to hold the same values.
    package init(locale: String, text: String, original: MailCatalogue? = nil) {
        self.locale = locale
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if let message = read(line.trimmingBlanks, original) {
                faults.append(Fault(line: index + 1, message: message))
            }
        }
        for (phrase, forms) in texts where forms[.other] == nil {
            faults.append(Fault(line: 0, message: "\(phrase.rawValue) has no form .other"))
        }
    }

    /// The phrases that it says nothing for.
    package var missing: [MailPhrase] { MailPhrase.allCases.filter { texts[$0] == nil } }

    /// - Returns: What is wrong with the line, or `nil`.
    private mutating func read(_ line: Substring, _ original: MailCatalogue?) -> String? {
        guard !line.isEmpty, !line.hasPrefix("#") else { return nil }
        guard let equals = line.firstIndex(of: "=") else { return "it has no equals sign" }
        let key = line[..<equals].trimmingBlanks
        let text = String(line[line.index(after: equals)...].trimmingBlanks)
        guard let (phrase, form) = Self.phrase(key) else { return "there is no text “\(key)”" }
        guard !text.isEmpty else { return "\(key) is empty" }
        if texts[phrase]?[form] != nil { return "\(key) stands there twice" }
        if let fault = Self.fault(in: text, form, like: original?.texts[phrase]?[.other]) {
            return "\(key) \(fault)"
        }
        texts[phrase, default: [:]][form] = text
        return nil
    }

    /// `digest.topics.few` is a form of `digest.topics`.
    private static func phrase(_ key: Substring) -> (MailPhrase, PluralForm)? {
        if let phrase = MailPhrase(rawValue: String(key)) { return (phrase, .other) }
        guard let dot = key.lastIndex(of: "."),
            let phrase = MailPhrase(rawValue: String(key[..<dot])),
            let form = PluralForm(rawValue: String(key[key.index(after: dot)...]))
        else { return nil }
        return (phrase, form)
    }

    private static func fault(
        in text: String,
        _ form: PluralForm,
        like original: String?
    ) -> String? {
        guard let original else { return nil }
        let wanted = Set(values(in: original))
        let found = Set(values(in: text))
        if let unknown = found.subtracting(wanted).min() { return "has no value {\(unknown)}" }
        // “One topic” need not say its number.
        let optional: Set<Int> = form == .other ? [] : [1]
        return wanted.subtracting(found).subtracting(optional).min().map { "lacks {\($0)}" }
    }

    /// The numbers in braces.
    private static func values(in text: String) -> [Int] {
        text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap {
            piece in
            piece.firstIndex(of: "}").flatMap { Int(piece[..<$0]) }
        }
    }

    /// The text with values in the places of their numbers, or `nil` where it has none. What a value
    /// says is not looked at.
    func text(_ phrase: MailPhrase, _ values: [String], count: Int?) -> String? {
        guard let forms = texts[phrase] else { return nil }
        let form = count.map { PluralForm(of: $0, in: locale) } ?? .other
        guard let text = forms[form] ?? forms[.other] else { return nil }
        var filled = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            filled += rest[..<open]
            let after = rest[rest.index(after: open)...]
            if let close = after.firstIndex(of: "}"), let number = Int(after[..<close]),
                values.indices.contains(number - 1)
            {
                filled += values[number - 1]
                rest = after[after.index(after: close)...]
            } else {
                filled += "{"
                rest = after
            }
        }
        return filled + rest
    }
}

extension MailCatalogue {
    /// English, which is compiled in and complete.
    package static let english: MailCatalogue = {
        let catalogue = MailCatalogue(locale: "en", text: englishSource)
        precondition(catalogue.faults.isEmpty, "the texts of mails: \(catalogue.faults)")
        precondition(catalogue.missing.isEmpty, "no text for \(catalogue.missing)")
        return catalogue
    }()

    /// The file that it was made of: what translators begin with.
    package static var englishSource: String {
        String(decoding: PackageResources.mail_en_txt, as: UTF8.self)
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        var rest = drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}
