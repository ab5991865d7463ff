/// Parameters in the form libpq wants them: C strings in one piece of memory, kept for reuse.
struct ParameterBuffer {
    private var bytes: [CChar] = []
    /// Where each parameter starts in `bytes`; -1 is NULL.
    private var offsets: [Int] = []

    /// Refuses what cannot be sent: text with NUL, or too many parameters.
    static func check(_ sql: SQL) throws(PostgresError) {
        var count = 0
        for case .value(let value) in sql.segments {
            count += 1
            guard let text = value.text else {
                continue
            }
            // A C string ends at its first NUL: what follows would be lost without a word.
            guard !text.utf8.contains(0) else {
                throw PostgresError(
                    .invalidValue,
                    "the value of parameter \(count) has a NUL character, which text cannot hold"
                )
            }
        }
        guard count <= Limits.parameters else {
            throw PostgresError(
                .invalidValue,
                "\(count) parameters in one statement; at most \(Limits.parameters) can be sent"
            )
        }
    }

    /// Lends the statement's parameters as an array of C strings.
    mutating func withPointers<Result>(
        of sql: SQL,
        _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?) -> Result
    ) -> Result {
        bytes.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        for case .value(let value) in sql.segments {
            guard var text = value.text else {
                offsets.append(-1)
                continue
            }
            offsets.append(bytes.count)
            text.withUTF8 { utf8 in
                utf8.withMemoryRebound(to: CChar.self) { bytes.append(contentsOf: $0) }
            }
            bytes.append(0)
        }
        let result = bytes.withUnsafeBufferPointer { memory in
            withUnsafeTemporaryAllocation(
                of: UnsafePointer<CChar>?.self,
                capacity: offsets.count
            ) { pointers in
                for (index, offset) in offsets.enumerated() {
                    pointers[index] =
                        offset < 0 ? nil : memory.baseAddress.map { $0 + offset }
                }
                return body(Int32(offsets.count), UnsafePointer(pointers.baseAddress))
            }
        }
        // One long value must not keep its memory for the life of the connection.
        if bytes.capacity > 1_048_576 {
            bytes = []
        }
        return result
    }
}
