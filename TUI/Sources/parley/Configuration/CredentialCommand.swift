import ForumClient
import Foundation

/// A member's own command that prints a key, such as that of a password manager.
enum CredentialCommand {
    /// Runs the command through the shell; its first line is a user API key. The terminal is the
    /// command's meanwhile, so that it may ask for a password of its own.
    static func run(_ command: String) throws(ClientError) -> Credentials {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.standardOutput = output
        do {
            try process.run()
        } catch {
            throw .invalid(messages: ["credential_command could not be started: \(error)"])
        }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first
        let key = line?.trimmingCharacters(in: .whitespaces) ?? ""
        guard process.terminationStatus == 0, !key.isEmpty else {
            throw .invalid(messages: [
                "credential_command printed no key (exit status \(process.terminationStatus))."
            ])
        }
        guard key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .invalid(messages: ["credential_command printed something that is no key."])
        }
        return .userAPIKey(Secret(key), clientID: nil)
    }
}
