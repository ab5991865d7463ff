/// A topic and post of the site, read from a link such as `/t/slug/12/3`.
package struct TopicAddress: Sendable, Hashable {
    package var topic: Int
    package var post: Int?

    /// nil when the link leads elsewhere.
    package init?(_ url: String, site: String) {
        var path = Substring(url)
        let base = site.hasSuffix("/") ? String(site.dropLast()) : site
        if path.hasPrefix(base + "/") {
            path = path.dropFirst(base.count)
        }
        guard path.hasPrefix("/t/") else { return nil }
        let end = path.firstIndex { $0 == "?" || $0 == "#" } ?? path.endIndex
        let parts = path[..<end].split(separator: "/").dropFirst()
        let numbers = parts.compactMap { Int($0) }
        // A slug may be a number; the topic is the first number after it.
        guard let first = parts.first else { return nil }
        let isSlugged = Int(first) == nil
        guard let topic = numbers.first, isSlugged ? parts.count >= 2 : true else { return nil }
        self.topic = topic
        post = numbers.count > 1 ? numbers[1] : nil
    }
}
