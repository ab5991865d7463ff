import Forum
import ForumMail
import MailStores
import SMTP

/// Whether mail can come in and go out.
struct MailChecks {
    let configuration: ProcessConfiguration
    /// What the server calls itself to the relay.
    let helloName: String

    func run() async -> [Finding] {
        await [relay(), sender(), replyAddress(), lmtp(), smtp()] + sources()
    }

    private func relay() async -> Finding {
        let advice =
            "Set PARLEY_SMTP_URL, such as smtp://127.0.0.1:25?tls=none for a relay on this "
            + "machine or smtps://user:password@mail.example:465."
        guard let url = configuration.smtpURL else {
            return .warning("mail relay", "none: mails stay in the queue", advice: advice)
        }
        let relay: ServerURL
        do {
            relay = try ServerURL.parse(url)
        } catch {
            return .failed("mail relay", "PARLEY_SMTP_URL: \(error)", advice: advice)
        }
        let client = SMTPClient(
            relay: relay,
            configuration: SMTPClient.Configuration(helloName: helloName)
        )
        do {
            let connection = try await client.connect()
            await connection.close()
            return .ok("mail relay", "\(relay.host), port \(relay.port), takes mail from here")
        } catch {
            return .failed(
                "mail relay",
                "\(relay.host), port \(relay.port): \(error)",
                advice: "Is the relay running, and does it let this machine in? \(advice)"
            )
        }
    }

    private func sender() -> Finding {
        guard let address = configuration.mailFrom else {
            return .warning(
                "sender",
                "none is set: mails come from the setting notification_email or noreply@ the host",
                advice: "Set PARLEY_MAIL_FROM, such as forum@forum.example."
            )
        }
        guard EmailAddressRules.normalise(address, allowingLocalDomains: true) != nil else {
            return .failed(
                "sender",
                "“\(address)” is no address",
                advice: "Set PARLEY_MAIL_FROM to an address alone, such as forum@forum.example."
            )
        }
        return .ok("sender", address)
    }

    private func replyAddress() -> Finding {
        let advice = "Set PARLEY_REPLY_ADDRESS, such as reply+%{reply_key}@forum.example."
        guard let template = configuration.replyAddress else {
            return .warning("reply address", "none: nobody can answer by mail", advice: advice)
        }
        guard ReplyAddress(template: template) != nil else {
            return .failed(
                "reply address",
                "“\(template)” has to hold %{reply_key} once, before the @",
                advice: advice
            )
        }
        return .ok("reply address", template)
    }

    private func lmtp() -> Finding {
        guard let place = configuration.lmtpListen else {
            return .skipped("mail by LMTP", "no (PARLEY_LMTP_LISTEN)")
        }
        do {
            _ = try MailComposition.listenAddress(place, option: "PARLEY_LMTP_LISTEN")
            return .ok("mail by LMTP", "at \(place)")
        } catch {
            return .failed(
                "mail by LMTP",
                "\(error)",
                advice: "Set PARLEY_LMTP_LISTEN, as unix:/run/parley/lmtp or 127.0.0.1:2424."
            )
        }
    }
    private func smtp() -> Finding {
        guard let smtp = configuration.smtp else {
            return .skipped("mail by SMTP", "no (PARLEY_SMTP_LISTEN)")
        }
        do {
            try MailComposition.check(smtp)
            let encryption = smtp.certificate == nil ? "without STARTTLS" : "with STARTTLS"
            return .ok("mail by SMTP", "at \(smtp.listen), \(encryption)")
        } catch {
            return .failed(
                "mail by SMTP",
                "\(error)",
                advice: "Set what is named; README's table of variables says how."
            )
        }
    }

    /// Connects to each place that mail is collected from, and takes nothing.
    private func sources() async -> [Finding] {
        let addresses: [StoreAddress]
        do {
            addresses = try MailComposition.addresses(configuration)
        } catch {
            return [
                .failed(
                    "mail sources",
                    "\(error)",
                    advice: "Set PARLEY_MAIL_SOURCES, such as "
                        + "imaps://user:password@mail.example?folder=INBOX or maildir:/path."
                )
            ]
        }
        var findings: [Finding] = []
        for address in addresses {
            do {
                let count = try await address.waitingMails()
                findings.append(.ok("mail source", "\(address.name): \(count) mails there"))
            } catch {
                findings.append(
                    .failed(
                        "mail source",
                        "\(address.name): \(error)",
                        advice: "`parleyd mail sources` shows how it went before."
                    )
                )
            }
        }
        return findings
    }
}
