extension WireValue {
    /// Reads `multipart/form-data` (RFC 7578). A part with a file name becomes a ``WireFile``,
    /// any other one a string; names nest as in forms.
    package static func parse(
        multipart body: [UInt8],
        boundary: String
    ) throws(WireError) -> WireValue {
        let delimiter = Array("--\(boundary)".utf8)
        guard !boundary.isEmpty, boundary.utf8.count <= Limits.boundaryBytes else {
            throw .syntax(position: 0, reason: "an unusable multipart boundary")
        }
        let builder = FormBuilder()
        var place = try firstPart(in: body, delimiter)
        var parts = 0
        while true {
            // After a delimiter: the end, or a line break and a part.
            if body[place...].starts(with: [0x2D, 0x2D]) { return builder.value() }
            while place < body.count, body[place] == 0x20 || body[place] == 0x09 { place += 1 }
            guard body[place...].starts(with: [0x0D, 0x0A]) else {
                throw .syntax(position: place, reason: "a multipart boundary without a line break")
            }
            parts += 1
            guard parts <= Limits.multipartParts else {
                throw .tooMuch("A multipart body has more than \(Limits.multipartParts) parts.")
            }
            let (header, content) = try partHeader(in: body, at: place + 2)
            let end = try find([0x0D, 0x0A] + delimiter, in: body, from: content - 2)
            try add(header, Array(body[min(content, end)..<end]), at: content, to: builder)
            place = end + 2 + delimiter.count
        }
    }

    private static func firstPart(
        in body: [UInt8],
        _ delimiter: [UInt8]
    ) throws(WireError) -> Int {
        if body.starts(with: delimiter) { return delimiter.count }
        return try find([0x0D, 0x0A] + delimiter, in: body, from: 0) + 2 + delimiter.count
    }

    private static func find(
        _ pattern: [UInt8],
        in body: [UInt8],
        from start: Int
    ) throws(WireError) -> Int {
        var place = max(0, start)
        while place + pattern.count <= body.count {
            if body[place] == pattern[0],
                body[place..<(place + pattern.count)].elementsEqual(pattern)
            {
                return place
            }
            place += 1
        }
        throw .syntax(position: body.count, reason: "a multipart body without its last boundary")
    }

    /// The header lines of a part and the place where its content begins.
    private static func partHeader(
        in body: [UInt8],
        at start: Int
    ) throws(WireError) -> (header: [String], content: Int) {
        var lines: [String] = []
        var place = start
        while true {
            let end = try find([0x0D, 0x0A], in: body, from: place)
            guard end - start <= Limits.multipartHeaderBytes else {
                throw .tooMuch("A part's header is over \(Limits.multipartHeaderBytes) bytes.")
            }
            guard end > place else { return (lines, end + 2) }
            guard let line = String(validating: body[place..<end], as: UTF8.self) else {
                throw .syntax(position: place, reason: "a part header that is not UTF-8")
            }
            lines.append(line)
            place = end + 2
        }
    }

    private static func add(
        _ header: [String],
        _ content: [UInt8],
        at position: Int,
        to builder: FormBuilder
    ) throws(WireError) {
        var type: String?
        var disposition = HeaderValue("")
        for line in header {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = String(line[line.index(after: colon)...])
            switch line[..<colon].lowercased() {
            case "content-disposition": disposition = HeaderValue(value)
            case "content-type": type = value.trimmed
            default: continue
            }
        }
        guard disposition.value == "form-data", let name = disposition.parameters["name"] else {
            throw .syntax(position: position, reason: "a part without a name")
        }
        if let filename = disposition.parameters["filename"] {
            let file = WireFile(
                filename: filename,
                contentType: type ?? "application/octet-stream",
                bytes: content
            )
            try builder.add(name: name, value: .file(file))
            return
        }
        guard let text = String(validating: content, as: UTF8.self) else {
            throw .syntax(position: position, reason: "form text that is not UTF-8")
        }
        try builder.add(name: name, value: .string(text))
    }
}

/// A header value with parameters: `form-data; name="a"; filename="b.txt"`.
package struct HeaderValue: Sendable, Hashable {
    /// What stands before the first semicolon, in lower case.
    package let value: String
    /// By name in lower case; the first of a name counts.
    package let parameters: [String: String]

    package init(_ text: String) {
        var parameters: [String: String] = [:]
        var scanner = text[...]
        self.value = HeaderValue.until(";", &scanner).trimmed.lowercased()
        while !scanner.isEmpty {
            scanner = scanner.drop { $0 == ";" || $0 == " " || $0 == "\t" }
            let name = HeaderValue.name(&scanner)
            guard scanner.first == "=" else {
                _ = HeaderValue.until(";", &scanner)
                continue
            }
            scanner = scanner.dropFirst().drop { $0 == " " || $0 == "\t" }
            let value: String
            if scanner.first == "\"" {
                value = HeaderValue.quoted(&scanner)
                _ = HeaderValue.until(";", &scanner)
            } else {
                value = HeaderValue.until(";", &scanner).trimmed
            }
            if parameters[name] == nil { parameters[name] = value }
        }
        self.parameters = parameters
    }

    private static func until(_ end: Character, _ scanner: inout Substring) -> String {
        let part = scanner.prefix { $0 != end }
        scanner = scanner[part.endIndex...]
        return String(part)
    }

    private static func name(_ scanner: inout Substring) -> String {
        let part = scanner.prefix { $0 != ";" && $0 != "=" }
        scanner = scanner[part.endIndex...]
        return String(part).trimmed.lowercased()
    }

    /// Browsers write a quote in a file name as `%22`, others as `\"`.
    private static func quoted(_ scanner: inout Substring) -> String {
        var value = ""
        var rest = scanner.dropFirst()
        while let character = rest.popFirst(), character != "\"" {
            if character == "\\", let next = rest.first, next == "\"" || next == "\\" {
                value.append(next)
                rest.removeFirst()
            } else {
                value.append(character)
            }
        }
        scanner = rest
        return value.split(separator: "%22", omittingEmptySubsequences: false)
            .joined(separator: "\"")
    }
}

extension String {
    /// Without blanks at both ends.
    var trimmed: String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let last = lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(self[...last].drop(while: isBlank))
    }
}
