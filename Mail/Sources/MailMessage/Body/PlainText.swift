/// Plain text of mail: flowed lines (RFC 3676) and its form as Markdown.
package enum PlainText {
    /// The text of a part with `format=flowed` lines joined.
    static func unwrapped(_ text: String, _ mediaType: MediaType) -> String {
        guard mediaType["format"]?.asciiLowercased == "flowed" else { return text }
        return unflowed(text, deletesSpace: mediaType["delsp"]?.asciiLowercased == "yes")
    }

    /// Joins flowed lines: a line that ends in a space goes on in the next one of the same quote depth.
    /// The signature line `-- ` is never flowed, and space-stuffing is taken away.
    package static func unflowed(_ text: String, deletesSpace: Bool = false) -> String {
        var output: [String] = []
        var open: (depth: Int, text: String)?
        for line in LineEnds.split(text) {
            let depth = line.utf8.prefix { $0 == ASCII.greater }.count
            var content = line.dropFirst(depth)
            if content.first == " " { content = content.dropFirst() }
            if content.isEmpty {
                if let current = open { output.append(quoted(current.text, current.depth)) }
                output.append(quoted("", depth))
                open = nil
                continue
            }
            let isSignature = content == "-- "
            let flows = content.last == " " && !isSignature
            if let current = open, current.depth != depth || isSignature {
                output.append(quoted(current.text, current.depth))
                open = nil
            }
            let piece = flows && deletesSpace ? content.dropLast() : content
            // In place: a paragraph may have very many lines.
            if open == nil { open = (depth, String(piece)) } else { open?.text += piece }
            if !flows, let current = open {
                output.append(quoted(current.text, current.depth))
                open = nil
            }
        }
        if let current = open { output.append(quoted(current.text, current.depth)) }
        return output.joined(separator: "\n")
    }

    private static func quoted(_ text: String, _ depth: Int) -> String {
        guard depth > 0 else { return text }
        return String(repeating: ">", count: depth) + (text.isEmpty ? "" : " " + text)
    }

    /// Without blank lines at both ends and blanks at the end.
    static func trimmedEnds(_ text: String) -> String {
        var lines = LineEnds.split(text)[...]
        while let first = lines.first, first.allSatisfy(\.isWhitespace) { lines.removeFirst() }
        while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
        var joined = lines.joined(separator: "\n")
        while joined.last?.isWhitespace == true { joined.removeLast() }
        return joined
    }
}
