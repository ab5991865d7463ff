import ArgumentParser
import DNS
import Forum
import ForumMail
import Logging
import MailStores
import SMTP

/// The mail edge as the process configuration wants it.
enum MailComposition {
    static func intake(
        _ community: Community,
        _ configuration: ProcessConfiguration
    ) throws -> Intake {
        var address: ReplyAddress?
        if let template = configuration.replyAddress {
            address = ReplyAddress(template: template)
            guard address != nil else {
                throw ValidationError(
                    """
                    PARLEY_REPLY_ADDRESS has to hold %{reply_key} once, before the @, such as \
                    reply+%{reply_key}@forum.example; got “\(template)”.
                    """
                )
            }
        }
        return Intake(
            community: community,
            replyAddress: address,
            sender: configuration.mailFrom,
            resolver: SystemResolver(),
            logger: community.logger
        )
    }

    /// The languages of mails.
    static func catalogues(_ configuration: ProcessConfiguration) throws -> MailCatalogues {
        do {
            return try MailTextFiles(dataDirectory: configuration.dataDirectory).catalogues()
        } catch let failure as TemplateFailure {
            throw ValidationError(failure.description)
        }
    }

    private static func composer(
        _ community: Community,
        _ configuration: ProcessConfiguration
    ) throws -> NotificationComposer {
        do {
            return try NotificationComposer(
                community: community,
                sender: configuration.mailFrom,
                templates: configuration.dataDirectory + "/templates"
            )
        } catch let failure as TemplateFailure {
            throw ValidationError(failure.description)
        }
    }

    /// - Returns: `nil` when no relay is configured: mails stay queued then.
    static func sender(
        _ community: Community,
        _ intake: Intake,
        _ configuration: ProcessConfiguration
    ) throws -> MailSender? {
        guard let url = configuration.smtpURL else { return nil }
        let relay: ServerURL
        do {
            relay = try ServerURL.parse(url)
        } catch {
            throw ValidationError("PARLEY_SMTP_URL: \(error)")
        }
        let signing: SigningKeys
        do {
            signing = try SigningKeys(dataDirectory: configuration.dataDirectory)
        } catch {
            throw ValidationError(error.description)
        }
        return MailSender(
            community: community,
            composer: try composer(community, configuration),
            intake: intake,
            client: SMTPClient(
                relay: relay,
                configuration: SMTPClient.Configuration(helloName: community.host)
            ),
            signing: signing,
            logger: community.logger
        )
    }

    /// What mail comes in by.
    static func doors(
        _ community: Community,
        _ intake: Intake,
        _ configuration: ProcessConfiguration
    ) throws -> [Worker] {
        var doors: [Worker] = []
        if let lmtp = configuration.lmtpListen {
            let server = MailServer(
                listen: try listenAddress(lmtp, option: "PARLEY_LMTP_LISTEN"),
                configuration: MailServerConfiguration(serverName: community.host),
                handler: MailDoor(intake: intake, name: .lmtp),
                logger: community.logger
            )
            doors.append(Worker(name: "lmtp") { try await server.run() })
        }
        if let smtp = configuration.smtp {
            let server = MailServer(
                listen: try listenAddress(smtp.listen, option: "PARLEY_SMTP_LISTEN"),
                configuration: try serverConfiguration(
                    smtp,
                    name: community.host,
                    logger: community.logger
                ),
                handler: MailDoor(intake: intake, name: .smtp),
                logger: community.logger
            )
            doors.append(Worker(name: "smtp") { try await server.run() })
        }
        let collections = try collections(intake, configuration)
        if !collections.isEmpty {
            let collector = JobRunner(community: community, only: collections.map(\.job))
            doors.append(Worker(name: "mail sources") { await collector.run() })
        }
        for collection in collections where collection.address.isWatched {
            doors.append(Worker(name: "mail watch") { await MailWatch(collection).run() })
        }
        return doors
    }

    /// The places that mail is collected from.
    static func addresses(_ configuration: ProcessConfiguration) throws -> [StoreAddress] {
        var addresses: [StoreAddress] = []
        for (index, text) in configuration.mailSources.enumerated() {
            let address: StoreAddress
            do {
                address = try StoreAddress.parse(text)
            } catch {
                // Not the text itself: it may hold a password.
                throw ValidationError("PARLEY_MAIL_SOURCES, number \(index + 1): \(error)")
            }
            guard !addresses.contains(where: { $0.name == address.name }) else {
                throw ValidationError("PARLEY_MAIL_SOURCES names \(address.name) twice.")
            }
            addresses.append(address)
        }
        return addresses
    }

    private static func collections(
        _ intake: Intake,
        _ configuration: ProcessConfiguration
    ) throws -> [MailCollection] {
        try addresses(configuration).map { MailCollection(address: $0, intake: intake) }
    }

    /// - Throws: what is wrong with the SMTP door's variables.
    static func check(_ smtp: SMTPListening) throws {
        _ = try listenAddress(smtp.listen, option: "PARLEY_SMTP_LISTEN")
        _ = try serverConfiguration(smtp, name: "", logger: Logger(label: "check"))
    }

    private static func serverConfiguration(
        _ smtp: SMTPListening,
        name: String,
        logger: Logger
    ) throws -> MailServerConfiguration {
        var server = MailServerConfiguration(serverName: name)
        server.dialect = .smtp
        server.limits = .exposed
        server.relays =
            AddressRange.loopback + (try ranges(smtp.relays, option: "PARLEY_SMTP_RELAYS"))
        server.proxies = try ranges(smtp.proxies, option: "PARLEY_SMTP_PROXIES")
        switch (smtp.certificate, smtp.key) {
        case (let certificate?, let key?):
            do {
                server.tls = try ServerTLS(
                    certificate: certificate,
                    key: key,
                    logger: logger
                )
            } catch {
                throw ValidationError(
                    """
                    PARLEY_SMTP_TLS_CERTIFICATE (\(certificate)) and PARLEY_SMTP_TLS_KEY (\(key)) \
                    cannot be used: \(error)
                    """
                )
            }
        case (nil, nil): break
        default:
            throw ValidationError(
                "PARLEY_SMTP_TLS_CERTIFICATE and PARLEY_SMTP_TLS_KEY belong together."
            )
        }
        return server
    }

    private static func ranges(_ texts: [String], option: String) throws -> [AddressRange] {
        try texts.map { text in
            guard let range = AddressRange(text) else {
                throw ValidationError(
                    "\(option) is a list of addresses such as 10.0.0.0/8; got “\(text)”."
                )
            }
            return range
        }
    }

    /// `unix:/path`, a path that begins with `/` or `./`, or HOST:PORT.
    static func listenAddress(
        _ text: String,
        option: String
    ) throws -> SMTP.ListenAddress {
        if text.hasPrefix("unix:") { return .unix(String(text.dropFirst("unix:".count))) }
        if text.hasPrefix("/") || text.hasPrefix("./") { return .unix(text) }
        let address = try ListenAddress(parsing: text, option: option)
        return .tcp(address.host, address.port)
    }
}
