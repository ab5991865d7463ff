import Foundation
import TerminalUI

/// What the program says to people and to programs: data on standard output, talk on standard
/// error, and never a control character of a server.
enum Talk {
    /// A line for people.
    static func say(_ text: String) {
        write(
            text.split(separator: "\n").map { TextPolicy.plain($0) + "\n" }.joined(),
            to: STDERR_FILENO
        )
    }

    /// Lines of data.
    static func print(lines: [String]) {
        write(lines.map { TextPolicy.plain($0) + "\n" }.joined(), to: STDOUT_FILENO)
    }

    /// Data as JSON: keys in a fixed order, everything that could steer a terminal escaped.
    static func print(json value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            let text = String(decoding: try encoder.encode(value), as: UTF8.self)
            write(TextPolicy.escaped(json: text) + "\n", to: STDOUT_FILENO)
        } catch {
            say("This cannot be written as JSON: \(error)")
        }
    }

    /// Replaces the line that tells how far long work is; an empty text takes it away. Only for people at a terminal.
    static func progress(_ text: String) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        write("\r\u{1B}[K" + TextPolicy.plain(text), to: STDERR_FILENO)
    }

    /// Data as one line of JSON, written at once.
    static func print(jsonLine value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            let text = String(decoding: try encoder.encode(value), as: UTF8.self)
            write(TextPolicy.escaped(json: text) + "\n", to: STDOUT_FILENO)
        } catch {
            say("This cannot be written as JSON: \(error)")
        }
    }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else {
                // The reader has enough, as `head` does.
                if errno == EPIPE { exit(0) }
                return
            }
            sent += count
        }
    }

    /// Columns of the terminal, or of paper where there is none.
    static var columns: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Asks for one line on the terminal; nil when there is nobody to ask.
    static func ask(_ question: String) -> String? {
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        write(question, to: STDERR_FILENO)
        return readLine(strippingNewline: true)
    }

    /// Asks for one line of a conversation, also when it comes from a file; nil at its end.
    static func askPlainly(_ question: String) -> String? {
        write(question, to: STDOUT_FILENO)
        let answer = readLine(strippingNewline: true)
        if isatty(STDIN_FILENO) == 0 {
            // The answer is not echoed: the next line begins where one should.
            write("\n", to: STDOUT_FILENO)
        }
        return answer?.trimmingCharacters(in: .whitespaces)
    }

    /// Asks for text of several lines, up to one that is `end` or the end of the input. `keep` is given all
    /// of it after each line.
    static func askLong(
        _ question: String,
        end: String = "",
        keep: (String) -> Void = { _ in }
    ) -> String? {
        write(question, to: STDERR_FILENO)
        var lines: [String] = []
        while let line = readLine(strippingNewline: true), line != end {
            lines.append(line)
            keep(lines.joined(separator: "\n"))
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    /// Asks for a secret, which does not show while it is typed.
    static func askSecretly(_ question: String) -> String? {
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        var settings = termios()
        tcgetattr(STDIN_FILENO, &settings)
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
            write("\n", to: STDERR_FILENO)
        }
        return ask(question)
    }
}
