import Forum
import MailMessage
import Postgres

/// Whether a mail is from the address in its From, as far as anybody we believe vouches for that.
struct SenderAuthentication: Sendable {
    let verdict: SenderVerdict
    /// Who says so, in a line for the log.
    let evidence: String
    /// Whether anybody was asked. Without that, `gray` means nothing.
    let isChecked: Bool

    static let unchecked = SenderAuthentication(verdict: .gray, evidence: "", isChecked: false)

    /// May act with all rights of the account in From.
    var isProved: Bool { verdict == .pass }
}

extension Intake {
    /// Asks the fields of our own mail server first, then signatures, and the host that sent the mail.
    ///
    /// What an unknown host sends to our own SMTP port has passed no server of ours.
    func authenticate(
        _ message: Message,
        _ stored: IncomingEmail
    ) async -> SenderAuthentication {
        let settings = community.settings.current
        let id = settings.emailInAuthservID
        let isOwnPort = stored.createdVia == MailDoor.Name.smtp.rawValue
        let believesHeader = !id.isEmpty && !isOwnPort
        let verifier = settings.emailInVerifyDKIM ? resolver : nil
        guard !id.isEmpty || verifier != nil,
            message.headers.all("From").count == 1, message.from.count == 1,
            let domain = message.from.first?.domain
        else { return .unchecked }
        var evidence: [String] = []
        if believesHeader {
            let verdict = message.authenticationResults(of: id).senderVerdict
            evidence.append("\(id) says dmarc=\(verdict.rawValue)")
            if verdict != .gray {
                return SenderAuthentication(
                    verdict: verdict,
                    evidence: evidence[0],
                    isChecked: true
                )
            }
        }
        var verdict = SenderVerdict.gray
        if let verifier {
            let sealers = settings.emailInTrustedSealers.lowercased().split(separator: "|")
            let check = await SenderVerifier(
                resolver: verifier,
                trustedSealers: Set(sealers.map(String.init))
            ).check(
                message,
                from: domain,
                by: isOwnPort ? stored.sendingHost : nil,
                now: community.clock().microseconds / 1_000_000
            )
            verdict = check.outcome.verdict
            evidence.append(check.line)
        }
        return SenderAuthentication(
            verdict: verdict,
            evidence: evidence.joined(separator: "; "),
            isChecked: true
        )
    }
}

extension IncomingEmail {
    fileprivate var sendingHost: SPFClient? {
        guard let address = peerAddress.flatMap({ IPAddress($0) }) else { return nil }
        return SPFClient(address: address, helo: peerName ?? "", mailFrom: mailFrom)
    }
}

extension SenderCheck.Outcome {
    fileprivate var verdict: SenderVerdict {
        switch self {
        case .pass: .pass
        case .fail: .fail
        case .none, .temporary: .gray
        }
    }
}

extension SenderCheck {
    /// One line for the log: `own check none; dkim=fail (the body was changed) d=example.com;
    /// spf=softfail d=example.com; arc=pass d=list.example`.
    package var line: String {
        var results = signatures.map { result in
            let reason = result.reason.map { " (\($0))" } ?? ""
            return "dkim=\(result.outcome.rawValue)\(reason) d=\(result.domain)"
        }
        if let host { results.append("spf=\(host.outcome.rawValue) d=\(host.domain)") }
        if let chain, chain.outcome != .none {
            let reason = chain.reason.map { " (\($0))" } ?? ""
            let sealers = chain.sealers.isEmpty ? "" : " d=\(chain.sealers.joined(separator: ","))"
            results.append("arc=\(chain.outcome.rawValue)\(reason)\(sealers)")
        }
        return (["own check \(outcome.rawValue)"] + results).joined(separator: "; ")
    }
}
