import Foundation
import MailMessage

/// A program that reads an archive for us, such as git or unzip, and what it writes. Its arguments are
/// handed over as they are: no shell sees them.
final class ProgramOutput {
    let output: FileHandle
    private let input: FileHandle?
    private let process = Process()
    private let command: String

    /// - Parameter isAsked: Whether questions are written to it; otherwise its input is empty.
    /// - Throws: `MboxError` when it is not installed.
    init(_ program: String, _ arguments: [String], isAsked: Bool = false) throws(MboxError) {
        command = program
        let answers = Pipe()
        let questions = isAsked ? Pipe() : nil
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardOutput = answers
        process.standardInput = questions ?? FileHandle.nullDevice
        output = answers.fileHandleForReading
        input = questions?.fileHandleForWriting
        do {
            try process.run()
        } catch {
            throw MboxError(description: "\(program) does not start: \(error.localizedDescription)")
        }
        // Ours would keep the program's end from being seen.
        answers.fileHandleForWriting.closeFile()
        questions?.fileHandleForReading.closeFile()
    }

    deinit {
        input?.closeFile()
        output.closeFile()
        process.terminate()
    }

    func ask(_ line: String) throws(MboxError) {
        do {
            try input?.write(contentsOf: Data("\(line)\n".utf8))
        } catch {
            throw MboxError(description: "\(command) has ended")
        }
    }

    /// All that it writes.
    ///
    /// - Throws: `MboxError` when it fails.
    func text() throws(MboxError) -> String {
        let data: Data
        do {
            data = try output.readToEnd() ?? Data()
        } catch {
            throw MboxError(description: "\(command): \(error.localizedDescription)")
        }
        if let failure = failure() { throw MboxError(description: failure) }
        return String(decoding: data, as: UTF8.self)
    }

    /// What went wrong, once everything is read; `nil` when all went well.
    func failure() -> String? {
        process.waitUntilExit()
        return process.terminationStatus == 0
            ? nil : "\(command) has failed (status \(process.terminationStatus))"
    }
}
