import CZlib

/// Compresses bytes as they come, into one gzip member (RFC 1952).
package final class GzipWriter {
    private let stream: UnsafeMutablePointer<z_stream>

    /// - Throws: `MboxError` when zlib has no memory.
    package init() throws(MboxError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window, +16 for the gzip wrapping; 8 is zlib's usual memory level.
        let size = Int32(MemoryLayout<z_stream>.size)
        let status = deflateInit2_(
            stream,
            Z_DEFAULT_COMPRESSION,
            Z_DEFLATED,
            31,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            size
        )
        guard status == Z_OK else {
            stream.deallocate()
            throw MboxError(description: "zlib does not start")
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// What `bytes` are when they are compressed, as far as that is known already.
    package func write(_ bytes: [UInt8]) -> [UInt8] { deflate(bytes, Z_NO_FLUSH) }

    /// The rest. Nothing may be written afterwards.
    package func finish() -> [UInt8] { deflate([], Z_FINISH) }

    private func deflate(_ bytes: [UInt8], _ flush: Int32) -> [UInt8] {
        var bytes = bytes
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        bytes.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            repeat {
                let produced = chunk.withUnsafeMutableBufferPointer { buffer in
                    stream.pointee.next_out = buffer.baseAddress
                    stream.pointee.avail_out = UInt32(buffer.count)
                    _ = CZlib.deflate(stream, flush)
                    return buffer.count - Int(stream.pointee.avail_out)
                }
                output += chunk[..<produced]
            } while stream.pointee.avail_out == 0
        }
        return output
    }
}
