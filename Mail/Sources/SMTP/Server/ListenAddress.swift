import Foundation

/// Where a server listens.
package enum ListenAddress: Sendable, Hashable {
    /// A socket file, mode 0660.
    case unix(String)
    /// A host name or address and a port; port 0 lets the system choose.
    case tcp(String, Int)
}

/// Why a server does not listen.
package enum ListenError: Error, Hashable, CustomStringConvertible {
    /// The path holds no octets, or more than a socket address can hold.
    case unusablePath(String)
    /// Something else than a socket stands at the path. It is left alone.
    case notASocket(String)
    /// Another process answers on the socket.
    case inUse(String)
    /// A call of the system failed.
    case system(String, path: String, code: Int32)

    package var description: String {
        switch self {
        case .unusablePath(let path): "‘\(path)’ cannot be the path of a socket"
        case .notASocket(let path): "‘\(path)’ exists and is no socket"
        case .inUse(let path): "another process listens on ‘\(path)’"
        case .system(let call, let path, let code):
            "\(call) failed for ‘\(path)’: \(String(cString: strerror(code)))"
        }
    }
}

/// A socket file of ours.
struct UnixSocket {
    /// Owner and group may connect.
    static let mode: mode_t = 0o660

    let path: String
    /// Bound, not listening yet: until it listens nobody can connect.
    let descriptor: Int32
    private let device: UInt64
    private let inode: UInt64

    /// Binds the path. A socket file that nobody listens on is replaced.
    static func bind(_ path: String) throws(ListenError) -> UnixSocket {
        var address = try socketAddress(path)
        try removeStale(path, &address)
        let descriptor = socket(AF_UNIX, streamType, 0)
        guard descriptor >= 0 else { throw .system("socket", path: path, code: errno) }
        guard withSocketAddress(&address, { Foundation.bind(descriptor, $0, $1) }) == 0 else {
            let code = errno
            close(descriptor)
            if code == EADDRINUSE {
                throw .inUse(path)
            }
            throw .system("bind", path: path, code: code)
        }
        // Before listen(2): at no moment may anyone else connect.
        var status = stat()
        guard chmod(path, mode) == 0, lstat(path, &status) == 0 else {
            let code = errno
            close(descriptor)
            unlink(path)
            throw .system("chmod", path: path, code: code)
        }
        return UnixSocket(path: path, descriptor: descriptor, status)
    }

    private init(path: String, descriptor: Int32, _ status: stat) {
        self.path = path
        self.descriptor = descriptor
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }

    /// Removes the file, unless another server has put its own there.
    func remove() {
        var status = stat()
        guard lstat(path, &status) == 0, UInt64(status.st_dev) == device,
            UInt64(status.st_ino) == inode
        else { return }
        unlink(path)
    }

    private static func removeStale(
        _ path: String,
        _ address: inout sockaddr_un
    ) throws(ListenError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path) }
        let probe = socket(AF_UNIX, streamType, 0)
        guard probe >= 0 else { throw .system("socket", path: path, code: errno) }
        defer { close(probe) }
        // Without blocking: a listener whose queue is full answers EAGAIN, and is a listener.
        guard fcntl(probe, F_SETFL, O_NONBLOCK) == 0 else {
            throw .system("fcntl", path: path, code: errno)
        }
        let outcome = withSocketAddress(&address) { connect(probe, $0, $1) }
        guard outcome != 0, errno == ECONNREFUSED else { throw .inUse(path) }
        guard unlink(path) == 0 || errno == ENOENT else {
            throw .system("unlink", path: path, code: errno)
        }
    }

    private static func socketAddress(_ path: String) throws(ListenError) -> sockaddr_un {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard !bytes.isEmpty, bytes.count < room, !bytes.contains(0) else {
            throw .unusablePath(path)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return address
    }

    private static func withSocketAddress<Outcome>(
        _ address: inout sockaddr_un,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Outcome
    ) -> Outcome {
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
        }
    }

    private static var streamType: Int32 {
        #if canImport(Glibc)
        Int32(SOCK_STREAM.rawValue)
        #else
        SOCK_STREAM
        #endif
    }
}
