import Cryptography
import Forum
import MailMessage
import SMTP

/// What our server puts before a mail: where it came from, by which way and when (RFC 5321 §4.4).
struct TraceField {
    let peer: MailPeer
    /// Our name.
    let host: String
    let mailFrom: String
    /// Whom to name as its recipient.
    let recipient: String?
    let contentHash: [UInt8]
    /// In seconds since 1970.
    let at: Int64

    /// Fields with their line ends.
    var text: String {
        let address = peer.address.map { " ([\($0.contains(":") ? "IPv6:" : "")\($0)])" } ?? ""
        let recipient = recipient.map { "\r\n\tfor <\(Self.printable($0))>" } ?? ""
        return """
            Return-Path: <\(Self.printable(mailFrom))>\r
            Received: from \(Self.host(peer.name))\(address)\r
            \tby \(host) with \(peer.transport)\r
            \tid \(Hex.encode(contentHash.prefix(10)))\(recipient);\r
            \t\(MailDate(seconds: at).rfc5322)\r

            """
    }

    /// The network address is kept where the peer answers for itself.
    var origin: ReceivedEmail.Origin {
        ReceivedEmail.Origin(
            peerAddress: peer.isRelay ? nil : peer.address,
            peerName: peer.name,
            trace: text
        )
    }

    /// A peer calls itself what it likes.
    private static func host(_ name: String) -> String {
        let allowed = name.unicodeScalars.prefix(255).filter { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic
                    || "0123456789.-_:[]".unicodeScalars.contains(scalar))
        }
        return allowed.isEmpty ? "unknown" : String(String.UnicodeScalarView(allowed))
    }

    private static func printable(_ address: String) -> String {
        String(
            String.UnicodeScalarView(
                address.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
            )
        )
    }
}
