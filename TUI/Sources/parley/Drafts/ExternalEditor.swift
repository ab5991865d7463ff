import Foundation
import TerminalUI

/// The member's own editor, on a private file.
struct ExternalEditor {
    /// A folder that only the member can read.
    let folder: URL

    /// Lets the member edit `text` and returns what the file holds afterwards, whatever the exit
    /// status. `errorOutput` becomes the editor's standard error.
    func edit(_ text: String, errorOutput: Int32) -> Result<String, Failure> {
        let file = folder.appending(path: "edit-\(getpid()).md")
        do {
            try PrivateFile.write(Data(text.utf8), to: file)
        } catch {
            return .failure(Failure(.refused, "The editor's file could not be written: \(error)"))
        }
        guard run(file, errorOutput: errorOutput) else {
            return .failure(
                Failure(.refused, "No editor could be started. Set VISUAL or EDITOR to one.")
            )
        }
        do {
            var edited = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            try FileManager.default.removeItem(at: file)
            // Editors end the last line; the text does not need it.
            if edited.hasSuffix("\n"), !text.hasSuffix("\n") {
                edited.removeLast()
            }
            return .success(edited)
        } catch {
            return .failure(
                Failure(.refused, "The text could not be read back from \(file.path): \(error)")
            )
        }
    }

    /// `$VISUAL`, `$EDITOR` and `vi`, in this order, through the shell: they may hold arguments.
    private func run(_ file: URL, errorOutput: Int32) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        let command =
            [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }
            .first { !$0.isEmpty } ?? "vi"
        let arguments = ["/bin/sh", "-c", command + " \"$1\"", "sh", file.path]
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if errorOutput >= 0 {
            posix_spawn_file_actions_adddup2(&actions, errorOutput, STDERR_FILENO)
        }
        var child: pid_t = 0
        var pointers = arguments.map { strdup($0) } + [nil]
        defer {
            for pointer in pointers {
                free(pointer)
            }
        }
        // The editor handles interrupts itself.
        let interrupt = signal(SIGINT, SIG_IGN)
        let quit = signal(SIGQUIT, SIG_IGN)
        defer {
            signal(SIGINT, interrupt)
            signal(SIGQUIT, quit)
        }
        guard posix_spawn(&child, "/bin/sh", &actions, nil, &pointers, environ) == 0 else {
            return false
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        // 127 is the shell's word for a program that is not there.
        return (status >> 8) & 0xFF != 127
    }
}
