/// A message of the live stream.
package struct BusMessageBody: Codable, Sendable, Equatable {
    package var globalID: Int
    /// Counts within the channel.
    package var messageID: Int
    package var channel: String
    package var data: WireValue = .null

    package init(
        globalID: Int,
        messageID: Int,
        channel: String,
        data: WireValue = .null
    ) {
        self.globalID = globalID
        self.messageID = messageID
        self.channel = channel
        self.data = data
    }

    private enum CodingKeys: String, CodingKey {
        case globalID = "global_id"
        case messageID = "message_id"
        case channel
        case data
    }
}
