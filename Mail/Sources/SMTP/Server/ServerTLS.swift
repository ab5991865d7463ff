import Foundation
package import Logging
import NIOCore
import NIOSSL
import Synchronization

/// The certificate a mail server shows, from PEM files. Files that are replaced, as certificates are
/// every few weeks, are read again without a restart.
package final class ServerTLS: Sendable {
    private struct Loaded {
        let context: NIOSSLContext
        let version: [Int]
    }

    private let certificate: String
    private let key: String
    private let logger: Logger
    private let loaded: Mutex<Loaded>

    /// - Throws: what is wrong with the files.
    package init(certificate: String, key: String, logger: Logger) throws {
        self.certificate = certificate
        self.key = key
        self.logger = logger
        loaded = Mutex(try Self.load(certificate, key))
    }

    /// The context of the files as they are now; the one before when they cannot be used.
    var context: NIOSSLContext {
        loaded.withLock { loaded in
            guard Self.version(certificate, key) != loaded.version else { return loaded.context }
            do {
                loaded = try Self.load(certificate, key)
            } catch {
                logger.error(
                    "the new certificate cannot be used; the old one is shown",
                    metadata: ["file": "\(certificate)", "error": "\(error)"]
                )
            }
            return loaded.context
        }
    }

    private static func load(_ certificate: String, _ key: String) throws -> Loaded {
        let version = version(certificate, key)
        let chain = try NIOSSLCertificate.fromPEMFile(certificate)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
        )
        configuration.minimumTLSVersion = .tlsv12
        return Loaded(context: try NIOSSLContext(configuration: configuration), version: version)
    }

    /// Changes whenever a file does.
    private static func version(_ files: String...) -> [Int] {
        files.flatMap { file -> [Int] in
            var status = stat()
            guard stat(file, &status) == 0 else { return [0, 0, 0] }
            return [Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec), Int(status.st_ino)]
        }
    }
}

/// Octets of a peer, and whether they came through TLS.
struct PeerBytes: Sendable {
    let bytes: ByteBuffer
    let isEncrypted: Bool
}

/// Marks what comes before TLS: what a peer, or somebody on the way, sent in plain text behind STARTTLS
/// may not be read as if it had come encrypted (RFC 3207 §5, CVE-2011-0411).
final class EncryptionMark: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = PeerBytes

    private var isEncrypted = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let piece = PeerBytes(bytes: unwrapInboundIn(data), isEncrypted: isEncrypted)
        context.fireChannelRead(wrapInboundOut(piece))
    }

    /// Sends `reply` in plain text and encrypts from the next octet on, in one step of the event loop.
    static func encrypt(
        _ channel: any Channel,
        _ context: NIOSSLContext,
        after reply: [UInt8]
    ) async throws {
        try await channel.eventLoop.submit {
            let pipeline = channel.pipeline.syncOperations
            let mark = try pipeline.handler(type: EncryptionMark.self)
            channel.writeAndFlush(ByteBuffer(bytes: reply), promise: nil)
            try pipeline.addHandler(NIOSSLServerHandler(context: context), position: .first)
            mark.isEncrypted = true
        }.get()
    }
}
