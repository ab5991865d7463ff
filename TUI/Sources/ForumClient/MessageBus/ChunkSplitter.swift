/// Cuts the live stream into its JSON lists: each ends with `\r\n|\r\n`, and where these bytes
/// stand inside of the JSON, the bar is doubled.
struct ChunkSplitter {
    private var waiting: [UInt8] = []
    /// How much of `waiting` was searched.
    private var searched = 0

    private static let separator = Array("\r\n|\r\n".utf8)
    private static let doubled = Array("\r\n||\r\n".utf8)

    /// Bytes that wait for their end.
    var count: Int { waiting.count }

    /// The lists that `bytes` complete.
    mutating func add(_ bytes: some Collection<UInt8>) -> [[UInt8]] {
        waiting.append(contentsOf: bytes)
        var complete: [[UInt8]] = []
        var start = 0
        var place = max(0, searched - ChunkSplitter.separator.count + 1)
        while place + ChunkSplitter.separator.count <= waiting.count {
            let end = place + ChunkSplitter.separator.count
            guard waiting[place] == 0x0D,
                waiting[place..<end].elementsEqual(ChunkSplitter.separator)
            else {
                place += 1
                continue
            }
            complete.append(ChunkSplitter.undoubled(waiting[start..<place]))
            start = end
            place = end
        }
        waiting.removeFirst(start)
        searched = waiting.count
        return complete
    }

    /// What is left when the stream ends: the list of a server that does not send chunks.
    mutating func rest() -> [UInt8] {
        defer { waiting = [] }
        return ChunkSplitter.undoubled(waiting[...])
    }

    private static func undoubled(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard bytes.contains(0x7C) else { return Array(bytes) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var rest = bytes
        while !rest.isEmpty {
            if rest.starts(with: doubled) {
                result.append(contentsOf: separator)
                rest = rest.dropFirst(doubled.count)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result
    }
}
