import Foundation
import Logging

/// Whether what the process is told makes sense.
struct ConfigurationChecks {
    let configuration: ProcessConfiguration
    let environment: [String: String]

    private static let known: Set<String> = [
        "PARLEY_LISTEN", "PARLEY_DATA_DIR", "PARLEY_DATABASE_URL", "PARLEY_DATABASE_OWNER_URL",
        "PARLEY_DATABASE_BACKUP_URL", "PARLEY_BASE_URL", "PARLEY_LMTP_LISTEN", "PARLEY_SMTP_LISTEN",
        "PARLEY_SMTP_TLS_CERTIFICATE", "PARLEY_SMTP_TLS_KEY", "PARLEY_SMTP_RELAYS",
        "PARLEY_SMTP_PROXIES", "PARLEY_MAIL_SOURCES", "PARLEY_SMTP_URL", "PARLEY_MAIL_FROM",
        "PARLEY_REPLY_ADDRESS", "PARLEY_LOG_LEVEL",
    ]

    func run() -> [Finding] { [names(), listen(), baseURL(), logLevel()] }

    private func names() -> Finding {
        let unknown = environment.keys.filter {
            $0.hasPrefix("PARLEY_") && !Self.known.contains($0)
        }
        .sorted()
        guard unknown.isEmpty else {
            return .warning(
                "configuration",
                "\(unknown.joined(separator: ", ")) means nothing here",
                advice: "Look for a typing error. There are: "
                    + "\(Self.known.sorted().joined(separator: ", "))."
            )
        }
        return .ok("configuration", "every PARLEY_ variable is known")
    }

    private func listen() -> Finding {
        do {
            let address = try ListenAddress(parsing: configuration.listen, option: "PARLEY_LISTEN")
            return .ok("listen", "HTTP at \(address.host), port \(address.port)")
        } catch {
            return .failed("listen", "\(error)", advice: "Set PARLEY_LISTEN, as 127.0.0.1:4600.")
        }
    }

    private func baseURL() -> Finding {
        let advice =
            "Set PARLEY_BASE_URL to the address in people's browsers, such as "
            + "https://forum.example."
        guard let url = URL(string: configuration.baseURL), let host = url.host(), !host.isEmpty,
            let scheme = url.scheme, ["http", "https"].contains(scheme)
        else {
            return .failed("base URL", "“\(configuration.baseURL)” is none", advice: advice)
        }
        guard ["", "/"].contains(url.path()), url.query() == nil, url.fragment() == nil else {
            return .failed(
                "base URL",
                "“\(configuration.baseURL)” has a path; a forum stands at the top of its host",
                advice: advice
            )
        }
        let isHere = ["localhost", "127.0.0.1", "::1"].contains(host)
        guard scheme == "https" || isHere else {
            return .warning(
                "base URL",
                "\(configuration.baseURL) is not encrypted",
                advice: "Put a web server with a certificate in front, and set PARLEY_BASE_URL to "
                    + "its https address."
            )
        }
        guard !isHere else {
            return .warning("base URL", "only this machine reaches \(host)", advice: advice)
        }
        return .ok("base URL", configuration.baseURL)
    }

    private func logLevel() -> Finding {
        guard Logger.Level(rawValue: configuration.logLevel.lowercased()) == nil else {
            return .ok("log level", configuration.logLevel)
        }
        let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
        return .warning(
            "log level",
            "“\(configuration.logLevel)” is none; notice is used",
            advice: "Set PARLEY_LOG_LEVEL to one of \(levels)."
        )
    }
}
