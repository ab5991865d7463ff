import MailMessage
import Markup

/// What reads bytes that strangers wrote, each by the name that `make fuzz` and the folders of
/// `Tests/Fixtures/fuzz` know it by.
package enum FuzzTarget: String, CaseIterable, Sendable {
    case message, address, parameters, flowed, html, reply

    /// Reads any bytes; a fault traps.
    package func run(_ bytes: [UInt8]) {
        switch self {
        case .message: Self.readMessage(bytes)
        case .address: Self.readAddresses(bytes)
        case .parameters: Self.readParameters(bytes)
        case .flowed: Self.readFlowed(bytes)
        case .html: Self.readHTML(bytes)
        case .reply: Self.trimReply(bytes)
        }
    }

    private static func readMessage(_ bytes: [UInt8]) {
        let message = Message.parse(bytes)
        precondition(message.parts.count <= message.limits.parts)
        precondition(message.problems.count <= message.limits.problems)
        _ = message.inspect()
        _ = message.body(preferHTML: true)
        _ = message.body(preferHTML: false)
        _ = (message.bounce, message.complaint, message.listID, message.destinations)
        for file in message.attachments {
            precondition(message.data(of: file).count == file.bytes)
        }
    }

    /// An address that is read is written, and read again as the same one.
    private static func readAddresses(_ bytes: [UInt8]) {
        for address in Address.parse(String(decoding: bytes, as: UTF8.self)) {
            _ = (address.normalized, address.domain)
            precondition(!address.address.isEmpty)
        }
    }

    private static func readParameters(_ bytes: [UInt8]) {
        for type in [MediaType(contentType: bytes), MediaType(disposition: bytes)] {
            guard let type else { continue }
            _ = (type.name, type["name"], type["filename"], type["charset"], type["boundary"])
        }
        _ = EncodedWord.decode(bytes)
        _ = MailDate(bytes)
    }

    private static func readFlowed(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        for deletesSpace in [true, false] {
            let joined = PlainText.unflowed(text, deletesSpace: deletesSpace)
            precondition(joined.utf8.count <= text.utf8.count * 3 + 2)
            _ = PlainText.markdown(joined)
        }
    }

    private static func readHTML(_ bytes: [UInt8]) {
        let html = String(decoding: bytes, as: UTF8.self)
        _ = HTMLToMarkdown.convert(html)
        _ = Message.parse(Array("Content-Type: text/html; charset=utf-8\r\n\r\n".utf8) + bytes)
            .body()
        var references = MailText.References()
        _ = MailText.text(
            html,
            baseURL: "https://forum.example",
            page: "https://forum.example/t/1",
            labels: MailText.Labels(
                wrote: { "\($0) wrote:" },
                image: "image",
                poll: "Poll",
                spoiler: "spoiler"
            ),
            references: &references
        )
    }

    /// Every line is accounted for, once.
    private static func trimReply(_ bytes: [UInt8]) {
        let reply = ReplyTrimmer.trim(String(decoding: bytes, as: UTF8.self))
        let kept = reply.lines.filter { $0.verdict == .kept && $0.reason != .blank }
        precondition(reply.kept.isEmpty == kept.allSatisfy { $0.text.allSatisfy(\.isWhitespace) })
    }
}
