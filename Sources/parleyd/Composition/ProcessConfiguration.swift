import ArgumentParser
import Configuration
import Foundation
import SystemPackage

/// Where the process finds things and listens; what the community decides is in site settings.
struct ProcessConfiguration: Sendable {
    var listen: String
    var dataDirectory: String
    var databaseURL: String?
    /// The same database as its owner, and as who copies it; without them as everything.
    var databaseOwnerURL: String?
    var databaseBackupURL: String?
    var baseURL: String
    var lmtpListen: String?
    var smtp: SMTPListening?
    /// Places that mail is collected from. They hold passwords.
    var mailSources: [String]
    var smtpURL: String?
    var mailFrom: String?
    var replyAddress: String?
    var logLevel: String

    static let defaultListen = "127.0.0.1:4600"
}

/// The SMTP door: where it listens, and what it knows of its peers.
struct SMTPListening: Sendable {
    var listen: String
    /// PEM files for STARTTLS.
    var certificate: String?
    var key: String?
    /// Addresses of relays in front, which limits of one address are not for.
    var relays: [String]
    /// Addresses of proxies that speak the PROXY protocol.
    var proxies: [String]
}

/// Options that every command takes.
struct DatabaseOptions: ParsableArguments {
    @Option(help: "Where files and the private database live. (PARLEY_DATA_DIR, default ./var)")
    var dataDir: String?

    @Option(
        name: .customLong("database-url"),
        help: "A PostgreSQL to use instead of the private one. (PARLEY_DATABASE_URL)"
    )
    var databaseURL: String?

    @Option(help: "A file of PARLEY_… lines, for what the environment does not set.")
    var config: String?

    /// Options win over the environment, which wins over the file.
    func load() async throws -> ProcessConfiguration {
        var providers: [any ConfigProvider] = [EnvironmentVariablesProvider()]
        if let config {
            guard FileManager.default.isReadableFile(atPath: config) else {
                throw ValidationError("The file \(config) cannot be read.")
            }
            providers.append(
                try await EnvironmentVariablesProvider(environmentFilePath: FilePath(config))
            )
        }
        let reader = ConfigReader(providers: providers).scoped(to: "parley")
        func text(_ key: ConfigKey) -> String? {
            let value = reader.string(forKey: key)
            return value?.isEmpty == true ? nil : value
        }
        func list(_ key: ConfigKey) -> [String] {
            (text(key) ?? "").split { $0 == "," || $0 == " " }.map(String.init)
        }
        let listen = text("listen") ?? ProcessConfiguration.defaultListen
        return ProcessConfiguration(
            listen: listen,
            dataDirectory: dataDir ?? text("data.dir") ?? "./var",
            databaseURL: databaseURL ?? text("database.url"),
            databaseOwnerURL: text("database.owner.url"),
            databaseBackupURL: text("database.backup.url"),
            baseURL: text("base.url") ?? "http://\(listen)",
            lmtpListen: text("lmtp.listen"),
            smtp: text("smtp.listen").map { address in
                SMTPListening(
                    listen: address,
                    certificate: text("smtp.tls.certificate"),
                    key: text("smtp.tls.key"),
                    relays: list("smtp.relays"),
                    proxies: list("smtp.proxies")
                )
            },
            mailSources: list("mail.sources"),
            smtpURL: text("smtp.url"),
            mailFrom: text("mail.from"),
            replyAddress: text("reply.address"),
            logLevel: text("log.level") ?? "notice"
        )
    }
}

/// A place to listen at, as people write it.
struct ListenAddress: Sendable {
    let host: String
    let port: Int

    /// - Throws: a sentence that says what is expected.
    init(parsing text: String, option: String) throws {
        guard let colon = text.lastIndex(of: ":"),
            let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port)
        else {
            throw ValidationError("\(option) is HOST:PORT, such as 127.0.0.1:4600; got “\(text)”.")
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        self.host = host.isEmpty ? "0.0.0.0" : host
        self.port = port
    }
}
