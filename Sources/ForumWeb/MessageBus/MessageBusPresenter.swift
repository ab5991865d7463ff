import Forum
import ForumAPI
import NIOCore

enum MessageBusPresenter {
    struct Body: Encodable {
        let message: LiveMessage

        private enum CodingKeys: String, CodingKey {
            case globalID = "global_id"
            case messageID = "message_id"
            case channel
            case data
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(message.globalID, forKey: .globalID)
            try container.encode(message.messageID, forKey: .messageID)
            try container.encode(message.channel, forKey: .channel)
            try container.encode(RawJSON(bytes: Array(message.data.utf8)), forKey: .data)
        }
    }

    static func body(_ messages: [LiveMessage]) throws -> ByteBuffer {
        ByteBuffer(bytes: try encodeJSON(messages.map { Body(message: $0) }))
    }

    /// JSON of ours holds no bare line ends, so the separator cannot occur inside it.
    static func chunk(_ messages: [LiveMessage]) throws -> ByteBuffer {
        var buffer = try body(messages)
        buffer.writeStaticString("\r\n|\r\n")
        return buffer
    }
}
