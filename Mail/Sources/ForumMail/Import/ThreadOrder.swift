/// Puts mails behind those they answer, as far as both are there; otherwise nothing moves. Archives
/// are in the order of arrival, and now and then an answer was faster than its question.
enum ThreadOrder {
    /// - Parameter identity: A mail's Message-ID and those of its ancestors, nearest first; `nil` for
    ///   one that cannot be read.
    static func sorted<Mail>(
        _ mails: [Mail],
        _ identity: (Mail) -> (messageID: String, ancestors: [String])?
    ) -> [Mail] {
        let identities = mails.map(identity)
        var places: [String: Int] = [:]
        for (place, identity) in identities.enumerated() {
            if let identity, places[identity.messageID] == nil {
                places[identity.messageID] = place
            }
        }
        var isPlaced = Array(repeating: false, count: mails.count)
        var order: [Int] = []
        order.reserveCapacity(mails.count)
        for start in mails.indices where !isPlaced[start] {
            // The chain of ancestors that are not placed yet, the oldest at its end. A circle ends
            // where it meets itself.
            var chain = [start]
            isPlaced[start] = true
            while let last = chain.last,
                let parent = identities[last]?.ancestors.lazy.compactMap({ places[$0] }).first,
                !isPlaced[parent]
            {
                isPlaced[parent] = true
                chain.append(parent)
            }
            order += chain.reversed()
        }
        return order.map { mails[$0] }
    }
}
