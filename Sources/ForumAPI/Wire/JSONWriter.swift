/// Encodes `value` as a reply: an absent optional is `null`, an absent ``IfPresent`` is left out.
///
/// Throws `EncodingError` for what JSON cannot say (infinite numbers, more than 64 levels).
package func encodeJSON<T: Encodable>(_ value: T) throws -> [UInt8] {
    let writer = JSONWriter(absent: .null)
    try writer.writeValue(value)
    return writer.bytes()
}

/// Encodes `value` as a request: whatever is absent is left out.
package func encodeRequestJSON<T: Encodable>(_ value: T) throws -> [UInt8] {
    let writer = JSONWriter(absent: .omit)
    try writer.writeValue(value)
    return writer.bytes()
}

/// Writes JSON while it walks a value, without a tree in between.
///
/// A container has no end of its own in `Encoder`, so this keeps the open ones: whoever writes
/// through a container closes what was opened inside it, and the end of a value closes the rest.
package final class JSONWriter: Encoder {
    /// What becomes of an optional without a value.
    package enum Absent: Sendable {
        case null
        case omit
    }

    private struct State {
        var base: UnsafeMutablePointer<UInt8>
        var count = 0
        var capacity: Int
        /// How many containers are open. The bits below belong to the levels 0 to 63.
        var depth = 0
        var listBits: UInt64 = 0
        var filledBits: UInt64 = 0
        var lastSerial: UInt32 = 0
        /// A value was announced and nothing of it has been written.
        var awaitsValue = false
        var failed = false
    }

    let absent: Absent
    /// Behind a pointer, because the checks of exclusive access to the properties of a class cost
    /// more than writing a short value does. Nothing outside this class sees it, and a writer
    /// belongs to one call.
    private let state: UnsafeMutablePointer<State>
    /// Tells the containers of one level apart, so that none writes into its successor.
    private let serials: UnsafeMutablePointer<UInt32>
    /// Set where `Encoder` gives no way to throw; the value as a whole fails then.
    private var failure: String?

    package var codingPath: [any CodingKey] { [] }
    package var userInfo: [CodingUserInfoKey: Any] { [:] }

    package init(absent: Absent, capacity: Int = 4_096) {
        self.absent = absent
        self.state = .allocate(capacity: 1)
        state.initialize(to: State(base: .allocate(capacity: capacity), capacity: capacity))
        self.serials = .allocate(capacity: Limits.jsonDepth)
        serials.initialize(repeating: 0, count: Limits.jsonDepth)
    }

    deinit {
        state.pointee.base.deallocate()
        state.deallocate()
        serials.deallocate()
    }

    /// What was written so far.
    package func bytes() -> [UInt8] {
        [UInt8](UnsafeBufferPointer(start: state.pointee.base, count: state.pointee.count))
    }

    /// Writes one whole value.
    package func writeValue<T: Encodable>(_ value: T) throws {
        if try writeKnown(value) { return }
        let outer = state.pointee.depth
        state.pointee.awaitsValue = true
        try value.encode(to: self)
        if state.pointee.awaitsValue {
            // A type that encodes nothing at all is an object without members.
            state.pointee.awaitsValue = false
            push(0x7B)
            push(0x7D)
        }
        close(to: outer)
        if state.pointee.failed { throw error(failure ?? "this cannot be written") }
    }

    fileprivate func fail(_ reason: String) {
        failure = reason
        state.pointee.failed = true
    }

    /// The types that come in quantity, without the way through their own containers.
    private func writeKnown<T: Encodable>(_ value: T) throws -> Bool {
        if T.self == String.self, let text = value as? String {
            write(text)
        } else if T.self == Int.self, let number = value as? Int {
            write(number)
        } else if T.self == [Int].self, let numbers = value as? [Int] {
            push(0x5B)
            for (place, number) in numbers.enumerated() {
                if place > 0 { push(0x2C) }
                write(number)
            }
            push(0x5D)
        } else {
            return false
        }
        return true
    }

    func error(_ reason: String) -> any Error {
        EncodingError.invalidValue(
            reason,
            EncodingError.Context(codingPath: [], debugDescription: reason)
        )
    }

    // MARK: Containers

    /// Opens an object or a list, or goes on with the object of the value being written when a
    /// type puts several parts into one object.
    private func open(list: Bool) -> (level: Int, serial: UInt32) {
        if !state.pointee.awaitsValue, state.pointee.depth > 0 {
            let level = state.pointee.depth - 1
            if (state.pointee.listBits & (1 << UInt64(level)) != 0) == list {
                return (level, serials[level])
            }
            fail("an object and a list in one value")
            return (level, serials[level])
        }
        state.pointee.awaitsValue = false
        guard state.pointee.depth < Limits.jsonDepth else {
            fail("more than \(Limits.jsonDepth) levels")
            return (state.pointee.depth - 1, serials[state.pointee.depth - 1])
        }
        let level = state.pointee.depth
        let bit: UInt64 = 1 << UInt64(level)
        state.pointee.filledBits &= ~bit
        if list { state.pointee.listBits |= bit } else { state.pointee.listBits &= ~bit }
        state.pointee.lastSerial &+= 1
        serials[level] = state.pointee.lastSerial
        state.pointee.depth += 1
        push(list ? 0x5B : 0x7B)
        return (level, state.pointee.lastSerial)
    }

    private func close(to outer: Int) {
        while state.pointee.depth > outer {
            state.pointee.depth -= 1
            push(state.pointee.listBits & (1 << UInt64(state.pointee.depth)) != 0 ? 0x5D : 0x7D)
        }
    }

    /// Makes `level` the innermost open container and writes the comma before its next element.
    private func advance(_ level: Int, _ serial: UInt32) throws {
        guard level < state.pointee.depth, serials[level] == serial,
            !state.pointee.failed
        else {
            throw error(failure ?? "a container was written to after its end")
        }
        if state.pointee.depth > level + 1 { close(to: level + 1) }
        let bit: UInt64 = 1 << UInt64(level)
        if state.pointee.filledBits & bit != 0 {
            push(0x2C)
        } else {
            state.pointee.filledBits |= bit
        }
    }

    fileprivate func member(_ key: String, _ level: Int, _ serial: UInt32) throws {
        try advance(level, serial)
        write(key)
        push(0x3A)
    }

    fileprivate func element(_ level: Int, _ serial: UInt32) throws {
        try advance(level, serial)
    }

    package func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        let (level, serial) = open(list: false)
        return KeyedEncodingContainer(
            KeyedJSONWriter<Key>(writer: self, level: level, serial: serial)
        )
    }

    package func unkeyedContainer() -> any UnkeyedEncodingContainer {
        let (level, serial) = open(list: true)
        return UnkeyedJSONWriter(writer: self, level: Int32(level), serial: serial)
    }

    package func singleValueContainer() -> any SingleValueEncodingContainer { self }

    fileprivate func nested() {
        state.pointee.awaitsValue = true
    }

    // MARK: Bytes

    @inline(__always)
    private func reserve(_ more: Int) {
        if state.pointee.count + more > state.pointee.capacity { grow(more) }
    }

    @inline(never)
    private func grow(_ more: Int) {
        let capacity = max(state.pointee.capacity * 2, state.pointee.count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: state.pointee.base, count: state.pointee.count)
        state.pointee.base.deallocate()
        state.pointee.base = larger
        state.pointee.capacity = capacity
    }

    @inline(__always)
    private func push(_ byte: UInt8) {
        reserve(1)
        state.pointee.base[state.pointee.count] = byte
        state.pointee.count += 1
    }

    @inline(__always)
    private func append(_ start: UnsafePointer<UInt8>, _ length: Int) {
        reserve(length)
        (state.pointee.base + state.pointee.count).update(from: start, count: length)
        state.pointee.count += length
    }

    func write(_ text: StaticString) {
        state.pointee.awaitsValue = false
        append(text.utf8Start, text.utf8CodeUnitCount)
    }

    func writeNull() { write("null" as StaticString) }

    func write(_ value: Bool) { write(value ? "true" : "false" as StaticString) }

    func writeRaw(_ bytes: [UInt8]) {
        state.pointee.awaitsValue = false
        bytes.withUnsafeBufferPointer { buffer in
            if let start = buffer.baseAddress { append(start, buffer.count) }
        }
    }

    func write(_ value: Int) {
        state.pointee.awaitsValue = false
        reserve(20)
        var rest = value.magnitude
        if value < 0 { push(0x2D) }
        let start = state.pointee.base + state.pointee.count
        var digits = 1
        var power: UInt = 10
        while digits < 19, rest >= power {
            digits += 1
            power = digits < 19 ? power * 10 : power
        }
        var place = digits - 1
        while place >= 0 {
            start[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            place -= 1
        }
        state.pointee.count += digits
    }

    /// The numbers of other widths.
    func writeAny(_ value: some FixedWidthInteger) {
        guard let value = Int(exactly: value) else {
            writeRaw(Array(String(value).utf8))
            return
        }
        write(value)
    }

    func write(_ value: Double) throws {
        guard value.isFinite else { throw error("JSON has no number \(value)") }
        writeRaw(Array(value.description.utf8))
    }

    /// A string in quotes, escaped in one pass over its UTF-8.
    func write(_ text: String) {
        state.pointee.awaitsValue = false
        push(0x22)
        var text = text
        text.withUTF8 { buffer in
            if let start = buffer.baseAddress { writeEscaped(start, buffer.count) }
        }
        push(0x22)
    }

    private func writeEscaped(_ start: UnsafePointer<UInt8>, _ length: Int) {
        var run = 0
        var place = 0
        while true {
            place = nextSpecial(start, from: place, to: length)
            guard place < length else { break }
            let byte = start[place]
            // U+2028 and U+2029 (E2 80 A8, E2 80 A9) end a line in JavaScript but not in JSON.
            if byte == 0xE2 {
                guard place + 2 < length, start[place + 1] == 0x80,
                    start[place + 2] == 0xA8 || start[place + 2] == 0xA9
                else {
                    place += 1
                    continue
                }
                append(start + run, place - run)
                write(start[place + 2] == 0xA8 ? "\\u2028" : "\\u2029" as StaticString)
                place += 3
            } else {
                append(start + run, place - run)
                writeEscape(byte)
                place += 1
            }
            run = place
        }
        append(start + run, length - run)
    }

    /// The next byte that is a control character, a quote, a backslash or E2; eight at a time.
    @inline(__always)
    private func nextSpecial(_ start: UnsafePointer<UInt8>, from: Int, to end: Int) -> Int {
        var place = from
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        let raw = UnsafeRawPointer(start)
        while place + 8 <= end {
            let word = raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            let control = (word &- ones &* 0x20) & ~word
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            let separator = word ^ (ones &* 0xE2)
            let found =
                control | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
                | ((separator &- ones) & ~separator)
            if found & highs != 0 { break }
            place += 8
        }
        while place < end {
            let byte = start[place]
            if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0xE2 { return place }
            place += 1
        }
        return end
    }

    private func writeEscape(_ byte: UInt8) {
        switch byte {
        case 0x22: write("\\\"" as StaticString)
        case 0x5C: write("\\\\" as StaticString)
        case 0x0A: write("\\n" as StaticString)
        case 0x0D: write("\\r" as StaticString)
        case 0x09: write("\\t" as StaticString)
        case 0x08: write("\\b" as StaticString)
        case 0x0C: write("\\f" as StaticString)
        default:
            write("\\u00" as StaticString)
            let digits = Array("0123456789abcdef".utf8)
            push(digits[Int(byte >> 4)])
            push(digits[Int(byte & 15)])
        }
    }

    // MARK: Values of the wire

    /// Writes `value` and what is in it; its state.pointee.depth was limited when it was read.
    func write(_ value: WireValue) throws {
        switch value {
        case .null: writeNull()
        case .bool(let value): write(value)
        case .number(let text): writeRaw(Array(text.utf8))
        case .string(let text): write(text)
        case .file(let file): write(file.filename)
        case .array(let elements):
            state.pointee.awaitsValue = false
            push(0x5B)
            for (place, element) in elements.enumerated() {
                if place > 0 { push(0x2C) }
                try write(element)
            }
            push(0x5D)
        case .object(let object):
            state.pointee.awaitsValue = false
            push(0x7B)
            for (place, member) in object.enumerated() {
                if place > 0 { push(0x2C) }
                write(member.0)
                push(0x3A)
                try write(member.1)
            }
            push(0x7D)
        }
    }
}

