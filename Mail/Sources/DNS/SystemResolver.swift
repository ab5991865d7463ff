import CResolv
import Dispatch
package import MailMessage

/// The DNS as the machine is set up to ask it: `/etc/resolv.conf`, UDP, and TCP where an answer does not
/// fit.
package struct SystemResolver: TXTResolver {
    /// The library waits for its answer, so it does that on threads of its own.
    private static let queue = DispatchQueue(label: "parley.dns", attributes: .concurrent)
    private static let answerBytes = 65_536
    /// Questions at once; a flood of signed mail waits in line.
    private static let slots = DispatchSemaphore(value: 8)

    package init() {}

    package func records(of name: String) async throws(TXTLookupFailure) -> [String] {
        let found: [String]? = await withCheckedContinuation { continuation in
            Self.queue.async {
                Self.slots.wait()
                defer { Self.slots.signal() }
                continuation.resume(returning: Self.ask(name))
            }
        }
        guard let found else { throw TXTLookupFailure(name: name) }
        return found
    }

    private static func ask(_ name: String) -> [String]? {
        var answer = [UInt8](repeating: 0, count: answerBytes)
        let length = Int(resolv_query(name, Int32(ns_t_txt.rawValue), &answer, Int32(answer.count)))
        switch -length {
        case Int(HOST_NOT_FOUND), Int(NO_DATA): return []
        case _ where length < 0: return nil
        default: return DNSMessage(Array(answer.prefix(length))).textRecords
        }
    }
}
