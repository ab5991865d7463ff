/// `POST /message-bus/{client_id}/poll`: where the caller stands on each channel.
package struct PollRequest: Sendable, Equatable {
    /// Channel to the last id that was seen; -1 is only what comes from now on, -N also the last
    /// N-1 messages.
    package var positions: [String: Int]
    /// Counts the polls of one client; a higher one ends a lower one that still waits.
    package var sequence: Int?

    package init(positions: [String: Int], sequence: Int? = nil) {
        self.positions = positions
        self.sequence = sequence
    }
}

extension PollRequest: Codable {
    private static let sequenceKey = "__seq"

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: WireKey.self)
        var positions: [String: Int] = [:]
        var sequence: Int?
        for key in container.allKeys {
            switch key.stringValue {
            case PollRequest.sequenceKey:
                sequence = try container.decodeIfPresent(Int.self, forKey: key)
            case let channel where channel.hasPrefix("/"):
                // Without an id: what comes from now on.
                positions[channel] = try container.decodeIfPresent(Int.self, forKey: key) ?? -1
            default: continue
            }
        }
        self.init(positions: positions, sequence: sequence)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: WireKey.self)
        for (channel, position) in positions.sorted(by: { $0.key < $1.key }) {
            try container.encode(position, forKey: WireKey(channel))
        }
        if let sequence {
            try container.encode(sequence, forKey: WireKey(PollRequest.sequenceKey))
        }
    }
}