extension JSONWriter: SingleValueEncodingContainer {
    package func encodeNil() throws { writeNull() }
    package func encode(_ value: Bool) throws { write(value) }
    package func encode(_ value: String) throws { write(value) }
    package func encode(_ value: Double) throws { try write(value) }
    package func encode(_ value: Float) throws { try write(Double(value)) }
    package func encode(_ value: Int) throws { write(value) }
    package func encode(_ value: Int8) throws { writeAny(value) }
    package func encode(_ value: Int16) throws { writeAny(value) }
    package func encode(_ value: Int32) throws { writeAny(value) }
    package func encode(_ value: Int64) throws { writeAny(value) }
    package func encode(_ value: UInt) throws { writeAny(value) }
    package func encode(_ value: UInt8) throws { writeAny(value) }
    package func encode(_ value: UInt16) throws { writeAny(value) }
    package func encode(_ value: UInt32) throws { writeAny(value) }
    package func encode(_ value: UInt64) throws { writeAny(value) }
    package func encode<T: Encodable>(_ value: T) throws { try writeValue(value) }
}

/// An open object.
private struct KeyedJSONWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: JSONWriter
    let level: Int
    let serial: UInt32

    var codingPath: [any CodingKey] { [] }

    @inline(__always)
    private func begin(_ key: Key) throws {
        try writer.member(key.stringValue, level, serial)
    }

    /// True when there is nothing more to write for this key.
    @inline(__always)
    private func absent(_ key: Key, _ isAbsent: Bool) throws -> Bool {
        guard isAbsent else { return false }
        if writer.absent == .null {
            try begin(key)
            writer.writeNull()
        }
        return true
    }

    func encodeNil(forKey key: Key) throws {
        try begin(key)
        writer.writeNull()
    }

    func encode(_ value: Bool, forKey key: Key) throws {
        try begin(key)
        writer.write(value)
    }

    func encode(_ value: String, forKey key: Key) throws {
        try begin(key)
        writer.write(value)
    }

    func encode(_ value: Double, forKey key: Key) throws {
        try begin(key)
        try writer.write(value)
    }

    func encode(_ value: Float, forKey key: Key) throws {
        try encode(Double(value), forKey: key)
    }

    private func integer(_ value: some FixedWidthInteger, _ key: Key) throws {
        try begin(key)
        writer.writeAny(value)
    }

    func encode(_ value: Int, forKey key: Key) throws {
        try begin(key)
        writer.write(value)
    }

    func encode(_ value: Int8, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: Int16, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: Int32, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: Int64, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: UInt, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: UInt8, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: UInt16, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: UInt32, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: UInt64, forKey key: Key) throws { try integer(value, key) }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try begin(key)
        try writer.writeValue(value)
    }

    private func optional<T: Encodable>(_ value: T?, _ key: Key) throws {
        if try absent(key, value == nil) { return }
        guard let value else { return }
        try encode(value, forKey: key)
    }

    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws {
        if try absent(key, value == nil) { return }
        try encode(value ?? false, forKey: key)
    }

    func encodeIfPresent(_ value: String?, forKey key: Key) throws {
        if try absent(key, value == nil) { return }
        try encode(value ?? "", forKey: key)
    }

    func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
        if try absent(key, value == nil) { return }
        try encode(value ?? 0, forKey: key)
    }

    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try optional(value, key) }

    func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws {
        try optional(value, key)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        writer.announce { try begin(key) }
        return writer.container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        writer.announce { try begin(key) }
        return writer.unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        writer.announce { try writer.member("super", level, serial) }
        return writer
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        writer.announce { try begin(key) }
        return writer
    }
}

/// An open list.
private struct UnkeyedJSONWriter: UnkeyedEncodingContainer {
    let writer: JSONWriter
    let level: Int32
    let serial: UInt32
    var count = 0

    var codingPath: [any CodingKey] { [] }

    private mutating func begin() throws {
        try writer.element(Int(level), serial)
        count += 1
    }

    mutating func encodeNil() throws {
        try begin()
        writer.writeNull()
    }

    mutating func encode<T: Encodable>(_ value: T) throws {
        try begin()
        try writer.writeValue(value)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        announce()
        return writer.container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        announce()
        return writer.unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        announce()
        return writer
    }

    private mutating func announce() {
        count += 1
        writer.announce { try writer.element(Int(level), serial) }
    }
}

extension JSONWriter {
    /// Gets ready for a container inside another one, where `Encoder` gives no way to throw.
    fileprivate func announce(_ begin: () throws -> Void) {
        do {
            try begin()
        } catch {
            fail("a container was written to after its end")
        }
        nested()
    }
}
