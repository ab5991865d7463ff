import Foundation
import Postgres

/// The texts of mails for one reader: their language, and those that stand in for what it lacks.
package struct MailWords: Sendable {
    /// The best first, English last.
    fileprivate let catalogues: [MailCatalogue]

    package static let english = MailWords(catalogues: [.english])

    /// A text with its values.
    package func callAsFunction(_ phrase: MailPhrase, _ values: String...) -> String {
        text(phrase, values, count: nil)
    }

    package func callAsFunction(_ phrase: MailPhrase, values: [String]) -> String {
        text(phrase, values, count: nil)
    }

    /// A text that says a number.
    package func counting(_ phrase: MailPhrase, _ number: Int) -> String {
        text(phrase, ["\(number)"], count: number)
    }

    private func text(_ phrase: MailPhrase, _ values: [String], count: Int?) -> String {
        catalogues.lazy.compactMap { $0.text(phrase, values, count: count) }.first
            ?? phrase.rawValue
    }
}

/// The languages that mails are written in.
package struct MailCatalogues: Sendable {
    private let byLocale: [String: MailCatalogue]

    package static let builtIn = MailCatalogues([])

    /// - Parameter others: Beside English, which is compiled in; one for English comes before it.
    package init(_ others: [MailCatalogue]) {
        byLocale = Dictionary(others.map { (Self.key($0.locale), $0) }) { _, last in last }
    }

    /// Whether it matters what somebody's language is.
    package var hasChoice: Bool { !byLocale.isEmpty }

    /// The catalogue of the first that there is one for, those that are less exact (`pt` for `pt_BR`),
    /// and English.
    package func words(for locales: [String?]) -> MailWords {
        let keys = locales.compactMap { $0 }.flatMap { locale in
            let key = Self.key(locale)
            return [key, String(key.prefix { $0 != "_" })]
        }
        return MailWords(catalogues: keys.compactMap { byLocale[$0] } + [.english])
    }

    private static func key(_ locale: String) -> String {
        locale.lowercased().replacing("-", with: "_")
    }
}

extension Community {
    /// The texts of mails in somebody's language, or else in the site's.
    package func words(for locale: String? = nil) -> MailWords {
        catalogues.words(for: [locale, settings.current.defaultLocale])
    }

    /// The texts of mails for a member; the site's for anybody else.
    package func words(for user: UserID?) async throws -> MailWords {
        guard catalogues.hasChoice, let user else { return words() }
        let locale: String? =
            try await database.query(CorrespondenceQueries.locale(of: user))
            .firstValue(String?.self) ?? nil
        return words(for: locale)
    }
}
