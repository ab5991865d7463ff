import ArgumentParser
import Cryptography
import ForumMail
import MailMessage

extension SigningKey.Algorithm: ExpressibleByArgument {}

extension MailCommand {
    /// Makes a key to sign outgoing mail with.
    struct DKIMKey: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "dkim-key",
            abstract: "Make a key to sign outgoing mail with, and print its DNS record.",
            discussion: """
                Publish the record, then restart parleyd: from then on every mail is signed. A key that \
                is there already is not made anew; its record is printed again.
                """
        )

        @OptionGroup var database: DatabaseOptions
        @Option(help: "rsa or ed25519. Not every receiver knows ed25519: have one of each.")
        var algorithm: SigningKey.Algorithm = .rsa
        @Option(help: "The domain; by default, that of PARLEY_MAIL_FROM.")
        var domain: String?
        @Option(help: "The name of the key; by default, parley or parley-ed25519.")
        var selector: String?

        func run() async throws {
            let configuration = try await database.load()
            guard
                let domain = domain
                    ?? configuration.mailFrom?.split(separator: "@").last.map(String.init)
            else {
                throw ValidationError("Say --domain, or set PARLEY_MAIL_FROM.")
            }
            do {
                let made = try SigningKeys.make(
                    algorithm,
                    domain: domain.lowercased(),
                    selector: selector ?? (algorithm == .rsa ? "parley" : "parley-ed25519"),
                    in: configuration.dataDirectory
                )
                let record = made.signer.record
                print("\(record.name). IN TXT \(Self.strings(record.value))")
            } catch {
                throw CommandFailure(message: error.description)
            }
        }

        /// A record is strings of at most 255 octets (RFC 1035 §3.3.14), joined without a space.
        private static func strings(_ value: String) -> String {
            var strings: [String] = []
            var rest = value[...]
            while !rest.isEmpty {
                strings.append("\"\(rest.prefix(250))\"")
                rest = rest.dropFirst(250)
            }
            return strings.count == 1 ? strings[0] : "( \(strings.joined(separator: " ")) )"
        }
    }
}
