/// Reads plain values that Python has pickled (protocols 0 to 2), such as Mailman's `config.pck`.
/// Where a pickle would make an object or call a function, stands a value that is opaque.
struct PythonPickle {
    private static let stackMax = 4_000_000

    private var bytes: ArraySlice<UInt8>
    private var stack: [PythonValue] = []
    private var marks: [Int] = []
    private var memory: [Int: PythonValue] = [:]

    private init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

    /// - Returns: `nil` for bytes that are no such pickle.
    static func value(of bytes: [UInt8]) -> PythonValue? {
        var reader = PythonPickle(bytes)
        return reader.read()
    }

    private mutating func read() -> PythonValue? {
        while let code = bytes.popFirst(), stack.count < Self.stackMax {
            switch Character(Unicode.Scalar(code)) {
            case ".": return stack.last
            case "(": marks.append(stack.count)
            case "0": _ = stack.popLast()
            case "1": _ = sinceMark()
            case "2": stack.append(stack.last ?? .opaque)
            default: guard readValue(code) else { return nil }
            }
        }
        return nil
    }

    private mutating func readValue(_ code: UInt8) -> Bool {
        switch code {
        // Protocol 2: its number, TUPLE1 to 3, NEWTRUE and NEWFALSE, LONG1.
        case 0x80: _ = integer(1)
        case 0x85, 0x86, 0x87: collect(Int(code) - 0x84)
        case 0x88: stack.append(.number(1))
        case 0x89: stack.append(.number(0))
        case 0x8A: stack.append(.number(Double(integer(integer(1)))))
        case 0x81: replace(2)
        default:
            switch Character(Unicode.Scalar(code)) {
            case "N": stack.append(.nothing)
            case "K": stack.append(.number(Double(integer(1))))
            case "M": stack.append(.number(Double(integer(2))))
            case "J": stack.append(.number(Double(Int32(truncatingIfNeeded: integer(4)))))
            case "I", "L", "F": stack.append(number(line()))
            case "G": stack.append(.number(Double(bitPattern: bigEndian())))
            case "U": stack.append(.text(PythonValue.decoded(take(integer(1)))))
            case "T", "X": stack.append(.text(PythonValue.decoded(take(integer(4)))))
            case "S", "V": stack.append(.text(quoted(line())))
            default: return readStructure(code)
            }
        }
        return true
    }

    private mutating func readStructure(_ code: UInt8) -> Bool {
        switch Character(Unicode.Scalar(code)) {
        case "}": stack.append(.map([:]))
        case "]", ")": stack.append(.list([]))
        case "t", "l": stack.append(.list(Array(sinceMark())))
        case "d": stack.append(.map(ofPairs: sinceMark()))
        case "a": append(stack.popLast().map { [$0] } ?? [])
        case "e": append(sinceMark())
        case "s":
            let pair = stack.suffix(2)
            stack.removeLast(pair.count)
            set(pair)
        case "u": set(sinceMark())
        case "q": memory[integer(1)] = stack.last
        case "r": memory[integer(4)] = stack.last
        case "p": memory[Int(line()) ?? -1] = stack.last
        case "h": stack.append(memory[integer(1)] ?? .opaque)
        case "j": stack.append(memory[integer(4)] ?? .opaque)
        case "g": stack.append(memory[Int(line()) ?? -1] ?? .opaque)
        case "c":
            _ = (line(), line())
            stack.append(.opaque)
        case "i":
            _ = (line(), line())
            _ = sinceMark()
            stack.append(.opaque)
        case "o":
            _ = sinceMark()
            stack.append(.opaque)
        // A call, and the state of an object.
        case "R": replace(2)
        case "b": _ = stack.popLast()
        default: return false
        }
        return true
    }

    // MARK: The stack

    private mutating func sinceMark() -> ArraySlice<PythonValue> {
        let mark = min(marks.popLast() ?? 0, stack.count)
        let values = stack[mark...]
        stack.removeSubrange(mark...)
        return values
    }

    private mutating func collect(_ count: Int) {
        let values = Array(stack.suffix(count))
        stack.removeLast(values.count)
        stack.append(.list(values))
    }

    private mutating func replace(_ count: Int) {
        stack.removeLast(min(count, stack.count))
        stack.append(.opaque)
    }

    private mutating func append(_ values: some Sequence<PythonValue>) {
        guard case .list(let list)? = stack.popLast() else {
            stack.append(.opaque)
            return
        }
        stack.append(.list(list + values))
    }

    private mutating func set(_ pairs: ArraySlice<PythonValue>) {
        guard case .map(let map)? = stack.popLast(),
            case .map(let new) = PythonValue.map(ofPairs: pairs)
        else {
            stack.append(.opaque)
            return
        }
        stack.append(.map(map.merging(new) { _, new in new }))
    }

    // MARK: Bytes

    private mutating func take(_ count: Int) -> ArraySlice<UInt8> {
        let taken = bytes.prefix(max(0, count))
        bytes.removeFirst(taken.count)
        return taken
    }

    /// Little endian.
    private mutating func integer(_ count: Int) -> Int {
        take(count).reversed().reduce(0) { ($0 << 8) | Int($1) }
    }

    private mutating func bigEndian() -> UInt64 {
        take(8).reduce(0) { ($0 << 8) | UInt64($1) }
    }

    private mutating func line() -> String {
        let line = bytes.prefix { $0 != 0x0A }
        bytes.removeFirst(min(line.count + 1, bytes.count))
        return PythonValue.decoded(line)
    }

    private func number(_ text: String) -> PythonValue {
        Double(text.hasSuffix("L") ? String(text.dropLast()) : text).map(PythonValue.number)
            ?? .opaque
    }

    private func quoted(_ text: String) -> String {
        PythonLiteral.dictionary(in: "{'': \(text)}")?[""].text ?? text
    }
}
