import Testing

@testable import MailStores

/// A server that says what a test wrote down, in pieces of any size, and checks what it hears.
final class ScriptedTransport: Transport {
    enum Step {
        case says(String)
        case hears(String)
        case turnsOnTLS
    }

    private var steps: [Step]
    private let pieceBytes: Int
    private var heard = ""
    private(set) var isClosed = false
    /// What was heard and not expected.
    private(set) var surprises: [String] = []

    init(_ steps: [Step], pieceBytes: Int = .max) {
        self.steps = steps
        self.pieceBytes = pieceBytes
    }

    var isDone: Bool { steps.isEmpty && surprises.isEmpty }

    func send(_ bytes: [UInt8]) async throws(MailStoreError) {
        heard += String(decoding: bytes, as: UTF8.self)
        while let end = heard.firstIndex(of: "\r\n") {
            let line = String(heard[..<end])
            heard = String(heard[heard.index(after: end)...])
            guard case .hears(let expected)? = steps.first, expected == line else {
                surprises.append(line)
                return
            }
            steps.removeFirst()
        }
    }

    func receive() async throws(MailStoreError) -> [UInt8] {
        guard case .says(let text)? = steps.first, surprises.isEmpty else {
            throw MailStoreError(.connection, "the script has ended, or \(surprises) was heard")
        }
        steps.removeFirst()
        let bytes = Array(text.utf8)
        guard bytes.count > pieceBytes else { return bytes }
        steps.insert(
            .says(String(decoding: bytes.dropFirst(pieceBytes), as: UTF8.self)),
            at: 0
        )
        return Array(bytes.prefix(pieceBytes))
    }

    func startTLS() async throws(MailStoreError) {
        guard case .turnsOnTLS? = steps.first else {
            throw MailStoreError(.tls, "nobody expected TLS")
        }
        steps.removeFirst()
    }

    func close() async { isClosed = true }
}

/// What work on a store failed with; nil, and an issue, when it did not.
func failure<Result>(of work: () async throws -> Result) async throws -> MailStoreError? {
    do {
        _ = try await work()
        Issue.record("it went well")
        return nil
    } catch let error as MailStoreError {
        return error
    }
}
