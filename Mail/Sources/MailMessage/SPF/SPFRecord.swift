/// What a domain says about who may send in its name (RFC 7208 §4.6, §5, §6).
struct SPFRecord: Sendable, Equatable {
    struct Directive: Sendable, Equatable {
        var result: SPFResult.Outcome
        var mechanism: Mechanism
    }

    enum Mechanism: Sendable, Equatable {
        case all
        case include(String)
        /// Nil is the domain itself.
        case addresses(String?, Prefix)
        case mailServers(String?, Prefix)
        case names(String?)
        case network(IPAddress, bits: Int)
        case exists(String)
    }

    /// How many bits of an address count.
    struct Prefix: Sendable, Equatable {
        var four = 32
        var six = 128
    }

    private(set) var directives: [Directive] = []
    private(set) var redirect: String?

    struct Malformed: Error {}

    /// Whether a TXT record is one of these.
    static func isOne(_ text: String) -> Bool {
        let version = text.prefix(6)
        guard version.asciiLowercased == "v=spf1" else { return false }
        return text.utf8.count == 6 || text.dropFirst(6).utf8.first == ASCII.space
    }

    /// - Parameter text: That ``isOne(_:)``.
    init(_ text: String) throws(Malformed) {
        var hasExplanation = false
        for term in text.dropFirst(6).split(separator: " ") {
            guard term.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }) else { throw Malformed() }
            guard let (name, value) = Self.modifier(term) else {
                directives.append(try Self.directive(term))
                continue
            }
            switch name {
            case "redirect":
                guard redirect == nil else { throw Malformed() }
                redirect = try SPFMacro.checkedDomain(value)
            case "exp":
                guard !hasExplanation else { throw Malformed() }
                hasExplanation = true
                _ = try SPFMacro.checkedDomain(value)
            default: try SPFMacro.check(value)
            }
        }
    }

    /// `name=value`, where nothing before the `=` belongs to a mechanism.
    private static func modifier(_ term: Substring) -> (String, Substring)? {
        guard let equal = term.firstIndex(of: "="), let first = term.utf8.first, first.isLetter,
            term[..<equal].utf8.allSatisfy({
                $0.isAlphanumeric || [ASCII.hyphen, ASCII.underscore, ASCII.dot].contains($0)
            })
        else { return nil }
        return (term[..<equal].asciiLowercased, term[term.index(after: equal)...])
    }

    private static func directive(_ term: Substring) throws(Malformed) -> Directive {
        var rest = term
        var result = SPFResult.Outcome.pass
        switch rest.first {
        case "+": rest.removeFirst()
        case "-":
            result = .fail
            rest.removeFirst()
        case "~":
            result = .softFail
            rest.removeFirst()
        case "?":
            result = .neutral
            rest.removeFirst()
        default: break
        }
        let name = rest.prefix { $0 != ":" && $0 != "/" }
        let argument = rest[name.endIndex...]
        return Directive(
            result: result,
            mechanism: try mechanism(name.asciiLowercased, argument)
        )
    }

    private static func mechanism(
        _ name: String,
        _ argument: Substring
    ) throws(Malformed) -> Mechanism {
        switch name {
        case "all":
            guard argument.isEmpty else { throw Malformed() }
            return .all
        case "include": return .include(try SPFMacro.checkedDomain(try domain(argument)))
        case "exists": return .exists(try SPFMacro.checkedDomain(try domain(argument)))
        case "a":
            let (domain, prefix) = try domainAndPrefix(argument)
            return .addresses(domain, prefix)
        case "mx":
            let (domain, prefix) = try domainAndPrefix(argument)
            return .mailServers(domain, prefix)
        case "ptr":
            guard !argument.isEmpty else { return .names(nil) }
            return .names(try SPFMacro.checkedDomain(try domain(argument)))
        case "ip4", "ip6": return try network(try domain(argument), isSix: name == "ip6")
        default: throw Malformed()
        }
    }

    private static func domain(_ argument: Substring) throws(Malformed) -> Substring {
        guard argument.first == ":" else { throw Malformed() }
        return argument.dropFirst()
    }

    private static func network(
        _ text: Substring,
        isSix: Bool
    ) throws(Malformed) -> Mechanism {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let full = isSix ? 128 : 32
        guard parts.count <= 2, let address = IPAddress(String(parts[0])),
            parts[0].contains(":") == isSix
        else { throw Malformed() }
        let bits = parts.count == 2 ? try number(parts[1], upTo: full) : full
        // An address of IPv4 written as one of IPv6 is compared as IPv4.
        return .network(address, bits: isSix && address.family == .four ? max(bits - 96, 0) : bits)
    }

    /// `[:domain][/bits][//bits]`.
    private static func domainAndPrefix(
        _ argument: Substring
    ) throws(Malformed) -> (String?, Prefix) {
        var rest = argument
        var prefix = Prefix()
        if let six = lengthAtEnd(of: rest, after: "//") {
            prefix.six = try number(rest[six.digits...], upTo: 128)
            rest = rest[..<six.start]
        }
        if let four = lengthAtEnd(of: rest, after: "/") {
            prefix.four = try number(rest[four.digits...], upTo: 32)
            rest = rest[..<four.start]
        }
        guard !rest.isEmpty else { return (nil, prefix) }
        return (try SPFMacro.checkedDomain(try domain(rest)), prefix)
    }

    /// Where a length of bits begins that ends the text.
    private static func lengthAtEnd(
        of text: Substring,
        after mark: String
    ) -> (start: Substring.Index, digits: Substring.Index)? {
        let digits = text.reversed().prefix { $0.isASCII && $0.isNumber }.count
        let start = text.index(text.endIndex, offsetBy: -digits)
        guard text[..<start].hasSuffix(mark) else { return nil }
        return (text.index(start, offsetBy: -mark.count), start)
    }

    private static func number(
        _ text: Substring,
        upTo limit: Int
    ) throws(Malformed) -> Int {
        guard let number = Int(text), (0...limit).contains(number),
            text.utf8.allSatisfy(\.isDigit), text == "0" || text.first != "0"
        else { throw Malformed() }
        return number
    }
}

extension Substring {
    var asciiLowercased: String { String(self).asciiLowercased }
}
