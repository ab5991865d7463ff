import Foundation

/// What is wrong with a page, as far as a machine can see it: elements that do not nest, ids that
/// are there twice, fields without a label, scripts and styles within it.
enum PageCheck {
    private static let void: Set<String> = [
        "meta", "link", "input", "img", "br", "hr", "rect", "source", "wbr", "col",
    ]

    struct Tag {
        let name: String
        let isEnd: Bool
        let isClosed: Bool
        let attributes: [String: String]
    }

    static func problems(_ html: String) -> [String] {
        var problems: [String] = []
        let tags = tags(html)
        var open: [String] = []
        for tag in tags where !void.contains(tag.name) && !tag.isClosed {
            if !tag.isEnd {
                open.append(tag.name)
            } else if open.popLast() != tag.name {
                problems.append("</\(tag.name)> does not nest")
                break
            }
        }
        if !open.isEmpty { problems.append("\(open) are not closed") }
        let starts = tags.filter { !$0.isEnd }
        problems += ids(starts) + fields(starts) + shape(html, starts)
        return problems
    }

    private static func tags(_ html: String) -> [Tag] {
        html.matches(of: /<(\/?)([a-z][a-z0-9]*)((?:\s+[^\s=>"\/]+(?:="[^"]*")?)*)\s*(\/?)>/).map {
            match in
            var attributes: [String: String] = [:]
            for pair in match.output.3.matches(of: /([^\s=>"\/]+)(?:="([^"]*)")?/) {
                attributes[String(pair.output.1)] = pair.output.2.map(String.init) ?? ""
            }
            return Tag(
                name: String(match.output.2),
                isEnd: !match.output.1.isEmpty,
                isClosed: !match.output.4.isEmpty,
                attributes: attributes
            )
        }
    }

    private static func ids(_ tags: [Tag]) -> [String] {
        let ids = tags.compactMap { $0.attributes["id"] }
        let known = Set(ids)
        var problems = known.filter { id in ids.count { $0 == id } > 1 }.map { "id \($0) twice" }
        for name in ["for", "aria-describedby", "aria-labelledby"] {
            for list in tags.compactMap({ $0.attributes[name] }) {
                for id in list.split(separator: " ") where !known.contains(String(id)) {
                    problems.append("\(name) names \(id), which is not there")
                }
            }
        }
        return problems
    }

    private static func fields(_ tags: [Tag]) -> [String] {
        let labelled = Set(tags.compactMap { $0.attributes["for"] })
        return tags.filter { ["input", "select", "textarea"].contains($0.name) }
            .filter { $0.attributes["type"] != "hidden" }
            .filter { field in
                // Small menus and the options of polls stand within their labels.
                guard let id = field.attributes["id"] else {
                    return ![
                        "notification_level", "delivery", "reminder", "auto_delete_preference",
                        "options[]",
                    ].contains(field.attributes["name"])
                }
                return !labelled.contains(id)
            }
            .map { "\($0.attributes["name"] ?? "?") has no label" }
    }

    private static func shape(_ html: String, _ tags: [Tag]) -> [String] {
        var problems: [String] = []
        for word in ["<script", "<style", " style=", "javascript:"] where html.contains(word) {
            problems.append("has \(word)")
        }
        if tags.contains(where: { $0.attributes.keys.contains { $0.hasPrefix("on") } }) {
            problems.append("has a handler")
        }
        if !html.hasPrefix("<!doctype html>\n<html lang=\"") { problems.append("no language") }
        if tags.count(where: { $0.name == "h1" }) != 1 { problems.append("not one h1") }
        let headings = tags.map(\.name).filter { $0.count == 2 && $0.hasPrefix("h") && $0 != "hr" }
        if headings.first != "h1" { problems.append("begins with \(headings.first ?? "nothing")") }
        for name in ["header", "main", "nav", "footer"]
        where !tags.contains(where: { $0.name == name }) {
            problems.append("no \(name)")
        }
        for image in tags where image.name == "img" && image.attributes["alt"] == nil {
            problems.append("a picture without alt")
        }
        if html.utf8.count > 50 * 1024 { problems.append("\(html.utf8.count) bytes") }
        return problems
    }
}
