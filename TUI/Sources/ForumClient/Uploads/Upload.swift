package import ForumAPI
import NIOCore

extension SiteClient {
    /// Sends a file and answers how posts refer to it. `progress` hears of the bytes sent so far.
    package func upload(
        _ bytes: [UInt8],
        name: String,
        progress: @escaping @Sendable (_ sent: Int, _ all: Int) -> Void
    ) async throws(ClientError) -> UploadBody {
        let boundary = "parley-\(UInt64.random(in: .min ... .max))-\(bytes.count)"
        var draft = RequestDraft(method: .post, target: "/uploads.json")
        draft.contentType = "multipart/form-data; boundary=\(boundary)"
        draft.body = SiteClient.multipart(bytes, name: name, boundary: boundary)
        draft.pieces = UploadPieces(draft.body, progress: progress)
        draft.seconds = Limits.uploadSeconds
        let reply = try await exchange(draft)
        if let error = reply.error { throw error }
        return try SiteClient.read(reply)
    }

    private static func multipart(_ bytes: [UInt8], name: String, boundary: String) -> [UInt8] {
        // RFC 7578 §2: what could end the quoted name is percent-encoded, as browsers do.
        let plain = name.map { character in
            switch character {
            case "\"": "%22"
            case "\r", "\n", "\r\n": " "
            default: String(character)
            }
        }.joined()
        var head =
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\ncomposer\r\n"
        head +=
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"synchronous\"\r\n\r\ntrue\r\n"
        head +=
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(plain)\""
        head += "\r\nContent-Type: application/octet-stream\r\n\r\n"
        return Array(head.utf8) + bytes + Array("\r\n--\(boundary)--\r\n".utf8)
    }
}

/// A body in pieces, each told of when it is taken.
struct UploadPieces: AsyncSequence, Sendable {
    private let body: [UInt8]
    private let progress: @Sendable (_ sent: Int, _ all: Int) -> Void

    init(_ body: [UInt8], progress: @escaping @Sendable (_ sent: Int, _ all: Int) -> Void) {
        self.body = body
        self.progress = progress
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(body: body, progress: progress)
    }

    struct Iterator: AsyncIteratorProtocol {
        let body: [UInt8]
        let progress: @Sendable (_ sent: Int, _ all: Int) -> Void
        private var place = 0

        init(body: [UInt8], progress: @escaping @Sendable (_ sent: Int, _ all: Int) -> Void) {
            self.body = body
            self.progress = progress
        }

        mutating func next() async -> ByteBuffer? {
            guard place < body.count else { return nil }
            let end = Swift.min(body.count, place + Limits.uploadPieceBytes)
            defer { place = end }
            progress(place, body.count)
            return ByteBuffer(bytes: body[place..<end])
        }
    }
}
