/// Builds the MIME tree with a list of work instead of recursion.
struct MessageParser {
    let limits: Limits
    private(set) var sources: [[UInt8]]
    private(set) var parts: [Part] = []
    private(set) var problems: ProblemList
    private var work: [Work] = []
    private var decodedBytes = 0

    /// A range of bytes that is an entity: a header, then a body.
    private struct Work {
        let range: Range<Int>
        let source: Int
        let parent: Int?
        let depth: Int
        let defaultType: MediaType
        let isMessageRoot: Bool
    }

    init(_ raw: [UInt8], limits: Limits) {
        self.limits = limits
        sources = [raw]
        problems = ProblemList(limit: limits.problems)
    }

    mutating func run() {
        work = [
            Work(
                range: 0..<sources[0].count,
                source: 0,
                parent: nil,
                depth: 0,
                defaultType: .plainText,
                isMessageRoot: true
            )
        ]
        while let item = work.popLast() {
            guard parts.count < limits.parts else {
                problems.add(.tooManyParts)
                return
            }
            read(item)
        }
    }

    private mutating func read(_ item: Work) {
        let reader = HeaderReader(limits: limits)
        let (headers, body) = reader.read(
            sources[item.source],
            range: item.range,
            problems: &problems
        )
        let part = makePart(item, headers: headers, body: min(body, item.range.upperBound))
        parts.append(part)
        if let parent = item.parent { parts[parent].children.append(part.index) }
        if part.isMultipart {
            openMultipart(part)
        } else if isEmbeddedMessage(part) {
            openMessage(part)
        }
    }

    private mutating func makePart(_ item: Work, headers: HeaderFields, body: Int) -> Part {
        let typeValue = headers.bytes("Content-Type")
        let mediaType = typeValue.flatMap { MediaType(contentType: $0) } ?? item.defaultType
        let encodingValue = headers.bytes("Content-Transfer-Encoding") ?? []
        let encoding = TransferEncoding(encodingValue)
        if encoding == .unknown {
            problems.add(
                .unknownEncoding,
                String(decoding: encodingValue.prefix(60), as: UTF8.self)
            )
        }
        if let label = mediaType["charset"], !Charset.isKnown(label) {
            problems.add(.unknownCharset, String(label.prefix(60)))
        }
        let disposition = headers.bytes("Content-Disposition").flatMap {
            MediaType(disposition: $0)
        }
        let filename = disposition?["filename"] ?? mediaType["name"]
        if mediaType.type == "text", filename == nil, disposition?.type != "attachment",
            item.range.upperBound - body > limits.bodyBytes
        {
            problems.add(.tooLarge, "\(mediaType.name): cut to \(limits.bodyBytes) bytes")
        }
        return Part(
            index: parts.count,
            parent: item.parent,
            depth: item.depth,
            headers: headers,
            mediaType: mediaType,
            encoding: encoding,
            disposition: disposition,
            filename: filename.flatMap(Self.baseName),
            contentID: headers.bytes("Content-ID").flatMap {
                MessageIDs.parse($0, limit: 1).first
            },
            body: body..<item.range.upperBound,
            source: item.source,
            isMessageRoot: item.isMessageRoot
        )
    }

    /// The last component of a path of any system, without control characters (RFC 2183 §2.3).
    static func baseName(_ path: String) -> String? {
        let last = path.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        let visible = last.unicodeScalars.filter {
            $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
        }
        let name = String(String.UnicodeScalarView(visible)).trimmed
        guard !name.isEmpty, name != ".", name != ".." else { return nil }
        return String(name.prefix(Limits.filenameCharacters))
    }

    private func isEmbeddedMessage(_ part: Part) -> Bool {
        part.mediaType.type == "message"
            && ["rfc822", "global", "news"].contains(part.mediaType.subtype)
    }

    // MARK: Containers

    private mutating func openMessage(_ part: Part) {
        guard part.depth < limits.depth else {
            problems.add(.tooDeep)
            return
        }
        guard let (source, range) = content(of: part) else { return }
        work.append(
            Work(
                range: range,
                source: source,
                parent: part.index,
                depth: part.depth + 1,
                defaultType: .plainText,
                isMessageRoot: true
            )
        )
    }

