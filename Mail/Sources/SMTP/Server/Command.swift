/// A line of the peer, read by the grammar of RFC 5321 §4.1.1, RFC 2033 and RFC 3030.
enum Command: Equatable {
    case hello(Hello, name: String)
    case mail(from: PathArgument, [Parameter])
    case recipient(Mailbox, [Parameter])
    case data
    case chunk(size: Int, isLast: Bool)
    case reset
    case noOperation
    case quit
    case verify
    case help
    case startTLS

    enum Hello: Equatable {
        case lhlo
        case ehlo
        case helo
    }

    /// Why a line is no command.
    enum Fault: Error, Equatable {
        case unknown
        case notImplemented
        /// What should have stood there.
        case arguments(String)
        case address
        /// A BDAT that does not say how many octets follow it: what comes next cannot be told
        /// from commands.
        case chunkSize
        /// A verb of HTTP or a header field: a browser is being used against us.
        case otherProtocol
    }

    /// - Parameter line: without its CRLF.
    static func parse(_ line: ArraySlice<UInt8>) throws(Fault) -> Command {
        guard line.allSatisfy({ $0 >= Octet.space && $0 != Octet.delete || $0 == 0x09 }) else {
            throw .unknown
        }
        let word = line.prefix { $0 != Octet.space }
        let verb = String(decoding: word, as: UTF8.self).uppercased()
        let argument = trimmed(line[word.endIndex...])
        switch verb {
        case "LHLO": return .hello(.lhlo, name: try helloName(argument))
        case "EHLO": return .hello(.ehlo, name: try helloName(argument))
        case "HELO": return .hello(.helo, name: try helloName(argument))
        case "MAIL": return try mail(argument)
        case "RCPT": return try recipient(argument)
        case "BDAT": return try chunk(argument)
        case "DATA": return try alone(.data, argument)
        case "RSET": return try alone(.reset, argument)
        case "QUIT": return try alone(.quit, argument)
        case "NOOP": return .noOperation
        case "VRFY": return .verify
        case "HELP": return .help
        case "STARTTLS": return try alone(.startTLS, argument)
        case "EXPN", "ETRN", "TURN", "AUTH": throw .notImplemented
        case "GET", "POST", "PUT", "HEAD", "OPTIONS", "CONNECT", "DELETE", "PATCH":
            throw .otherProtocol
        default: throw verb.hasSuffix(":") ? .otherProtocol : .unknown
        }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop { $0 == Octet.space }
        while bytes.last == Octet.space {
            bytes.removeLast()
        }
        return bytes
    }

    private static func alone(
        _ command: Command,
        _ argument: ArraySlice<UInt8>
    ) throws(Fault) -> Command {
        guard argument.isEmpty else { throw .arguments("no argument") }
        return command
    }

    private static func helloName(_ argument: ArraySlice<UInt8>) throws(Fault) -> String {
        guard (1...255).contains(argument.count), !argument.contains(Octet.space),
            let name = String(validating: argument, as: UTF8.self)
        else { throw .arguments("a domain name") }
        return name
    }

    private static func mail(_ argument: ArraySlice<UInt8>) throws(Fault) -> Command {
        let (path, parameters) = try path(argument, after: "FROM:")
        return .mail(from: path, parameters)
    }

    private static func recipient(_ argument: ArraySlice<UInt8>) throws(Fault) -> Command {
        let (path, parameters) = try path(argument, after: "TO:")
        guard case .mailbox(let mailbox) = path else { throw .address }
        return .recipient(mailbox, parameters)
    }

    private static func path(
        _ argument: ArraySlice<UInt8>,
        after keyword: String
    ) throws(Fault) -> (PathArgument, [Parameter]) {
        let start = argument.prefix(keyword.utf8.count)
        guard String(decoding: start, as: UTF8.self).uppercased() == keyword else {
            throw .arguments("\(keyword)<address>")
        }
        // The grammar has no space behind the colon; too many peers send one to refuse it.
        var reader = PathReader(argument[start.endIndex...].drop { $0 == Octet.space })
        guard let path = reader.path() else { throw .address }
        guard let parameters = reader.parameters() else { throw .arguments("parameters") }
        guard Set(parameters.map(\.keyword)).count == parameters.count else {
            throw .arguments("each parameter once")
        }
        return (path, parameters)
    }

    private static func chunk(_ argument: ArraySlice<UInt8>) throws(Fault) -> Command {
        let words = argument.split(separator: Octet.space)
        guard let digits = words.first, let size = number(digits), words.count <= 2 else {
            throw .chunkSize
        }
        guard words.count == 2 else { return .chunk(size: size, isLast: false) }
        guard String(decoding: words[1], as: UTF8.self).uppercased() == "LAST" else {
            throw .chunkSize
        }
        return .chunk(size: size, isLast: true)
    }

    /// Digits alone, at most 18 of them, which always fit.
    static func number(_ digits: some Collection<UInt8>) -> Int? {
        guard (1...18).contains(digits.count) else { return nil }
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }
}
