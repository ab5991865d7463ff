import Forum
import MailMessage

/// Who a mail is from, and the account that has the address, if there is one.
struct Correspondent: Sendable {
    let address: Address
    let account: Account?

    /// As addresses are compared.
    var normalized: String { address.normalized }
}

/// Who a mail says it is from, once that is clear.
enum Sender {
    /// Exactly one From field with exactly one address that can be read in one way only: with more,
    /// one program checks one of them and another shows the other.
    static func detect(in message: Message) -> Address? {
        let fields = message.headers.all("From")
        guard fields.count == 1, message.from.count == 1, let sender = message.from.first,
            isPlain(message.headers.bytes(of: fields[0])),
            EmailAddressRules.normalise(sender.address, allowingLocalDomains: true) != nil
        else { return nil }
        return sender
    }

    /// Whether the field is one mailbox and nothing else: no list, no group, no second angle
    /// bracket, and an address that stands there as it is, not in an encoded word.
    private static func isPlain(_ field: [UInt8]) -> Bool {
        var depth = 0
        var isQuoted = false
        var isInAngle = false
        var angles = 0
        var hasAt = false
        var index = 0
        while index < field.count {
            let byte = field[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\\") where isQuoted || depth > 0: index += 1
            case UInt8(ascii: "\"") where depth == 0: isQuoted.toggle()
            case _ where isQuoted: continue
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            case _ where depth > 0: continue
            case UInt8(ascii: "<"):
                guard !isInAngle else { return false }
                isInAngle = true
                angles += 1
            case UInt8(ascii: ">"):
                guard isInAngle else { return false }
                isInAngle = false
            case UInt8(ascii: "@"): hasAt = true
            case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"):
                guard isInAngle else { return false }
            default: break
            }
        }
        return depth == 0 && !isQuoted && !isInAngle && angles <= 1 && hasAt
    }
}

extension Processing {
    /// - Throws: `NoSenderDetectedError`.
    func sender() throws(Rejection) -> Address {
        guard let sender = Sender.detect(in: message) else {
            throw refusal(.noSender, .refusedNoSender)
        }
        return sender
    }
}

extension Rejection: Error {}