    private mutating func openMultipart(_ part: Part) {
        guard part.depth < limits.depth else {
            problems.add(.tooDeep)
            return
        }
        let boundary = Array((part.mediaType["boundary"] ?? "").utf8)
        guard !boundary.isEmpty, boundary.count <= Limits.boundaryBytes else {
            problems.add(.boundary, "missing or too long")
            return
        }
        guard let (source, range) = content(of: part) else { return }
        let splitter = BoundarySplitter(boundary: boundary, limit: limits.parts - parts.count + 1)
        let split = sources[source].withUnsafeBufferPointer { splitter.split($0, in: range) }
        if split.ranges.isEmpty { problems.add(.boundary, "never appears") }
        if !split.isClosed, !split.ranges.isEmpty { problems.add(.boundary, "not closed") }
        let type: MediaType = part.mediaType.subtype == "digest" ? .message : .plainText
        for range in split.ranges.reversed() {
            work.append(
                Work(
                    range: range,
                    source: source,
                    parent: part.index,
                    depth: part.depth + 1,
                    defaultType: type,
                    isMessageRoot: false
                )
            )
        }
    }

    /// The bytes of a container. One with a transfer encoding (RFC 2045 §6.4 forbids it) is decoded
    /// into a source of its own, as long as the budget lasts.
    private mutating func content(of part: Part) -> (source: Int, range: Range<Int>)? {
        guard part.encoding == .base64 || part.encoding == .quotedPrintable else {
            return (part.source, part.body)
        }
        problems.add(.encodedContainer, part.mediaType.name)
        let budget = limits.decodedBytes - decodedBytes
        let decoded = sources[part.source].withUnsafeBufferPointer {
            part.encoding.decode(UnsafeBufferPointer(rebasing: $0[part.body]), limit: budget)
        }
        guard !decoded.isEmpty, decoded.count < budget else {
            problems.add(.tooLarge, part.mediaType.name)
            return nil
        }
        decodedBytes += decoded.count
        sources.append(decoded)
        return (sources.count - 1, 0..<decoded.count)
    }
}

/// Cuts the body of a multipart at its boundary (RFC 2046 §5.1).
struct BoundarySplitter {
    let boundary: [UInt8]
    let limit: Int

    struct Split {
        var ranges: [Range<Int>] = []
        var isClosed = false
    }

    /// Parts between delimiter lines. The line end before a delimiter belongs to it; preamble and
    /// epilogue are left out; without a closing delimiter the last part reaches to the end.
    func split(_ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>) -> Split {
        var split = Split()
        var start: Int?
        var lineStart = range.lowerBound
        while lineStart < range.upperBound {
            if let delimiter = delimiter(bytes, at: lineStart, end: range.upperBound) {
                if let start {
                    split.ranges.append(start..<max(start, lineEnd(bytes, lineStart, start)))
                }
                start = delimiter.next
                split.isClosed = delimiter.isClosing
                if delimiter.isClosing || split.ranges.count >= limit { return split }
            }
            guard let newline = bytes.indexOfDashedLine(in: lineStart..<range.upperBound) else {
                break
            }
            lineStart = newline + 1
        }
        if let start { split.ranges.append(start..<max(start, range.upperBound)) }
        return split
    }

    /// The end of the content before the delimiter line at `lineStart`.
    private func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ lineStart: Int, _ floor: Int) -> Int
    {
        var end = lineStart
        if end > floor, bytes[end - 1] == ASCII.lf { end -= 1 }
        if end > floor, bytes[end - 1] == ASCII.cr { end -= 1 }
        return end
    }

    private func delimiter(
        _ bytes: UnsafeBufferPointer<UInt8>,
        at start: Int,
        end: Int
    ) -> (next: Int, isClosing: Bool)? {
        guard start + 2 + boundary.count <= end, bytes[start] == ASCII.hyphen,
            bytes[start + 1] == ASCII.hyphen, bytes[start + 2] == boundary[0],
            (1..<boundary.count).allSatisfy({ bytes[start + 2 + $0] == boundary[$0] })
        else { return nil }
        var index = start + 2 + boundary.count
        let isClosing =
            index + 1 < end && bytes[index] == ASCII.hyphen
            && bytes[index + 1] == ASCII.hyphen
        if isClosing { index += 2 }
        while index < end, bytes[index].isBlank { index += 1 }
        if index < end, bytes[index] == ASCII.cr { index += 1 }
        if index < end {
            guard bytes[index] == ASCII.lf else { return nil }
            index += 1
        }
        return (index, isClosing)
    }
}
