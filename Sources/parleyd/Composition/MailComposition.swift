import ArgumentParser
import Forum
import ForumMail
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
            logger: community.logger
        )
    }

    /// - Returns: `nil` when no relay is configured: mails stay queued then.
    static func sender(
        _ community: Community,
        _ intake: Intake,
        _ configuration: ProcessConfiguration
    ) throws -> MailSender? {
        guard let url = configuration.smtpURL else { return nil }
        let relay: RelayURL
        do {
            relay = try RelayURL.parse(url)
        } catch {
            throw ValidationError("PARLEY_SMTP_URL: \(error)")
        }
        return MailSender(
            community: community,
            composer: try NotificationComposer(
                community: community,
                sender: configuration.mailFrom
            ),
            intake: intake,
            client: SMTPClient(
                relay: relay,
                configuration: SMTPClient.Configuration(helloName: community.host)
            ),
            logger: community.logger
        )
    }

    /// `unix:/path`, a path that begins with `/` or `./`, or HOST:PORT on loopback.
    static func listenAddress(_ text: String) throws -> SMTP.ListenAddress {
        if text.hasPrefix("unix:") { return .unix(String(text.dropFirst("unix:".count))) }
        if text.hasPrefix("/") || text.hasPrefix("./") { return .unix(text) }
        let address = try ListenAddress(parsing: text, option: "PARLEY_LMTP_LISTEN")
        return .tcp(address.host, address.port)
    }
}
