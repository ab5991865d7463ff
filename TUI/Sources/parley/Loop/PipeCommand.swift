import Foundation

/// A command of the member that reads a post.
enum PipeCommand {
    /// Runs `command` through the shell with `input` on its standard input, and waits for Enter
    /// afterwards, so that what it printed can be read.
    /// `errorOutput` becomes its standard error.
    static func run(_ command: String, input: String, errorOutput: Int32) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.standardInput = pipe
        process.standardError = FileHandle(
            fileDescriptor: errorOutput < 0 ? STDERR_FILENO : errorOutput,
            closeOnDealloc: false
        )
        do {
            try process.run()
        } catch {
            Talk.print(lines: ["The command could not be started: \(error)"])
            return
        }
        // A command that reads nothing ends the pipe; that is its right.
        Thread.detachNewThread {
            do {
                try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
                try pipe.fileHandleForWriting.close()
            } catch {
                // It has read enough.
                return
            }
        }
        process.waitUntilExit()
        _ = Talk.askPlainly("\nEnter goes back to the forum. ")
    }
}
