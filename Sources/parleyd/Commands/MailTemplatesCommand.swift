import ArgumentParser
import Forum
import ForumMail

extension MailCommand {
    struct Templates: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check your own templates and languages of mails.",
            discussion: """
                They lie in templates/ of the data directory: notification.txt.mustache and the others, and \
                mail.LOCALE.txt for each language. What a language lacks is said in English. The exit status \
                is 1 when a file cannot be used.
                """
        )

        @OptionGroup var database: DatabaseOptions
        @Flag(help: "Print the English texts: the file that a translation begins with.")
        var english = false

        func run() async throws {
            guard !english else {
                print(MailCatalogue.englishSource, terminator: "")
                return
            }
            let configuration = try await database.load()
            let findings = try MailTextFiles(dataDirectory: configuration.dataDirectory).check()
            for finding in findings { print("\(finding.name): \(finding.message)") }
            if findings.contains(where: \.isFault) { throw ExitCode(1) }
        }
    }
}
