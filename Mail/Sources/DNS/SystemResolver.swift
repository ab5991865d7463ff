import CResolv
import Dispatch
package import MailMessage

/// The DNS as the machine is set up to ask it: `/etc/resolv.conf`, UDP, and TCP where an answer does not
/// fit.
package struct SystemResolver: DNSResolver {
    /// The library waits for its answer, so it does that on threads of its own.
    private static let queue = DispatchQueue(label: "parley.dns", attributes: .concurrent)
    private static let answerBytes = 65_536
    /// Questions at once; a flood of signed mail waits in line.
    private static let slots = DispatchSemaphore(value: 8)

    package init() {}

    package func records(of name: String) async throws(TXTLookupFailure) -> [String] {
        try await ask(name, .txt) { $0.textRecords }
    }

    package func addresses(
        of name: String,
        _ family: IPAddress.Family
    ) async throws(TXTLookupFailure) -> [IPAddress] {
        let type: DNSMessage.RecordType = family == .four ? .a : .aaaa
        return try await ask(name, type) { $0.addresses(type) }.map { IPAddress(octets: $0) }
    }

    package func mailServers(of name: String) async throws(TXTLookupFailure) -> [String] {
        try await ask(name, .mx) { $0.mailServers }
    }

    package func names(of address: IPAddress) async throws(TXTLookupFailure) -> [String] {
        try await ask(address.reverseName, .ptr) { $0.pointedNames }
    }

    /// - Parameter read: What is wanted of an answer; `nil` when it is none.
    private func ask<Value: Sendable>(
        _ name: String,
        _ type: DNSMessage.RecordType,
        _ read: @escaping @Sendable (DNSMessage) -> [Value]?
    ) async throws(TXTLookupFailure) -> [Value] {
        let found: [Value]? = await withCheckedContinuation { continuation in
            Self.queue.async {
                Self.slots.wait()
                defer { Self.slots.signal() }
                continuation.resume(returning: Self.answer(name, type, read))
            }
        }
        guard let found else { throw TXTLookupFailure(name: name) }
        return found
    }

    private static func answer<Value>(
        _ name: String,
        _ type: DNSMessage.RecordType,
        _ read: (DNSMessage) -> [Value]?
    ) -> [Value]? {
        var answer = [UInt8](repeating: 0, count: answerBytes)
        let length = Int(
            resolv_query(name, Int32(type.rawValue), &answer, Int32(answer.count))
        )
        switch -length {
        case Int(HOST_NOT_FOUND), Int(NO_DATA): return []
        case _ where length < 0: return nil
        default: return read(DNSMessage(Array(answer.prefix(length))))
        }
    }
}
