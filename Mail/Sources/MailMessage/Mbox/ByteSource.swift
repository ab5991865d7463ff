import CZlib

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Why a file could not be read.
package struct MboxError: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String

    package init(description: String) {
        self.description = description
    }
}

/// The bytes of a file in chunks, decompressed when the file begins as gzip does (RFC 1952).
final class ByteSource {
    /// Bytes of the file, compressed or not.
    let totalBytes: Int
    /// Bytes of the file that were read.
    private(set) var position = 0
    /// What ended the data before its time; nil when all is well.
    private(set) var damage: String?

    private let descriptor: Int32
    private var input = [UInt8](repeating: 0, count: ByteSource.chunkBytes)
    private var filled = 0
    private var used = 0
    private var isFinished = false
    private var stream: UnsafeMutablePointer<z_stream>?
    private var memberEnded = false

    private static let chunkBytes = 65_536

    init(path: String) throws(MboxError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw MboxError(description: "\(path): \(String(cString: strerror(errno)))")
        }
        var status = stat()
        totalBytes = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
        fill()
        if filled >= 2, input[0] == 0x1F, input[1] == 0x8B { try startInflating() }
    }

    deinit {
        if let stream {
            inflateEnd(stream)
            stream.deallocate()
        }
        close(descriptor)
    }

    private func startInflating() throws(MboxError) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window, +16 for the gzip wrapping.
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(stream, 31, ZLIB_VERSION, size) == Z_OK else {
            stream.deallocate()
            throw MboxError(description: "zlib does not start")
        }
        self.stream = stream
    }

    private func fill() {
        used = 0
        filled = 0
        while true {
            let count = input.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0 { damage = "read: \(String(cString: strerror(errno)))" }
            filled = max(0, count)
            position += filled
            return
        }
    }

    /// Appends the next bytes; false when there are no more.
    func appendNext(to output: inout [UInt8]) -> Bool {
        guard !isFinished else { return false }
        if stream != nil { return inflateMore(into: &output) }
        guard filled > 0 else {
            isFinished = true
            return false
        }
        output += input[..<filled]
        fill()
        return true
    }

    private func inflateMore(into output: inout [UInt8]) -> Bool {
        guard let stream else { return false }
        var chunk = [UInt8](repeating: 0, count: Self.chunkBytes)
        while true {
            if used == filled { fill() }
            if memberEnded, !startNextMember(stream) { return false }
            guard filled > 0 else {
                isFinished = true
                damage = damage ?? "the compressed data ends before its end"
                return false
            }
            let (status, produced) = inflateOnce(stream, &chunk)
            if produced > 0 { output += chunk[..<produced] }
            if status == Z_STREAM_END { memberEnded = true }
            if status != Z_OK, status != Z_STREAM_END, status != Z_BUF_ERROR {
                isFinished = true
                damage = "the compressed data is damaged"
                return produced > 0
            }
            if produced > 0 { return true }
        }
    }

    /// Another gzip member may follow the one that ended; anything else is padding.
    private func startNextMember(_ stream: UnsafeMutablePointer<z_stream>) -> Bool {
        guard filled > used, input[used] == 0x1F else {
            isFinished = true
            return false
        }
        inflateReset(stream)
        memberEnded = false
        return true
    }

    private func inflateOnce(
        _ stream: UnsafeMutablePointer<z_stream>,
        _ chunk: inout [UInt8]
    ) -> (status: Int32, produced: Int) {
        input.withUnsafeMutableBufferPointer { input in
            chunk.withUnsafeMutableBufferPointer { chunk in
                stream.pointee.next_in = input.baseAddress.map { $0 + used }
                stream.pointee.avail_in = UInt32(filled - used)
                stream.pointee.next_out = chunk.baseAddress
                stream.pointee.avail_out = UInt32(chunk.count)
                let status = inflate(stream, Z_NO_FLUSH)
                used = filled - Int(stream.pointee.avail_in)
                return (status, chunk.count - Int(stream.pointee.avail_out))
            }
        }
    }
}
