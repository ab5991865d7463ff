extension Model {
    /// All links of the selected post, each with the host that it really leads to.
    mutating func chooseLink(_ state: TopicState, imagesOnly: Bool) -> [Effect] {
        let all = state.layout(state.selected, columns: topicColumns)?.links ?? []
        let links = imagesOnly ? all.filter(\.isImage) : all
        guard !links.isEmpty else {
            say(imagesOnly ? "This post has no pictures." : "This post has no links.")
            return []
        }
        let rows = links.map { link in
            Choice(
                (link.isImage ? "[picture] " : "") + link.url,
                detail: LinkHost.name(of: link.url, site: site.url),
                link.isImage ? .openImage(link.url) : .openLink(link.url)
            )
        }
        choose(imagesOnly ? "Pictures" : "Links", from: rows)
        return []
    }

    /// Opens a link: topics, people, tags and categories of this site here, all else outside.
    mutating func follow(link url: String) -> [Effect] {
        if let place = TopicAddress(url, site: site.url) {
            return openTopic(id: place.topic, title: "", near: place.post)
        }
        let path = LinkHost.path(of: url, site: site.url)
        let parts = (path ?? "").split(separator: "/")
        switch (parts.first, parts.count) {
        case ("u", 2...): return openPerson(String(parts[1]))
        case ("tag", 2...): return openList(.tag(String(parts[1])))
        case ("c", 2...):
            guard let category = site.categories.first(where: { parts.last == "\($0.id)" }) else {
                break
            }
            return openList(
                .category(id: category.id, slug: category.slug, name: category.name)
            )
        default: break
        }
        guard path == nil else { return [.openLink(site.url + (path ?? ""))] }
        return [.openLink(url)]
    }

    /// Shows a picture outside of the program.
    func show(image url: String) -> Effect {
        if let path = LinkHost.path(of: url, site: site.url) {
            return .openImage(site.url + path)
        }
        return .openImage(url.hasPrefix("//") ? "https:" + url : url)
    }

    /// Shows a list above the present screen.
    mutating func openList(_ kind: TopicListKind) -> [Effect] {
        screens.append(.topicList(TopicListState(kind: kind)))
        return [.loadTopics(kind, page: 0)]
    }
}

/// Where links lead.
enum LinkHost {
    /// The path of an address of this site, without query and fragment; nil for other sites.
    static func path(of url: String, site: String) -> String? {
        let base = site.hasSuffix("/") ? String(site.dropLast()) : site
        var path = Substring(url)
        if path.hasPrefix(base + "/") {
            path = path.dropFirst(base.count)
        }
        guard path.hasPrefix("/"), !path.hasPrefix("//") else { return nil }
        return String(path.prefix { $0 != "?" && $0 != "#" })
    }

    /// The host that a browser would call. What stands before an `@` is a name, not the host.
    static func name(of url: String, site: String) -> String {
        if path(of: url, site: site) != nil { return "this site" }
        var rest = Substring(url)
        var scheme = ""
        if let colon = rest.firstIndex(of: ":") {
            scheme = rest[..<colon].lowercased()
            rest = rest[rest.index(after: colon)...]
        }
        guard rest.hasPrefix("//") else { return scheme.isEmpty ? "?" : scheme }
        let authority = rest.dropFirst(2).prefix {
            $0 != "/" && $0 != "?" && $0 != "#" && $0 != "\\"
        }
        let host =
            authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
        return scheme == "https" ? host.lowercased() : "\(scheme)://\(host.lowercased())"
    }
}
