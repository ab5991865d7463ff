package import Forum
import Foundation

/// The folder of the administrator's own templates and languages of mails.
package struct MailTextFiles: Sendable {
    package let folder: String

    /// One file that could be there, and what is to be said of it.
    package struct Finding: Sendable, Equatable {
        package let name: String
        package let message: String
        package let isFault: Bool
    }

    package init(dataDirectory: String) { folder = dataDirectory + "/templates" }

    /// The languages that there are.
    ///
    /// - Throws: `TemplateFailure` for one that could send nonsense. What it lacks is English.
    package func catalogues() throws -> MailCatalogues {
        MailCatalogues(
            try localeFiles().map { name, locale in
                let catalogue = try catalogue(name, locale)
                if let fault = catalogue.faults.first {
                    throw TemplateFailure(description: "\(folder)/\(name), \(fault)")
                }
                return catalogue
            }
        )
    }

    /// What each file is worth: templates, then languages.
    package func check() throws -> [Finding] {
        let templates = NotificationTemplates.files.map { file in
            do {
                _ = try file.template(in: folder)
                let isOwn = FileManager.default.fileExists(atPath: "\(folder)/\(file.name)")
                return Finding(
                    name: file.name,
                    message: isOwn ? "yours" : "built in",
                    isFault: false
                )
            } catch {
                return Finding(name: file.name, message: "\(error)", isFault: true)
            }
        }
        return try templates
            + localeFiles().flatMap { name, locale in
                let catalogue = try catalogue(name, locale)
                let missing = catalogue.missing.map(\.rawValue)
                let total = MailPhrase.allCases.count
                let list = missing.isEmpty ? "" : "; English for \(missing.joined(separator: ", "))"
                let summary = Finding(
                    name: name,
                    message: "\(total - missing.count) of \(total) texts\(list)",
                    isFault: false
                )
                return catalogue.faults.map {
                    Finding(name: name, message: "\($0)", isFault: true)
                } + [summary]
            }
    }

    /// `mail.de.txt`, `mail.pt_BR.txt`.
    private func localeFiles() throws -> [(name: String, locale: String)] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .compactMap { name in
                guard name.hasPrefix("mail."), name.hasSuffix(".txt") else { return nil }
                let locale = name.dropFirst("mail.".count).dropLast(".txt".count)
                return locale.isEmpty ? nil : (name, String(locale))
            }
    }

    private func catalogue(_ name: String, _ locale: String) throws -> MailCatalogue {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)"),
            let text = String(data: data, encoding: .utf8)
        else { throw TemplateFailure(description: "\(folder)/\(name) cannot be read as UTF-8.") }
        return MailCatalogue(locale: locale, text: text, original: .english)
    }
}
