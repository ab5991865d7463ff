import Forum
import ForumAPI
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Files of other people, answered so that no browser runs anything in them: only cleaned pictures
/// are shown, all else is saved, and nothing in either may load or run.
enum FileResponse {
    static func make(_ upload: Upload, _ bytes: [UInt8], isDownload: Bool = false) -> Response {
        var headers = HTTPFields()
        let isShown = upload.isImage && !isDownload
        headers[.contentType] = contentType(upload)
        headers[.contentDisposition] = disposition(upload.originalFilename, inline: isShown)
        headers[.contentSecurityPolicy] = "default-src 'none'; sandbox"
        headers[.eTag] = "\"\(upload.name.hex)\""
        // Who may have it is asked again each time.
        headers[.cacheControl] = "private, no-cache"
        return response(bytes, headers)
    }

    /// A compressed archive, piece by piece: it may not fit into memory.
    ///
    /// - Throws: `.notFound` when the file is not there any more.
    static func archive(at path: String, named name: String) throws -> Response {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw ForumError.notFound }
        let size = Int(try handle.seekToEnd())
        try handle.close()
        var headers = HTTPFields()
        headers[.contentType] = "application/gzip"
        headers[.contentDisposition] = disposition(name, inline: false)
        headers[.cacheControl] = "private, no-store"
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody(contentLength: size) { writer in
                let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
                var left = size
                while left > 0,
                    let part = try handle.read(upToCount: min(left, WebLimits.filePartBytes)),
                    !part.isEmpty
                {
                    try await writer.write(ByteBuffer(bytes: part))
                    left -= part.count
                }
                try handle.close()
                try await writer.finish(nil)
            }
        )
    }

    /// A picture that this server made.
    static func picture(_ bytes: [UInt8], seconds: Int) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = "image/png"
        headers[.contentSecurityPolicy] = "default-src 'none'; sandbox"
        headers[.cacheControl] = "public, max-age=\(seconds)"
        return response(bytes, headers)
    }

    private static func response(_ bytes: [UInt8], _ headers: HTTPFields) -> Response {
        Response(
            status: .ok,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    private static func contentType(_ upload: Upload) -> String {
        guard upload.isImage else { return "application/octet-stream" }
        switch upload.fileExtension {
        case "png": return "image/png"
        case "gif": return "image/gif"
        case "webp": return "image/webp"
        default: return "image/jpeg"
        }
    }

    /// RFC 6266, with the name in both forms.
    static func disposition(_ filename: String, inline: Bool) -> String {
        let plain = String(
            decoding: filename.utf8.map { byte in
                (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"")
                    && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "%")
                    ? byte : UInt8(ascii: "_")
            },
            as: UTF8.self
        )
        let kind = inline ? "inline" : "attachment"
        return "\(kind); filename=\"\(plain)\"; filename*=UTF-8''\(percentEncoded(filename))"
    }
}
